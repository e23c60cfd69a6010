import Domain

extension RoutedCall {
    typealias Ask<Answer> =
        @Sendable (ModelProvider, RouteTarget) async throws(ProviderFailure) -> Answer

    /// Performs what `RoutePlan` decides.
    func run<Answer: Sendable>(
        _ ask: Ask<Answer>,
        finish: (Answer, CircuitBreakers.Line) -> Answer
    ) async throws -> Routed<Answer> {
        var plan = RoutePlan(targets, rules: rules)
        var attempts: [CallAttempt] = []
        var step = plan.begin()
        while case .ask(let target, let pause) = step {
            let start = try await wait(pause, attempts)
            var attempt = CallAttempt(number: attempts.count + 1, target: target)
            let result = try await put(attempt, ask)
            attempt.duration = start.duration(to: providers.pace.now())
            switch result {
            case .success(let (answer, line)):
                let kept = finish(answer, line)
                return Routed(target: target, attempts: attempts + [attempt], answer: kept)
            case .failure(let failure): attempt.failure = failure
            }
            attempts.append(attempt)
            step = try await judge(attempt, &plan)
        }
        throw RouteFailure(attempts: attempts)
    }

    /// What follows a try that failed.
    private func judge(
        _ attempt: CallAttempt,
        _ plan: inout RoutePlan
    ) async throws -> RoutePlan.Step {
        guard let failure = attempt.failure else { return .giveUp }
        try await observer.failed(attempt)
        let step = plan.next(
            after: failure,
            at: providers.pace.now(),
            deadline: deadline,
            chance: providers.pace.chance()
        )
        guard failure.stage == .maybeBilled, case .ask(let next, _) = step else { return step }
        return try await observer.covers(next) ? step : .giveUp
    }

    private func wait(
        _ pause: Duration,
        _ attempts: [CallAttempt]
    ) async throws -> ContinuousClock.Instant {
        let now = providers.pace.now()
        guard pause > .zero else { return now }
        do {
            try await providers.pace.sleep(now + pause)
        } catch {
            // Given up while nobody was asked: what failed before stays the reason.
            throw RouteFailure(attempts: attempts)
        }
        return providers.pace.now()
    }

    /// One try, of which its line learns, also when the books or the task end it.
    private func put<Answer: Sendable>(
        _ attempt: CallAttempt,
        _ ask: Ask<Answer>
    ) async throws -> Result<(Answer, CircuitBreakers.Line), ProviderFailure> {
        let breakers = providers.breakers
        let target = attempt.target
        let provider: ModelProvider
        do throws(ProviderFailure) {
            provider = try providers.find(target.provider)
        } catch {
            return .failure(error)
        }
        let line = CircuitBreakers.Line(provider, model: target.model)
        let now = providers.pace.now()
        if case .refused(let until) = breakers.admit(line, at: now) {
            return .failure(.benched(provider.id, for: now.duration(to: until)))
        }
        do {
            try await observer.asking(attempt)
        } catch {
            breakers.abandoned(line, at: providers.pace.now())
            throw error
        }
        do throws(ProviderFailure) {
            let answer = try await ask(provider, target)
            breakers.began(line)
            return .success((answer, line))
        } catch {
            breakers.failed(line, error, at: providers.pace.now())
            return .failure(error)
        }
    }

    /// Waits for the first content: until then another target may be asked.
    static func begun(_ stream: ChatStream) async throws(ProviderFailure) -> ChatStream {
        var iterator = stream.makeAsyncIterator()
        var first: [ChatEvent] = []
        while let batch = try await iterator.batch() {
            first += batch
            if batch.contains(where: \.isContent) { break }
        }
        return ChatStream(after: first, continuing: iterator)
    }

    /// The line learns of the answer's end, too.
    func watched(_ stream: ChatStream, _ line: CircuitBreakers.Line) -> ChatStream {
        let providers = providers
        return stream.onEnd { failure in
            if let failure {
                providers.breakers.failed(line, failure, at: providers.pace.now())
            } else {
                providers.breakers.succeeded(line)
            }
        }
    }
}

extension ProviderFailure {
    fileprivate static func benched(_ provider: String, for rest: Duration) -> ProviderFailure {
        ProviderFailure(
            .notSent,
            .benched,
            retryAfter: rest,
            message: "The provider \(provider) is left alone after its failures."
        )
    }
}

extension ChatEvent {
    /// Whether it belongs to the answer, or ends it.
    fileprivate var isContent: Bool {
        switch self {
        case .text, .toolCall, .finished: true
        case .started, .usage: false
        }
    }
}
