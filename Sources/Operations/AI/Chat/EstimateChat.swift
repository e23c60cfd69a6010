package import Domain
import Storage

/// What a question would cost at most.
package struct ChatEstimate: Hashable, Sendable {
    /// The first model that would be asked.
    package let model: String
    package let inputTokens: Int64
    package let outputCap: Int64
    /// What the question alone costs, in nano-USD; nil for a model without a price.
    package let inputNano: Int64?
    /// What it costs when the answer is as long as it may be, with what models bill beyond that.
    package let mostNano: Int64?
}

/// Says what a question would cost at most, without asking a model or holding anything.
package struct EstimateChat: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - order: What would be asked.
    ///   - caller: Needs `ai.use`.
    /// - Returns: The tokens and the cost.
    /// - Throws: `model_not_allowed`, `context_too_long`, not found for a route or a conversation.
    package func callAsFunction(
        _ order: ChatOrder,
        by caller: TenantCaller
    ) async throws -> ChatEstimate {
        let principal = CallPrincipal.member(caller)
        let plan = try await PlanChat(environment)(order, by: principal)
        let question = ChatQuestion(order: order, plan: plan, principal: principal)
        guard plan.models.contains(where: { $0.contextTokens > question.inputTokens }) else {
            throw DomainError.contextTooLong(question.inputTokens, for: plan.models)
        }
        let prices = plan.models.compactMap(\.price)
        let isPriced = prices.count == plan.models.count
        let asking = isPriced ? CallEstimate(prices: prices) : nil
        let answered = isPriced ? CallEstimate(prices: prices, overhead: plan.overhead) : nil
        return ChatEstimate(
            model: plan.models[0].id,
            inputTokens: question.inputTokens,
            outputCap: question.outputCap,
            inputNano: asking?.ceiling(input: question.inputTokens, output: 0),
            mostNano: answered?.ceiling(input: question.inputTokens, output: question.outputCap)
        )
    }
}
