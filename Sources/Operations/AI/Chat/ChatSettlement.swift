import Domain
import Inference
import Storage

/// The end of a call: its hold becomes a charge, and what is to be kept of it is kept.
struct ChatSettlement: Sendable {
    let call: ChatCall
    let delivery: ChatDelivery

    private var ticket: CallTicket { delivery.hold.ticket }
    private var environment: Environment { call.environment }

    /// Closes the books.
    ///
    /// - Returns: The last part for the reader.
    func end() async -> ChatPart {
        guard delivery.isPaid else { return await release() }
        let (tokens, isEstimated) = delivery.tally.usage(
            estimatedInput: ticket.inputTokens,
            outputCap: ticket.outputCap
        )
        let target = delivery.target ?? ticket.targets[0]
        var answer = ChatAnswer(
            id: ticket.id,
            model: target.model,
            text: delivery.tally.text,
            toolCalls: delivery.tally.toolCalls,
            finish: delivery.tally.finish ?? .stop,
            use: ChatUse(
                tokens: tokens,
                chargeNano: ticket.prices[target.model]?.cost(of: tokens) ?? 0,
                isEstimated: isEstimated
            ),
            conversation: call.keeping.conversation
        )
        // Where the books stay closed the sweeper ends the call; our own sum is the best there is.
        if let receipt = try? await SettleCall(environment)(ticket, outcome(answer, target)) {
            answer.use.chargeNano = receipt.chargeNano
        } else {
            answer.use.isEstimated = true
        }
        environment.desk.giveBack(call.taken, used: tokens.total)
        guard delivery.ending == .complete else {
            let error = (reason ?? .modelFailed).of(ticket.id)
            return .failed(error, partial: partial(answer, cutBy: error.code))
        }
        if await !keep(answer) { answer.conversation = nil }
        return .finished(answer)
    }

    /// Nobody answered: the tenant pays nothing.
    private func release() async -> ChatPart {
        let error = reason ?? .modelFailed
        environment.desk.giveBack(call.taken, used: 0)
        _ = try? await ReleaseCall(environment)(
            ticket,
            failure: error.code.rawValue,
            delivery.finalAttempts
        )
        return .failed(error.of(ticket.id), partial: nil)
    }

    /// What the reader was given of an answer.
    ///
    /// Its text alone: a call of a function may be half of one.
    private func partial(_ answer: ChatAnswer, cutBy reason: DomainError.Code) -> ChatAnswer {
        var partial = answer
        partial.text = delivery.givenText
        partial.toolCalls = []
        partial.finish = .length
        partial.conversation = nil
        partial.cutBy = reason
        return partial
    }

    private func outcome(_ answer: ChatAnswer, _ target: CallTarget) -> CallOutcome {
        let isWhole = delivery.ending == .complete
        return CallOutcome(
            target: target,
            usage: answer.use.tokens,
            isEstimated: answer.use.isEstimated,
            finish: isWhole ? answer.finish.rawValue : nil,
            failure: isWhole ? nil : reason?.code.rawValue,
            reply: isWhole && call.keeping.isRepeatable
                ? StoredReply(status: 200, body: Array(answer.json.canonical.utf8)) : nil,
            attempts: delivery.finalAttempts
        )
    }

    private var reason: DomainError? {
        switch delivery.ending {
        case .complete: nil
        case .failed(let error): error
        case .left: .readerLeft
        case .stopped(.stopped): .callStopped
        case .stopped(.ended): .callEnded
        case .stopped: .budgetExhausted
        }
    }

    /// Keeps the turn and the answer, where that was wanted; nothing of somebody who was erased.
    ///
    /// - Returns: Whether it was kept; the answer is given either way.
    private func keep(_ answer: ChatAnswer) async -> Bool {
        let owner = call.question.principal.owner
        var statements: [Statement] = []
        if let id = call.keeping.conversation {
            if call.question.order.options.conversation == .new {
                statements.append(
                    ConversationStore.begin(id, title: title, of: owner, in: ticket.tenant)
                )
            }
            let said =
                call.question.said + [
                    ChatMessage(.assistant, answer.text, toolCalls: answer.toolCalls)
                ]
            statements.append(
                ConversationStore.append(
                    said,
                    to: id,
                    of: owner,
                    call: ticket.id,
                    in: ticket.tenant
                )
            )
            statements += ConversationStore.forgetOrphan(ticket.id, of: id, in: ticket.tenant)
        }
        if let key = call.keeping.cacheKey, let user = owner.user, isUsual(answer) {
            statements.append(
                ResponseCacheStore.keep(
                    answer,
                    as: key.bytes,
                    seconds: seconds,
                    of: user,
                    in: ticket.tenant
                )
            )
        }
        guard !statements.isEmpty else { return true }
        let kept = statements
        return
            (try? await environment.database.system(
                reason: .aiGateway,
                tenant: ticket.tenant,
                user: owner.user
            ) { scope in
                let stay = owner.user.map { ConversationStore.stay($0, in: ticket.tenant) }
                if let stay, try scope.query(stay).isEmpty { return false }
                _ = try scope.last(kept)
                return true
            }) ?? false
    }

    /// Whether it is what the same question gets again when budgets have room and models are well.
    private func isUsual(_ answer: ChatAnswer) -> Bool {
        !ticket.isDegraded && !ticket.isShortened && answer.finish == .stop
            && answer.model == call.question.plan.targets[0].model
    }

    /// How long an answer is kept: as the route says, or a day.
    private var seconds: Int {
        let policy = call.question.plan.route?.plan.cache
        return policy.flatMap { $0.scope == .off ? nil : $0.seconds } ?? 86_400
    }

    /// How the first question begins.
    private var title: String {
        let first = call.question.said.first { $0.role == .user }?.content ?? ""
        let line = first.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let shown = Validation.quotable(line)
        return shown.isEmpty ? "Conversation" : shown
    }
}
