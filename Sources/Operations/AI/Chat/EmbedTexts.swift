package import Domain
import Inference
import Sealing
import Storage

/// Texts as vectors, and what that took.
package struct EmbeddedTexts: Hashable, Sendable {
    package let id: AICallID
    package let model: String
    package let vectors: [[Float]]
    package var use: ChatUse
    /// Whether they were made for an earlier request with the same idempotency key.
    package var isRepeated = false
}

// DESIGN
//
// 1. The call belongs to a task of its own, which ends it whatever becomes of the client.
// 2. Somebody of the workspace who stops the call, and a client that goes without having given an
//    idempotency key, cancel the request to the provider. A provider that had it by then may bill
//    it: the texts are paid, as estimated.
// 3. What was taken of the limits of rate is given back here until there is a hold, and by the call
//    from then on.

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
    ///   - idempotencyKey: With the key, operation and texts of an earlier call, its vectors are
    ///     given.
    ///   - caller: Needs `ai.use`.
    /// - Returns: A vector for each text, in their order.
    /// - Throws: As `CompleteChat`.
    package func callAsFunction(
        _ texts: [String],
        model: String?,
        purpose: String? = nil,
        idempotencyKey: IdempotencyKey? = nil,
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
        let plan = try await PlanChat(environment).beforeHold(order, by: principal)
        let tokens = TokenEstimator.estimate(texts)
        let taken = try environment.desk.take(limits.tokens(principal, tokens + plan.overhead))
        let reservation: Reservation
        do {
            reservation = try await ReserveCall(environment)(
                draft(texts, tokens, plan, order, principal, idempotencyKey)
            )
        } catch {
            environment.desk.giveBack(taken, used: 0)
            if let error = error as? DomainError, error.code == .contextTooLong {
                throw DomainError.textsTooLong(tokens, for: plan.models)
            }
            throw error
        }
        switch reservation {
        case .repeated(let earlier):
            environment.desk.giveBack(taken, used: 0)
            return try EmbeddedTexts(earlier)
        case .held(let ticket):
            return try await EmbeddingCall(
                environment: environment,
                texts: texts,
                ticket: ticket,
                taken: taken,
                isRepeatable: idempotencyKey != nil
            ).vectors()
        }
    }

    private func draft(
        _ texts: [String],
        _ tokens: Int64,
        _ plan: ChatPlan,
        _ order: ChatOrder,
        _ principal: CallPrincipal,
        _ key: IdempotencyKey?
    ) -> CallDraft {
        CallDraft(
            id: AICallID(Random.uuidV7(now: environment.database.clock.now().microseconds)),
            principal: principal,
            channel: .api,
            purpose: order.purpose,
            targets: plan.targets,
            inputTokens: tokens,
            outputCap: 1,
            isSliced: false,
            idempotency: key.map { mark($0, texts, plan.targets[0].model) }
        )
    }

    private func mark(
        _ key: IdempotencyKey,
        _ texts: [String],
        _ model: String
    ) -> IdempotencyMark {
        let asked = JSONValue.object([
            "operation": .string(key.operation), "model": .string(model),
            "texts": .array(texts.map(JSONValue.string)),
        ])
        return IdempotencyMark(key: key.text, fingerprint: Digest.sha256(asked.canonical))
    }
}
