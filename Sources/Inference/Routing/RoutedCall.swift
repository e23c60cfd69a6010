package import Domain

/// One try of a call, as it ended or goes on.
package struct CallAttempt: Hashable, Sendable {
    /// From 1; skipped targets count too.
    package var number: Int
    package var target: RouteTarget
    /// Why it failed; nil for one that answers.
    package var failure: ProviderFailure?
    /// From the begin of the try to its failure, or to its first content.
    package var duration: Duration

    package init(
        number: Int,
        target: RouteTarget,
        failure: ProviderFailure? = nil,
        duration: Duration = .zero
    ) {
        self.number = number
        self.target = target
        self.failure = failure
        self.duration = duration
    }
}

/// What a call tells whoever keeps its books; an error of theirs ends the call.
package struct CallObserver: Sendable {
    /// A request is about to go out.
    package var asking: @Sendable (CallAttempt) async throws -> Void
    /// A try failed, or its target was skipped.
    package var failed: @Sendable (CallAttempt) async throws -> Void
    /// After a failure that may have been billed: whether another full try is covered too.
    package var covers: @Sendable (RouteTarget) async throws -> Bool

    package init(
        asking: @escaping @Sendable (CallAttempt) async throws -> Void = { _ in },
        failed: @escaping @Sendable (CallAttempt) async throws -> Void = { _ in },
        covers: @escaping @Sendable (RouteTarget) async throws -> Bool = { _ in true }
    ) {
        self.asking = asking
        self.failed = failed
        self.covers = covers
    }
}

/// Nobody along a route answered.
package struct RouteFailure: Error, Hashable, Sendable {
    /// In their order; none when the route was empty.
    package var attempts: [CallAttempt]

    package init(attempts: [CallAttempt]) {
        self.attempts = attempts
    }

    /// Why the last try failed.
    package var last: ProviderFailure? { attempts.last?.failure }

    /// Whether a try may have been billed.
    package var mayBeBilled: Bool {
        attempts.contains { $0.failure.map { $0.stage != .notSent } ?? false }
    }
}

/// An answer, by whom, and what was tried before.
package struct Routed<Answer: Sendable>: Sendable {
    package var target: RouteTarget
    /// The last is the one that answers.
    package var attempts: [CallAttempt]
    package var answer: Answer
}

/// Puts a call to the targets of a route until one of them answers.
package struct RoutedCall: Sendable {
    let providers: ModelProviders
    let targets: [RouteTarget]
    let rules: RoutePlan.Rules
    let deadline: ContinuousClock.Instant
    let observer: CallObserver

    package init(
        _ providers: ModelProviders,
        targets: [RouteTarget],
        rules: RoutePlan.Rules = RoutePlan.Rules(),
        deadline: ContinuousClock.Instant,
        observer: CallObserver = CallObserver()
    ) {
        self.providers = providers
        self.targets = targets
        self.rules = rules
        self.deadline = deadline
        self.observer = observer
    }

    /// Returns when the first content is there; from then on nobody else is asked.
    ///
    /// - Throws: ``RouteFailure``, or what the observer throws.
    package func chat(
        _ request: ChatRequest,
        _ context: ChatContext
    ) async throws -> Routed<ChatStream> {
        try await run { provider, target throws(ProviderFailure) in
            let stream = try await provider.chat(target.model, request, context, deadline)
            return try await Self.begun(stream)
        } finish: { stream, line in
            watched(stream, line)
        }
    }

    /// - Throws: ``RouteFailure``, or what the observer throws.
    package func embed(_ texts: [String]) async throws -> Routed<Embeddings> {
        try await run { provider, target throws(ProviderFailure) in
            try await provider.embed(target.model, texts, deadline)
        } finish: { answer, line in
            providers.breakers.succeeded(line)
            return answer
        }
    }
}
