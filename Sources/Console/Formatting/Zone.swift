package import Domain

/// The distance from UTC in which every time on the screen is shown, also where it changes with the
/// seasons.
package struct Zone: Hashable, Sendable {
    /// Before the first change.
    private var minutesEast: Int
    /// In the order of time.
    private var changes: [Change]
    /// What people call it; nil for what only has a distance.
    private var identifier: String?

    /// From a moment on it is so far.
    package struct Change: Hashable, Sendable {
        package var at: Instant
        package var minutesEast: Int

        package init(at: Instant, minutesEast: Int) {
            self.at = at
            self.minutesEast = minutesEast
        }
    }

    package static let utc = Zone(minutesEast: 0)

    package init(minutesEast: Int, changes: [Change] = [], identifier: String? = nil) {
        self.minutesEast = minutesEast
        self.changes = changes
        self.identifier = identifier
    }

    /// How far it is at a moment.
    func minutes(at instant: Instant) -> Int {
        changes.last { $0.at <= instant }?.minutesEast ?? minutesEast
    }

    /// The name that stands once on the screen: `UTC+03:00`, or `Asia/Kuwait`.
    func name(at now: Instant) -> String {
        identifier ?? Self.distance(minutes(at: now))
    }

    /// `UTC`, `UTC+03:00`.
    static func distance(_ minutesEast: Int) -> String {
        guard minutesEast != 0 else { return "UTC" }
        let minutes = abs(minutesEast)
        return "UTC\(minutesEast < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    /// `2026-03-02 10:14`.
    func minute(_ instant: Instant) -> String {
        let text = shifted(instant).rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    /// `2026-03-02 10:14:05`.
    func second(_ instant: Instant) -> String {
        let text = shifted(instant).rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }

    /// `2026-03-02`.
    func day(_ instant: Instant) -> String { String(shifted(instant).rfc3339.prefix(10)) }

    /// The day that it is there.
    func date(_ instant: Instant) -> CivilDate { shifted(instant).date }

    /// The first moment of a day of this zone.
    func start(of day: CivilDate) -> Instant {
        let near = minutes(at: day.start)
        let start = day.start.microseconds - Int64(near) * 60_000_000
        let there = minutes(at: Instant(microseconds: start))
        return Instant(microseconds: day.start.microseconds - Int64(there) * 60_000_000)
    }

    private func shifted(_ instant: Instant) -> Instant {
        let minutes = minutes(at: instant)
        return Instant(microseconds: instant.microseconds + Int64(minutes) * 60_000_000)
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
