/// When to try again, and when to give up.
package struct RetryPolicy: Hashable, Sendable {
    /// So many tries in all.
    package let attempts: Int
    package let first: Duration
    package let longest: Duration

    /// Twelve tries in about five hours: a mail server that is mended the same day gets every
    /// mail.
    package static let mail = RetryPolicy(
        attempts: 12,
        first: .seconds(30),
        longest: .seconds(3_600)
    )

    package init(attempts: Int, first: Duration, longest: Duration) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// How long to wait after a failed try.
    ///
    /// - Parameters:
    ///   - attempt: which try failed, from 1.
    ///   - chance: 0 to 1; spreads the tries of many mails over half of the wait.
    /// - Returns: The wait; nil to give up.
    package func delay(after attempt: Int, chance: Double) -> Duration? {
        guard attempt < attempts else { return nil }
        let doublings = min(max(attempt - 1, 0), 30)
        let wait = min(first * (1 << doublings), longest)
        return wait / 2 + wait / 2 * min(max(chance, 0), 1)
    }
}
