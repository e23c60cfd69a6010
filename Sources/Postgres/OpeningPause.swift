/// How long nobody opens a connection after one could not be opened: longer with every failure in
/// a row, up to a second, and never the same for two processes.
struct OpeningPause {
    typealias Instant = ContinuousClock.Instant

    static let shortest = Duration.milliseconds(50)
    static let longest = Duration.seconds(1)

    /// Rounds in a row that failed.
    private(set) var failures = 0
    private var until: Instant?

    /// Another opening failed; those that were on their way in a pause belong to its round.
    ///
    /// With `chance` from 0 to 1 the pause is between half of its length and all of it.
    mutating func begin(at now: Instant, chance: Double) {
        guard isOver(at: now) else { return }
        let length = min(Self.longest, Self.shortest * (1 << min(failures, 5)))
        failures += 1
        until = now + length / 2 + (length / 2) * min(1, max(0, chance))
    }

    /// An opening succeeded.
    mutating func end() {
        failures = 0
        until = nil
    }

    func isOver(at now: Instant) -> Bool { until.map { $0 <= now } ?? true }
}
