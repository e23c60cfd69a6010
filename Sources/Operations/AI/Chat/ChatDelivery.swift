import Domain
import Inference

/// How far an answer came, and how it ended.
struct ChatDelivery: Sendable {
    var hold: GrowingHold
    var tally = AnswerTally()
    /// How many bytes of the text went to the reader.
    var given = 0
    /// Who answered, or was asked last; nil while nobody was.
    var target: CallTarget?
    var attempts: [Domain.CallAttempt] = []
    var ending = Ending.failed(.modelFailed)

    enum Ending: Hashable, Sendable {
        case complete
        /// The reader has gone.
        case left
        case stopped(GrowingHold.Verdict)
        case failed(DomainError)
    }

    init(_ hold: GrowingHold) {
        self.hold = hold
    }

    /// The first piece is there.
    mutating func begin(_ target: RouteTarget, _ tries: [Inference.CallAttempt], at now: Instant) {
        self.target = CallTarget(target)
        attempts = tries.map { Domain.CallAttempt($0) }
        attempts[attempts.count - 1].firstByteAt = now
    }

    /// The answer broke off behind its begin: it failed, and is billed all the same.
    mutating func breakOff(_ reason: ProviderFailure.Reason, _ error: DomainError) {
        ending = .failed(error)
        // That we went ourselves is no fault of the provider's.
        guard reason != .cancelled, let last = attempts.indices.last else { return }
        attempts[last].outcome = .failed
        attempts[last].failure = reason
    }

    /// Nobody answered, or the books did not go on.
    mutating func fail(_ error: any Error, at models: ModelProviders) {
        if let failure = error as? RouteFailure {
            attempts = failure.attempts.map { Domain.CallAttempt($0) }
            target = attempts.last?.target
            ending = .failed(failure.error(of: hold.ticket.targets, at: models))
        } else {
            ending = .failed(error as? DomainError ?? .modelFailed)
        }
    }

    /// The reader has gone: what was sent is paid, though nothing may have come back.
    mutating func leave() {
        ending = .left
        _ = attempts.payIfLeft()
    }

    /// Whether the tenant pays: for an answer that began, or for a question that its own client
    /// left.
    var isPaid: Bool { attempts.contains { $0.billing == .yes } }

    /// The text that went to the reader: no more than that was held.
    var givenText: String { String(Substring(tally.text.utf8.prefix(given))) }

    /// The tries as they ended.
    var finalAttempts: [Domain.CallAttempt] {
        attempts.map { attempt in
            var attempt = attempt
            guard attempt.firstByteAt != nil else { return attempt }
            attempt.providerRequest = tally.providerRequest
            return attempt
        }
    }
}

extension CallTarget {
    init(_ target: RouteTarget) {
        self.init(provider: target.provider, model: target.model)
    }
}

extension Domain.CallAttempt {
    /// A try that is about to be made.
    init(asking attempt: Inference.CallAttempt) {
        self.init(number: Int32(attempt.number), target: CallTarget(attempt.target), isSent: true)
    }

    /// A try that has ended, or answers.
    init(_ attempt: Inference.CallAttempt) {
        let failure = attempt.failure
        self.init(
            number: Int32(attempt.number),
            target: CallTarget(attempt.target),
            // Who answers has read what was sent.
            isSent: failure.map { $0.stage != .notSent || $0.status != nil } ?? true,
            outcome: failure == nil ? .answered : .failed,
            billing: failure.map { $0.stage == .notSent ? .no : .unknown } ?? .yes,
            failure: failure?.reason,
            status: failure?.status.map { Int32(clamping: $0) }
        )
    }
}
