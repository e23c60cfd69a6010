import Domain
import Inference
import Storage
import Synchronization

// DESIGN
//
// 1. Whoever holds an idempotency key may go, and ask again: what was sent then goes on, is paid
//    once and kept for them. Without a key nobody could get it: the request is ended.
// 2. Each end gives back what was taken of the limits of rate and not used, once.

/// One call for vectors, from the hold to the settlement.
struct EmbeddingCall: Sendable {
    let environment: Environment
    let texts: [String]
    let ticket: CallTicket
    /// What was taken of the limits of rate.
    let taken: [RateCheck]
    /// Whether a repetition may ask for the vectors.
    let isRepeatable: Bool

    /// Asks, and closes the books either way; whoever waits may be cancelled.
    func vectors() async throws -> EmbeddedTexts {
        let asking = Task { try await ask() }
        let stop = Mutex(CallsInHand.Stop?.none)
        environment.calls.whenStopped(ticket.id) { reason in
            stop.withLock { $0 = reason }
            asking.cancel()
        }
        let ending = environment.calls.run {
            try await end(await asking.result, stop: { stop.withLock { $0 } })
        }
        guard !isRepeatable else { return try await Self.wait(for: ending) }
        return try await withTaskCancellationHandler {
            try await ending.value
        } onCancel: {
            asking.cancel()
        }
    }

    /// Waits for a task that goes on when whoever waits has gone.
    private static func wait<Value: Sendable>(
        for task: Task<Value, any Error>
    ) async throws -> Value {
        let (values, line) = AsyncThrowingStream<Value, any Error>.makeStream()
        Task {
            do {
                line.yield(try await task.value)
                line.finish()
            } catch {
                line.finish(throwing: error)
            }
        }
        for try await value in values { return value }
        throw CancellationError()
    }

    private func ask() async throws -> Routed<Embeddings> {
        try await RoutedCall(
            environment.models,
            targets: ticket.targets.map { RouteTarget(provider: $0.provider, model: $0.model) },
            deadline: environment.models.pace.now() + environment.desk.limits.life,
            observer: CallObserver(asking: { attempt in
                guard attempt.number > 1 || ticket.notesSending else { return }
                try await NoteAttempt(environment)(ticket, Domain.CallAttempt(asking: attempt))
            })
        ).embed(texts)
    }

    private func end(
        _ result: Result<Routed<Embeddings>, any Error>,
        stop: () -> CallsInHand.Stop?
    ) async throws -> EmbeddedTexts {
        switch result {
        case .success(let routed): return try await settle(routed)
        case .failure(let error):
            let failure = error as? RouteFailure
            var reason =
                failure?.error(of: ticket.targets, at: environment.models)
                ?? error as? DomainError ?? .modelFailed
            if failure?.attempts.last?.failure?.reason == .unknownModel { reason = .noVectors }
            if reason == .readerLeft, let stop = stop() { reason = stop.error }
            var attempts = failure?.attempts.map { Domain.CallAttempt($0) } ?? []
            guard attempts.payIfLeft() else {
                environment.desk.giveBack(taken, used: 0)
                try await ReleaseCall(environment)(
                    ticket,
                    failure: reason.code.rawValue,
                    attempts
                )
                throw reason.of(ticket.id).withoutText(isCharged: false)
            }
            try await pay(attempts, reason)
            throw reason.of(ticket.id).withoutText(isCharged: true)
        }
    }

    private func settle(_ routed: Routed<Embeddings>) async throws -> EmbeddedTexts {
        let answer = routed.answer
        var embedded = EmbeddedTexts(
            id: ticket.id,
            model: routed.target.model,
            vectors: answer.vectors,
            use: ChatUse(
                tokens: answer.usage,
                chargeNano: ticket.prices[routed.target.model]?.cost(of: answer.usage) ?? 0,
                isEstimated: answer.isEstimated
            )
        )
        environment.desk.giveBack(taken, used: answer.usage.total)
        let outcome = CallOutcome(
            target: CallTarget(routed.target),
            usage: answer.usage,
            isEstimated: answer.isEstimated,
            finish: "stop",
            reply: isRepeatable ? embedded.stored : nil,
            attempts: routed.attempts.map { Domain.CallAttempt($0) }
        )
        // Where the books stay closed the end is written down later; our own sum is the best there
        // is.
        if let receipt = try? await SettleCall(environment)(ticket, outcome) {
            embedded.use.chargeNano = receipt.chargeNano
        } else {
            embedded.use.isEstimated = true
        }
        return embedded
    }

    /// The texts were sent and nobody waits for the vectors: what they cost is charged.
    private func pay(_ attempts: [Domain.CallAttempt], _ reason: DomainError) async throws {
        environment.desk.giveBack(taken, used: ticket.inputTokens)
        _ = try await SettleCall(environment)(
            ticket,
            CallOutcome(
                target: attempts.last?.target ?? ticket.targets[0],
                usage: TokenUsage(input: ticket.inputTokens),
                isEstimated: true,
                failure: reason.code.rawValue,
                attempts: attempts
            )
        )
    }
}

extension [Domain.CallAttempt] {
    /// Counts the last try as billed when its own client left behind the question.
    ///
    /// - Returns: Whether the tenant pays.
    mutating func payIfLeft() -> Bool {
        if let last = indices.last, self[last].billing == .unknown,
            self[last].failure == .cancelled
        {
            self[last].billing = .yes
        }
        return contains { $0.billing == .yes }
    }
}
