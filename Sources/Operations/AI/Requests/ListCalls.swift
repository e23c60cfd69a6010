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
        let listed = try await environment.fetch(.aiUsageRead, by: caller) { person in
            try AICallStore.page(filter, of: person, request, in: caller.tenant)
        }
        return Page(surplus: try listed.rows.map(AICallStore.record), request: request) {
            PagePosition([String($0.times.reserved.microseconds), $0.id.description])
        }
    }
}
