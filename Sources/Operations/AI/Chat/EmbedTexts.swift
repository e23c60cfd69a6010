package import Domain
import Inference
import Sealing
import Storage

/// Texts as vectors, and what that took.
package struct EmbeddedTexts: Hashable, Sendable {
    package let id: AICallID
    package let model: String
    package let vectors: [[Float]]
    package let use: ChatUse
}

/// Has a model make vectors of texts; held and paid like an answer.
package struct EmbedTexts: Sendable {
    private static let counts = 1...256

    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - texts: 1 to 256, none of them empty.
    ///   - model: Nil for the usual one.
    ///   - purpose: The heading of the bill.
    ///   - idempotencyKey: Keeps a second call from running beside the first.
    ///   - caller: Needs `ai.use`.
    /// - Returns: A vector for each text, in their order.
    /// - Throws: As `CompleteChat`.
    package func callAsFunction(
        _ texts: [String],
        model: String?,
        purpose: String? = nil,
        idempotencyKey: String? = nil,
        by caller: TenantCaller
    ) async throws -> EmbeddedTexts {
        guard Self.counts.contains(texts.count), !texts.contains("") else {
            throw DomainError.invalid("input", "must be 1 to 256 texts that are not empty")
        }
        // As an order it meets the rules of names.
        let order = try ChatOrder(
            model: model.map { .named($0) } ?? .usual,
            messages: [ChatMessage(.user, "-")],
            purpose: purpose ?? "embedding"
        )
        let principal = CallPrincipal.member(caller)
        let limits = environment.desk.limits
        _ = try environment.desk.take(limits.calls(principal, nil))
        let plan = try await PlanChat(environment)(order, by: principal)
        let tokens = TokenEstimator.estimate(texts)
        let taken = try environment.desk.take(limits.tokens(principal, nil, tokens))
        do {
            let wish = draft(texts, tokens, plan, order, principal, idempotencyKey)
            guard case .held(let ticket) = try await ReserveCall(environment)(wish) else {
                throw DomainError.callInProgress
            }
            return try await Task { try await embed(texts, ticket, taken) }.value
        } catch {
            environment.desk.giveBack(taken, used: 0)
            throw error
        }
    }

    private func draft(
        _ texts: [String],
        _ tokens: Int64,
        _ plan: ChatPlan,
        _ order: ChatOrder,
        _ principal: CallPrincipal,
        _ key: String?
    ) -> CallDraft {
        let asked = JSONValue.array(texts.map(JSONValue.string)).canonical
        return CallDraft(
            id: AICallID(Random.uuidV7(now: environment.database.clock.now().microseconds)),
            principal: principal,
            channel: .api,
            purpose: order.purpose,
            targets: plan.targets,
            inputTokens: tokens,
            outputCap: 1,
            isSliced: false,
            idempotency: key.map {
                IdempotencyMark(
                    key: $0,
                    fingerprint: Digest.sha256("embed:\(plan.targets[0].model):\(asked)")
                )
            }
        )
    }

    /// Asks, and closes the books either way.
    private func embed(
        _ texts: [String],
        _ ticket: CallTicket,
        _ taken: [RateCheck]
    ) async throws -> EmbeddedTexts {
        do {
            let routed = try await RoutedCall(
                environment.models,
                targets: ticket.targets.map {
                    RouteTarget(provider: $0.provider, model: $0.model)
                },
                deadline: environment.models.pace.now() + environment.desk.limits.life
            ).embed(texts)
            let target = CallTarget(routed.target)
            let usage = routed.answer.usage
            let receipt = try await SettleCall(environment)(
                ticket,
                CallOutcome(
                    target: target,
                    usage: usage,
                    isEstimated: routed.answer.isEstimated,
                    finish: "stop",
                    attempts: routed.attempts.map { Domain.CallAttempt($0) }
                )
            )
            environment.desk.giveBack(taken, used: usage.total)
            return EmbeddedTexts(
                id: ticket.id,
                model: target.model,
                vectors: routed.answer.vectors,
                use: ChatUse(
                    tokens: usage,
                    chargeNano: receipt.chargeNano,
                    isEstimated: routed.answer.isEstimated
                )
            )
        } catch let failure as RouteFailure {
            let error = failure.error
            try await ReleaseCall(environment)(
                ticket,
                failure: error.code.rawValue,
                failure.attempts.map { Domain.CallAttempt($0) }
            )
            throw error
        }
    }
}
