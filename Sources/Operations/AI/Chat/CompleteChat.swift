package import Domain
import Inference
import Sealing
import Storage

// DESIGN
//
// Cheap refusals come first, and nothing is sent before the money for it is held:
//
//     calls in a minute ─▶ who may, which model ─▶ answers kept ─▶ tokens in a minute ─▶ hold ─▶ call
//
// From the hold on the call belongs to a task of its own (`ChatCall`): a client that goes cannot
// leave a hold behind.

/// Asks a model, and gives its answer as it comes.
package struct CompleteChat: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Returns when the first piece of the answer is there, so that what goes wrong before is an
    /// error and no answer.
    ///
    /// - Parameters:
    ///   - order: What is asked.
    ///   - idempotencyKey: With the key, operation and order of an earlier call, its answer is
    ///     given.
    ///   - channel: The door.
    ///   - principal: A member needs `ai.use`; a visitor an open storefront.
    ///   - client: A visitor's address, whose use is counted.
    ///   - storefront: The slug by which a visitor came.
    /// - Returns: The answer, from its first piece on.
    /// - Throws: `ai_rate_limited`, `ai_budget_exceeded`, `model_not_allowed`,
    ///   `context_too_long`, `provider_error`, and what else docs/ai-chat.md lists.
    package func callAsFunction(
        _ order: ChatOrder,
        idempotencyKey: IdempotencyKey? = nil,
        channel: AICall.Channel = .api,
        by principal: CallPrincipal,
        from client: String? = nil,
        storefront: String? = nil
    ) async throws -> ChatReply {
        let limits = environment.desk.limits
        _ = try environment.desk.take(limits.calls(principal, client))
        let door = principal.visitor == nil ? channel : .public
        let plan = try await PlanChat(environment).beforeHold(order, at: door, by: principal)
        let question = ChatQuestion(order: order, plan: plan, principal: principal)
        let source = ChatSource(
            channel: door,
            storefront: storefront,
            visit: visit(principal, client),
            idempotency: idempotencyKey.map { order.mark($0) }
        )
        guard let key = question.cacheKey else {
            return try await go(on: try await hold(question, source), question)
        }
        if let hit = try await cached(key, question, source) { return hit }
        let seat = try await environment.desk.flights.board(key.bytes)
        if !seat.isFirst, let hit = try await cached(key, question, source) { return hit }
        let held: Held
        do {
            held = try await hold(question, source)
        } catch {
            seat.land()
            throw error
        }
        return try await go(on: held, question, cacheKey: key, seat: seat)
    }

    private func cached(
        _ key: CacheKey,
        _ question: ChatQuestion,
        _ source: ChatSource
    ) async throws -> ChatReply? {
        let hit = try await CachedAnswer(environment).find(key, question, source)
        return hit.map { ChatReply($0, origin: .cache) }
    }

    /// What a visitor may take of today.
    private func visit(_ principal: CallPrincipal, _ client: String?) -> VisitBounds? {
        guard principal.visitor != nil else { return nil }
        let limits = environment.desk.limits
        let day = String(environment.database.clock.now().rfc3339.prefix(10))
        let tag = environment.sealer.tag(
            client ?? "unknown",
            context: ["storefront", "address", principal.tenant.description, day]
        )
        return VisitBounds(
            client: Hex.encode(tag.prefix(16)),
            visitorTokens: limits.visitorTokens,
            clientTokens: limits.addressTokens
        )
    }

    /// What was taken for a call before it is made.
    private struct Held {
        let reservation: Reservation
        let conversation: ConversationID?
        let isRepeatable: Bool
        let taken: [RateCheck]
    }

    /// Takes tokens and money.
    private func hold(_ question: ChatQuestion, _ source: ChatSource) async throws -> Held {
        let desk = environment.desk
        let most = question.inputTokens + question.outputCap + question.plan.overhead
        let taken = try desk.take(desk.limits.tokens(question.principal, most))
        do {
            let draft = question.draft(source, at: environment)
            return Held(
                reservation: try await ReserveCall(environment)(draft),
                conversation: draft.origin.conversation,
                isRepeatable: draft.idempotency != nil,
                taken: taken
            )
        } catch {
            desk.giveBack(taken, used: 0)
            guard let known = error as? DomainError, known.code == .contextTooLong else {
                throw error
            }
            throw DomainError.contextTooLong(question.inputTokens, for: question.plan.models)
        }
    }

    private func go(
        on held: Held,
        _ question: ChatQuestion,
        cacheKey: CacheKey? = nil,
        seat: SingleFlight.Seat? = nil
    ) async throws -> ChatReply {
        switch held.reservation {
        case .repeated(let earlier):
            environment.desk.giveBack(held.taken, used: 0)
            seat?.land()
            return ChatReply(try earlier.answer(), origin: .repetition)
        case .held(let ticket):
            return try await ChatCall(
                environment: environment,
                question: question,
                ticket: ticket,
                keeping: ChatKeeping(
                    conversation: held.conversation,
                    cacheKey: cacheKey,
                    seat: seat,
                    isRepeatable: held.isRepeatable
                ),
                taken: held.taken
            ).begin()
        }
    }
}

extension SettledCall {
    /// The answer as it was given.
    ///
    /// - Throws: Gone, when it is no longer kept.
    func answer() throws -> ChatAnswer {
        guard let reply, let json = try? JSONReader.read(reply.body, from: .stored),
            var answer = ChatAnswer(json)
        else {
            throw DomainError.replyGone
        }
        answer.use.chargeNano = chargeNano
        return answer
    }
}

extension ChatLimits {
    /// The limits of a call that is about to be made.
    func calls(_ principal: CallPrincipal, _ client: String?) -> [RateCheck?] {
        guard principal.visitor != nil else {
            return [RateCheck(.modelCalls(principal.bucket), calls)]
        }
        return [
            RateCheck(.modelCalls(principal.bucket), visitorCalls),
            RateCheck(.modelCalls("address:\(client ?? "unknown")"), addressCalls),
        ]
    }

    /// The limits of so many tokens; those of visitors are held with the money (`VisitBounds`).
    func tokens(_ principal: CallPrincipal, _ count: Int64) -> [RateCheck?] {
        guard principal.visitor == nil else { return [] }
        return [
            RateCheck(.modelTokens(principal.bucket), tokens, amount: Int(clamping: count))
        ]
    }
}

extension CallPrincipal {
    /// Under what its use is counted: in one workspace what it does in another does not count.
    fileprivate var bucket: String { "\(tenant):\(name)" }
}
