import Domain
import Inference
import Storage
import Synchronization

// DESIGN
//
//     held ──▶ asking ──▶ answering ──▶ settled, or released when nothing was billed
//
// 1. A call that is held is ended by its own task, whatever becomes of the client: settled by what
//    was delivered, or released when nothing was.
// 2. Nothing is delivered that is not paid for: a piece goes to the reader once the hold covers it.
// 3. A reader that leaves stops the model at once (`cancel`), or after a while (`drain`).
// 4. A call that somebody of the workspace stops ends at once, and is paid as far as it came.
// 5. The reader gets its last part when the books are closed: what it says of the cost is true.

/// One call to a model, from the hold to the settlement.
struct ChatCall: Sendable {
    let environment: Environment
    let question: ChatQuestion
    let ticket: CallTicket
    let keeping: ChatKeeping
    /// What was taken of the limits of rate.
    let taken: [RateCheck]

    /// Begins; returns when the first part is there.
    ///
    /// - Throws: Why there is no answer.
    func begin() async throws -> ChatReply {
        let line = ReplyLine()
        environment.calls.run { await run(line) }
        let first = await line.take()
        guard let head = first.first else { throw CancellationError() }
        if case .failed(let error, let partial) = head {
            line.leave()
            throw error.withoutText(isCharged: partial != nil)
        }
        return ChatReply(id: ticket.id, first: first, line: line)
    }

    private func run(_ line: ReplyLine) async {
        let work = Task { await deliver(to: line) }
        let stop = Mutex(CallsInHand.Stop?.none)
        environment.calls.whenStopped(ticket.id) { reason in
            stop.withLock { $0 = reason }
            work.cancel()
        }
        var delivery = await drained(work, line)
        if let reason = stop.withLock({ $0 }), delivery.ending == .left {
            delivery.ending = .failed(reason.error)
        }
        let last = await ChatSettlement(call: self, delivery: delivery).end()
        keeping.seat?.land()
        await line.send([last])
        line.close()
    }

    /// Waits for the answer; without a reader only for a while, or not at all.
    private func drained(
        _ work: Task<ChatDelivery, Never>,
        _ line: ReplyLine
    ) async -> ChatDelivery {
        let drain = Mutex<Task<Void, Never>?>(nil)
        let policy = question.whenLeft
        let desk = environment.desk
        line.whenLeft {
            guard policy == .drain, desk.mayDrain() else { return work.cancel() }
            let patience = Task {
                _ = try? await Task.sleep(for: desk.limits.drainTime)
                work.cancel()
                desk.drained()
            }
            drain.withLock { $0 = patience }
        }
        let delivery = await work.value
        drain.withLock { $0 }?.cancel()
        return delivery
    }

    /// Asks along the route and hands the answer over; ends in a value, never in an error.
    private func deliver(to line: ReplyLine) async -> ChatDelivery {
        let asking = AskingHold(GrowingHold(ticket, environment))
        var delivery: ChatDelivery
        do {
            let routed = try await route(asking)
            delivery = ChatDelivery(asking.value)
            delivery.begin(routed.target, routed.attempts, at: environment.database.clock.now())
            await pass(routed.answer, to: line, &delivery)
        } catch {
            delivery = ChatDelivery(asking.value)
            delivery.fail(error, at: environment.models)
        }
        await delivery.hold.finish()
        if Task.isCancelled, delivery.ending != .complete { delivery.leave() }
        return delivery
    }

    private func route(_ asking: AskingHold) async throws -> Routed<ChatStream> {
        try await RoutedCall(
            environment.models,
            targets: ticket.targets.map { RouteTarget(provider: $0.provider, model: $0.model) },
            rules: question.plan.rules,
            deadline: environment.models.pace.now() + environment.desk.limits.life,
            observer: observer(asking)
        ).chat(
            question.request(outputCap: ticket.outputCap),
            ChatContext(
                tenant: ticket.tenant,
                requestID: ticket.id,
                caller: question.principal.member
            )
        )
    }

    /// Hands pieces over as long as they are paid for, those that came together at once.
    private func pass(
        _ answer: ChatStream,
        to line: ReplyLine,
        _ delivery: inout ChatDelivery
    ) async {
        var events = answer.makeAsyncIterator()
        do throws(ProviderFailure) {
            while let batch = try await events.batch() {
                let (parts, stop) = await paid(batch, &delivery)
                await line.send(parts)
                switch stop {
                case nil: continue
                case .beyond: return delivery.breakOff(.broken, .modelFailed)
                case .uncovered(let verdict):
                    delivery.ending = .stopped(verdict)
                    return
                }
            }
            guard delivery.tally.finish == nil else {
                delivery.ending = .complete
                return
            }
            delivery.breakOff(.broken, .modelFailed)
        } catch {
            // A provider that goes away behind the end has answered.
            guard delivery.tally.finish == nil else {
                delivery.ending = .complete
                return
            }
            delivery.breakOff(error.reason, error.error)
        }
    }

    /// Why nothing more goes to the reader.
    private enum Stop {
        /// The model goes on far beyond what it may write.
        case beyond
        case uncovered(GrowingHold.Verdict)
    }

    /// What of some events goes to the reader, and why nothing more does.
    private func paid(
        _ events: [ChatEvent],
        _ delivery: inout ChatDelivery
    ) async -> ([ChatPart], Stop?) {
        var parts: [ChatPart] = []
        for event in events {
            delivery.tally.add(event)
            guard delivery.tally.delivered <= Self.most(ticket.outputCap) else {
                return (parts, .beyond)
            }
            let verdict = await delivery.hold.cover(delivery.tally.delivered)
            guard verdict == .covered else { return (parts, .uncovered(verdict)) }
            delivery.given = delivery.tally.text.utf8.count
            if let part = event.part { parts.append(part) }
        }
        return (parts, nil)
    }

    /// What a model may write that was told a limit.
    ///
    /// Counts differ, but not by so much: what goes on is stopped before it fills the memory.
    private static func most(_ outputCap: Int64) -> Int64 { 2 * outputCap + 1_024 }

    private func observer(_ asking: AskingHold) -> CallObserver {
        CallObserver(
            asking: { attempt in
                // The first one is sent with the hold: a crash counts it as sent, unless a budget
                // wants to know.
                guard attempt.number > 1 || ticket.notesSending else { return }
                try await NoteAttempt(environment)(ticket, Domain.CallAttempt(asking: attempt))
            },
            covers: { _ in
                var hold = asking.value
                let isCovered = try await hold.topUp()
                asking.replace(with: hold)
                return isCovered
            }
        )
    }
}

/// What is to be kept of a call besides the books.
struct ChatKeeping: Sendable {
    let conversation: ConversationID?
    let cacheKey: CacheKey?
    /// Others may wait for the answer.
    let seat: SingleFlight.Seat?
    /// Whether a repetition may ask for the answer.
    let isRepeatable: Bool
}

/// The hold while targets are asked, one at a time.
private final class AskingHold: Sendable {
    private let hold: Mutex<GrowingHold>

    init(_ hold: GrowingHold) {
        self.hold = Mutex(hold)
    }

    var value: GrowingHold { hold.withLock { $0 } }

    func replace(with grown: GrowingHold) {
        hold.withLock { $0 = grown }
    }
}

extension ChatEvent {
    /// What a reader gets of it.
    fileprivate var part: ChatPart? {
        switch self {
        case .text(let text): .text(text)
        case .toolCall(let index, let id, let name, let arguments):
            .toolCall(index: index, id: id, name: name, arguments: arguments)
        case .started, .usage, .finished: nil
        }
    }
}
