import Domain

/// The operator's distance from UTC, in which every time on the screen is shown.
package struct Zone: Hashable, Sendable {
    package var minutesEast: Int

    package static let utc = Zone(minutesEast: 0)

    package init(minutesEast: Int) {
        self.minutesEast = minutesEast
    }

    /// The name that stands once on the screen: `UTC+03:00`.
    var name: String {
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

    /// The first moment of a day of this zone.
    func start(of day: CivilDate) -> Instant {
        Instant(microseconds: day.start.microseconds - Int64(minutesEast) * 60_000_000)
    }

    private func shifted(_ instant: Instant) -> Instant {
        Instant(microseconds: instant.microseconds + Int64(minutesEast) * 60_000_000)
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
