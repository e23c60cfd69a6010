import Domain
import Inference

/// How far an answer came, and how it ended.
struct ChatDelivery: Sendable {
    var hold: GrowingHold
    var tally = AnswerTally()
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

    /// Nobody answered, or the books did not go on.
    mutating func fail(_ error: any Error) {
        if let failure = error as? RouteFailure {
            attempts = failure.attempts.map { Domain.CallAttempt($0) }
            target = attempts.last?.target
            ending = .failed(failure.error)
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

    /// The tries as they ended.
    var finalAttempts: [Domain.CallAttempt] {
        attempts.map { attempt in
            var attempt = attempt
            guard attempt.outcome == .answered else { return attempt }
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
            isSent: failure?.stage != .notSent,
            outcome: failure == nil ? .answered : .failed,
            billing: failure.map { $0.stage == .notSent ? .no : .unknown } ?? .yes,
            failure: failure?.reason,
            status: failure?.status.map { Int32(clamping: $0) }
        )
    }
}
