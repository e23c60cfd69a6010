package import Domain
import Storage

/// Explains one call: its tries, route and prompt, the price it paid, what it held of which budget.
package struct ExplainCall: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The call's.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, finds only one's own.
    /// - Returns: The call and what explains it.
    /// - Throws: Not found.
    package func callAsFunction(
        _ id: AICallID,
        by caller: TenantCaller
    ) async throws -> AICallExplanation {
        try await environment.database.read(.tenant(caller, .aiUsageRead)) { scope in
            let tenant = caller.tenant
            let answers = try scope.batch([
                AICallStore.find(id, in: tenant), AICallStore.attempts(of: id, in: tenant),
                AICallStore.holds(of: id, in: tenant),
            ])
            guard let row = answers[0].first else {
                throw DomainError.notFound("call", id.description)
            }
            let call = try AICallStore.explanation(row, attempts: answers[1], holds: answers[2])
            let isOwn = call.record.caller.user == caller.caller.user
            guard try scope.authorization().grant != .own || isOwn else {
                throw DomainError.notFound("call", id.description)
            }
            return call
        }
    }
}
