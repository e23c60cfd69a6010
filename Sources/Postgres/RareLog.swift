/// Lets a line through at most every five seconds, with the number of those that were held back: a
/// database that is away must not fill the log at the pace of the requests.
struct RareLog: Sendable {
    private static let pause = Duration.seconds(5)

    private var last: ContinuousClock.Instant?
    private var heldBack = 0

    /// How many were held back before the line that may be written now; nil when none may.
    mutating func admit(at now: ContinuousClock.Instant) -> Int? {
        if let last, now - last < Self.pause {
            heldBack += 1
            return nil
        }
        defer { heldBack = 0 }
        last = now
        return heldBack
    }
}
