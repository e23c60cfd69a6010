package import Domain

/// A model of a provider that a call may go to.
package struct RouteTarget: Hashable, Sendable {
    package var provider: String
    /// As `ai_models.id` names it.
    package var model: String

    package init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }
}

// DESIGN
//
// 1. Nobody is asked again once content came, or after a 400: another try cannot help.
// 2. After a failure that may have been billed another try costs twice: only where the route
//    allows it.
// 3. Others are tried before the same one again; the same one after a pause only. Pauses are
//    spread over their whole length (full jitter), and are never shorter than the provider wants.
// 4. A pause that leaves no time for an answer is not made: what failed is told at once.

/// Decides whom a call is put to, and when; pure.
package struct RoutePlan: Hashable, Sendable {
    package struct Rules: Hashable, Sendable {
        /// Requests that go out in all.
        package var attempts: Int
        /// Whether another is asked after a failure that may have been billed.
        package var allowsAmbiguousRetry: Bool
        package var firstPause: Duration
        package var longestPause: Duration

        package init(
            attempts: Int = 3,
            allowsAmbiguousRetry: Bool = false,
            firstPause: Duration = .milliseconds(250),
            longestPause: Duration = .seconds(8)
        ) {
            self.attempts = attempts
            self.allowsAmbiguousRetry = allowsAmbiguousRetry
            self.firstPause = firstPause
            self.longestPause = longestPause
        }
    }

    package enum Step: Hashable, Sendable {
        case ask(RouteTarget, pause: Duration)
        case giveUp
    }

    private let targets: [RouteTarget]
    private let rules: Rules
    private var current = 0
    private var sent = 0
    private var tried: Set<Int> = []
    private var excluded: Set<Int> = []
    private var restsUntil: [Int: ContinuousClock.Instant] = [:]

    package init(_ targets: [RouteTarget], rules: Rules = Rules()) {
        self.targets = targets
        self.rules = rules
    }

    /// Whom to ask first.
    package func begin() -> Step {
        targets.first.map { .ask($0, pause: .zero) } ?? .giveUp
    }

    /// What to do after a failure of the target that was asked last.
    ///
    /// - Parameters:
    ///   - failure: of that target.
    ///   - now: the present.
    ///   - deadline: the end of the call.
    ///   - chance: from 0 to 1; spreads the pauses of many calls.
    /// - Returns: Whom to ask next, and after which pause, or to give up.
    package mutating func next(
        after failure: ProviderFailure,
        at now: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant,
        chance: Double
    ) -> Step {
        note(failure, at: now)
        guard !isFinal(failure), sent < rules.attempts, now < deadline else { return .giveUp }
        for offset in 1...max(targets.count, 1) {
            let index = (current + offset) % max(targets.count, 1)
            guard targets.indices.contains(index), !excluded.contains(index) else { continue }
            let pause = pause(before: index, at: now, chance: chance)
            guard pause <= rules.longestPause, now + pause < deadline else { continue }
            current = index
            return .ask(targets[index], pause: pause)
        }
        return .giveUp
    }

    private func isFinal(_ failure: ProviderFailure) -> Bool {
        switch failure.stage {
        case .afterFirstByte: return true
        case .maybeBilled where !rules.allowsAmbiguousRetry: return true
        case .maybeBilled, .notSent:
            return failure.status == 400 || [.badRequest, .cancelled].contains(failure.reason)
        }
    }

    private mutating func note(_ failure: ProviderFailure, at now: ContinuousClock.Instant) {
        switch failure.reason {
        case .benched, .notConfigured:
            // Nothing went out: it is not among the attempts.
            excluded.insert(current)
            return
        case .unknownModel, .tooLong: excluded.insert(current)
        case .unauthorized:
            let provider = targets.indices.contains(current) ? targets[current].provider : ""
            excluded.formUnion(targets.indices.filter { targets[$0].provider == provider })
        default: break
        }
        sent += 1
        tried.insert(current)
        if let pause = failure.retryAfter { restsUntil[current] = now + pause }
    }

    private func pause(
        before index: Int,
        at now: ContinuousClock.Instant,
        chance: Double
    ) -> Duration {
        guard tried.contains(index) else { return .zero }
        let doublings = min(max(sent - 1, 0), 30)
        let whole = min(rules.firstPause * (1 << doublings), rules.longestPause)
        let spread = whole * min(max(chance, 0), 1)
        let rest = restsUntil[index].map { now.duration(to: $0) } ?? .zero
        return max(spread, rest)
    }
}
