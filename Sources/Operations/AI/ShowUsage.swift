package import Domain
import Storage

/// Sums the AI use of a time, by day, model, purpose, member or API key.
package struct ShowUsage: Sendable {
    private let environment: Environment

    /// The longest time that is summed at once.
    package static let longestTime = Duration.seconds(366 * 86_400)

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - grouping: The headings of the sums.
    ///   - from: The first moment.
    ///   - end: The moment after the last one; at most 366 days later.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, sums only that.
    /// - Returns: Days in order; other headings by cost, the dearest first.
    /// - Throws: A validation error for a time that is empty or too long.
    package func callAsFunction(
        grouping: UsageGrouping,
        from: Instant,
        to end: Instant,
        by caller: TenantCaller
    ) async throws -> [UsageSum] {
        try Self.check(from, end)
        let summed = try await environment.fetch(.aiUsageRead, by: caller) { person in
            UsageStore.sums(grouping, from: from, to: end, of: person, in: caller.tenant)
        }
        return try summed.rows.map(UsageSum.init)
    }

    /// The same for each hour, day or month of the time, in UTC.
    ///
    /// - Parameters:
    ///   - granularity: The parts; a thousand at most.
    ///   - grouping: The headings within a part; nil for one sum of each.
    ///   - from: The first moment.
    ///   - end: The moment after the last one.
    ///   - caller: As above.
    /// - Returns: Parts with use, the oldest first; within one by cost, the dearest first.
    /// - Throws: A validation error for a time that is empty, too long, or gives too many sums.
    package func callAsFunction(
        each granularity: UsageGranularity,
        grouping: UsageGrouping?,
        from: Instant,
        to end: Instant,
        by caller: TenantCaller
    ) async throws -> [UsageSum] {
        try Self.check(from, end)
        guard from.duration(to: end) <= granularity.shortest * Self.mostParts else {
            let rule = "gives more than \(Self.mostParts) parts of this time"
            throw DomainError.invalid("granularity", "\(granularity.rawValue) \(rule)")
        }
        let summed = try await environment.fetch(.aiUsageRead, by: caller) { person in
            UsageStore.parts(
                granularity,
                grouping,
                from: from,
                to: end,
                of: person,
                in: caller.tenant
            )
        }
        guard summed.rows.count <= UsageStore.mostParts else {
            let rule = "gives more than \(UsageStore.mostParts) sums; ask for less time"
            throw DomainError.invalid("granularity", rule)
        }
        return try summed.rows.map(UsageSum.init)
    }

    private static let mostParts = 1_000

    private static func check(_ from: Instant, _ end: Instant) throws(DomainError) {
        guard from < end, from.duration(to: end) <= longestTime else {
            throw .invalid("to", "must be after from, by at most 366 days")
        }
    }
}
