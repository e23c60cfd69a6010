package import Domain
import Storage

/// Says how many tokens a question is taken for, without asking a model or holding anything.
package struct CountTokens: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - order: What would be asked; it may be longer than the model takes.
    ///   - caller: Needs `ai.use`.
    /// - Returns: What a call would be held at: an estimate, a tenth above what is expected.
    /// - Throws: `model_not_allowed`, not found for a route or a conversation.
    package func callAsFunction(_ order: ChatOrder, by caller: TenantCaller) async throws -> Int64 {
        let principal = CallPrincipal.member(caller)
        let plan = try await PlanChat(environment)(order, by: principal)
        return ChatQuestion(order: order, plan: plan, principal: principal).inputTokens
    }
}
