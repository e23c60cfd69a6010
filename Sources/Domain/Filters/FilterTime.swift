/// A time as filters write it: a date, a time stamp, how long ago, `today`, `yesterday`.
package enum FilterTime: Hashable, Sendable {
    case instant(Instant)
    case day(CivilDate)
    case ago(seconds: Int64)
    /// The beginning of the day so many days ago.
    case dayAgo(Int)

    package static let syntax =
        "Write 2026-03-01, 2026-03-01T10:00:00Z, today, yesterday, 7d, 12h or 30m."

    /// Nil for what is no time.
    package init?(_ text: String) {
        switch text.lowercased() {
        case "today": self = .dayAgo(0)
        case "yesterday": self = .dayAgo(1)
        default:
            if let seconds = Self.ago(text.lowercased()) {
                self = .ago(seconds: seconds)
            } else if let instant = Instant(rfc3339: text) {
                self = text.utf8.count == 10 ? .day(instant.date) : .instant(instant)
            } else {
                return nil
            }
        }
    }

    private static func ago(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let unit = text.last.flatMap({ units[$0] }),
            text.dropLast().allSatisfy({ ("0"..."9").contains($0) }),
            let count = Int64(text.dropLast()), (0...100_000).contains(count)
        else { return nil }
        return count * unit
    }
}

/// What times in filters are counted from, and where days begin.
package struct FilterClock: Hashable, Sendable {
    package var now: Instant
    package var minutesEast: Int

    package init(now: Instant, minutesEast: Int = 0) {
        self.now = now
        self.minutesEast = minutesEast
    }

    package func instant(_ time: FilterTime) -> Instant {
        switch time {
        case .instant(let instant): instant
        case .day(let day): start(of: day)
        case .ago(let seconds): Instant(microseconds: now.microseconds - seconds * 1_000_000)
        case .dayAgo(let days):
            start(of: CivilDate(daysSinceEpoch: today.daysSinceEpoch - days))
        }
    }

    private var shift: Int64 { Int64(minutesEast) * 60_000_000 }

    private var today: CivilDate { Instant(microseconds: now.microseconds + shift).date }

    private func start(of day: CivilDate) -> Instant {
        Instant(microseconds: day.start.microseconds - shift)
    }
}
