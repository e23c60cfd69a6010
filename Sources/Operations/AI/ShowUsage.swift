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
        guard from < end, from.duration(to: end) <= Self.longestTime else {
            throw DomainError.invalid("to", "must be after from, by at most 366 days")
        }
        let summed = try await environment.fetch(.aiUsageRead, by: caller) { person in
            UsageStore.sums(grouping, from: from, to: end, of: person, in: caller.tenant)
        }
        return try summed.rows.map(UsageSum.init)
    }
}
