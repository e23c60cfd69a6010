package import Domain
import Synchronization

// DESIGN
//
// 1. Two limits of rate stand before the money: calls, and tokens. Tokens are taken at the most a
//    call may need, and what was not needed is given back when it has ended.
// 2. Few abandoned answers may go on at once (`drain`); beyond that they are stopped.

/// What calls to models work with besides the tables; one for a process.
package final class ChatDesk: Sendable {
    package let limits: ChatLimits
    /// Who took how much; shared with the other processes as the door's own limits are.
    package let gate: RateGate
    let flights = SingleFlight()
    let models: KnownModels
    private let draining = Mutex(0)

    /// - Parameters:
    ///   - limits: How much may be asked.
    ///   - gate: Who took how much.
    ///   - memory: How long a model that may be called is not looked up again before a hold.
    package init(
        limits: ChatLimits = ChatLimits(),
        gate: RateGate = RateGate(.none),
        memory: Duration = .seconds(1)
    ) {
        self.limits = limits
        self.gate = gate
        models = KnownModels(life: memory)
    }

    /// Takes one call, and then so many tokens, of everybody whose limits it meets.
    ///
    /// - Returns: What was taken, to be given back.
    /// - Throws: `ai_rate_limited`, and then nothing was taken.
    func take(_ checks: [RateCheck?]) throws(DomainError) -> [RateCheck] {
        let checks = checks.compactMap(\.self)
        if let verdict = gate.take(checks), !verdict.decision.isAllowed {
            throw .aiRateLimited(verdict)
        }
        return checks
    }

    /// Gives back the tokens that were not needed.
    func giveBack(_ taken: [RateCheck], used: Int64) {
        for check in taken {
            gate.refund(check, amount: check.amount - Int(clamping: max(0, used)))
        }
    }

    /// Whether one more abandoned answer may go on; then `drained` must be called.
    func mayDrain() -> Bool {
        draining.withLock { count in
            guard count < limits.drains else { return false }
            count += 1
            return true
        }
    }

    func drained() {
        draining.withLock { $0 -= 1 }
    }
}

/// How much may be asked of models.
package struct ChatLimits: Hashable, Sendable {
    /// Calls of one member or one key.
    package var calls = RateLimit.perMinute(120)
    /// Tokens of one member or one key.
    package var tokens = RateLimit.perMinute(1_000_000)
    /// Questions of one visitor.
    package var visitorCalls = RateLimit.perMinute(10)
    /// Tokens of one visitor, a day; counted with the money.
    package var visitorTokens: Int64 = 50_000
    /// Questions and visits of one address.
    package var addressCalls = RateLimit.perMinute(30)
    /// Tokens of the visitors of one address, a day; counted with the money.
    package var addressTokens: Int64 = 200_000
    /// How many abandoned answers may go on at once.
    package var drains = 32
    /// How long an abandoned answer may go on.
    package var drainTime = Duration.seconds(30)
    /// How long a call may take altogether.
    package var life = Duration.seconds(300)

    package init() {}
}

extension DomainError {
    static func aiRateLimited(_ verdict: RateVerdict) -> DomainError {
        let pause = max(1, Int64((verdict.decision.retryAfter / .seconds(1)).rounded(.up)))
        let what: String =
            if case .modelTokens = verdict.check.bucket { "tokens" } else { "calls" }
        return DomainError(
            .limited(retryAfter: .seconds(pause)),
            .aiRateLimited,
            "Too many \(what) to models in a short time.",
            hint: "Try again in \(pause == 1 ? "1 second" : "\(pause) seconds")."
        )
    }
}
