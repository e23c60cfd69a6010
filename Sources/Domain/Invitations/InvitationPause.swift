/// How often a workspace may mail one address, whatever becomes of the invitations meanwhile.
///
/// Who revokes and invites anew mails as often as who sends again; so the mails are counted.
package enum InvitationPause {
    package static let length = Duration.seconds(300)
    /// Mails of a day, by UTC.
    package static let dailyMost: Int64 = 5
    private static let day: Int64 = 86_400

    /// When the day of a time began.
    package static func dayBegin(of time: Instant) -> Instant {
        Instant(seconds: time.seconds - time.seconds % day)
    }

    /// - Parameters:
    ///   - last: when the address was mailed last; nil for never.
    ///   - today: how many mails it got since the day began.
    ///   - now: the time of the wish.
    /// - Throws: `rate_limited` with the wait.
    package static func check(last: Instant?, today: Int64, now: Instant) throws(DomainError) {
        if today >= dailyMost {
            let next = dayBegin(of: now).advanced(by: .seconds(day))
            throw DomainError(
                .limited(retryAfter: now.duration(to: next)),
                .rateLimited,
                "The address was sent \(dailyMost) invitations today.",
                hint: "Send the next one tomorrow; days are those of UTC."
            )
        }
        guard let last else { return }
        let next = last.advanced(by: length)
        guard now < next else { return }
        let wait = now.duration(to: next)
        let minutes = max(1, (wait.components.seconds + 59) / 60)
        throw DomainError(
            .limited(retryAfter: wait),
            .rateLimited,
            "The address was sent an invitation a moment ago.",
            hint: "Send the next one in \(minutes) minute\(minutes == 1 ? "" : "s")."
        )
    }
}
