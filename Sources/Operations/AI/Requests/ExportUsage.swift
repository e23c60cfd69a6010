package import Domain
import Storage

/// Reads the log of AI use line by line, the oldest first, a part at a time.
package struct ExportUsage: Sendable {
    private let environment: Environment

    /// The longest time that is read at once.
    package static let longestTime = ShowUsage.longestTime
    private static let partSize = 1_000

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Lines of the log, and where the next ones begin.
    package struct Part: Sendable {
        package let entries: [UsageEntry]
        /// Nil at the end.
        package let next: PagePosition?
    }

    /// - Parameters:
    ///   - from: The first moment.
    ///   - end: The moment after the last one; at most 366 days later.
    ///   - position: Where the part before this one ended; nil for the first.
    ///   - caller: Needs `ai.usage.read`, for each part anew; with a grant for one's own only, reads
    ///     only that.
    /// - Returns: The next lines, and where those behind them begin.
    /// - Throws: A validation error for a time that is empty or too long.
    package func callAsFunction(
        from: Instant,
        to end: Instant,
        after position: PagePosition? = nil,
        by caller: TenantCaller
    ) async throws -> Part {
        guard from < end, from.duration(to: end) <= Self.longestTime else {
            throw DomainError.invalid("to", "must be after from, by at most 366 days")
        }
        let read = try await environment.fetch(.aiUsageRead, by: caller) { person in
            try AICallStore.log(
                from: from,
                to: end,
                after: position,
                limit: Self.partSize,
                of: person,
                in: caller.tenant
            )
        }
        let entries = try read.rows.map(AICallStore.entry)
        let last = entries.count < Self.partSize ? nil : entries.last
        return Part(
            entries: entries,
            next: last.map {
                PagePosition([
                    String($0.createdAt.microseconds), $0.call.description, String($0.number),
                ])
            }
        )
    }
}
