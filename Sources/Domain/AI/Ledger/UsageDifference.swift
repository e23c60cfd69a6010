/// A day on which a provider says something else of a model than the usage log.
package struct UsageDifference: Hashable, Sendable {
    package let day: CivilDate
    package let model: String
    package let kind: Kind
    /// What the usage log says, over all tenants.
    package let logged: Int64
    /// What the provider's export says.
    package let exported: Int64

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case read
        case written
    }

    package init(day: CivilDate, model: String, kind: Kind, logged: Int64, exported: Int64) {
        self.day = day
        self.model = model
        self.kind = kind
        self.logged = logged
        self.exported = exported
    }

    /// How much more, or less, the provider counted.
    package var surplus: Int64 { exported - logged }

    /// Whether it is more than so many hundredths of the larger number.
    package func isBeyond(percent: Int) -> Bool {
        let larger = max(logged, exported).magnitude
        let (high, low) = surplus.magnitude.multipliedFullWidth(by: 100)
        let (mostHigh, mostLow) = larger.multipliedFullWidth(by: UInt64(percent))
        return (high, low) > (mostHigh, mostLow)
    }

    /// Lays an export beside what was logged of the days that it tells of.
    ///
    /// - Returns: Every difference, by day, model and kind.
    package static func all(
        logged: [UsageDay: UsageTokens],
        exported: [UsageDay: UsageTokens]
    ) -> [UsageDifference] {
        let days = Set(logged.keys).union(exported.keys).sorted()
        return days.flatMap { day in
            let (ours, theirs) = (logged[day] ?? UsageTokens(), exported[day] ?? UsageTokens())
            return [
                (Kind.read, ours.read, theirs.read), (.written, ours.written, theirs.written),
            ].filter { $0.1 != $0.2 }.map { kind, ours, theirs in
                UsageDifference(
                    day: day.day,
                    model: day.model,
                    kind: kind,
                    logged: ours,
                    exported: theirs
                )
            }
        }
    }
}
