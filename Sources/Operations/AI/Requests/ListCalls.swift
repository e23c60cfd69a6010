package import Domain
import Storage

/// Lists calls to models, the newest first.
package struct ListCalls: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - request: How many, after which.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, finds only one's own.
    /// - Returns: A page of calls.
    /// - Throws: `cursor_invalid`.
    package func callAsFunction(
        _ filter: AICallFilter = AICallFilter(),
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<AICallRecord> {
        let all = try await fetch(filter, nil, request, by: caller)
        let listed =
            all.authorization?.grant == .own
            ? try await fetch(filter, caller.caller.user, request, by: caller) : all
        return Page(surplus: try listed.rows.map(AICallStore.record), request: request) {
            PagePosition([String($0.times.reserved.microseconds), $0.id.description])
        }
    }

    private func fetch(
        _ filter: AICallFilter,
        _ person: UserID?,
        _ request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Fetched {
        try await environment.database.fetch(
            .tenant(caller, .aiUsageRead),
            try AICallStore.page(filter, of: person, request, in: caller.tenant)
        )
    }
}
