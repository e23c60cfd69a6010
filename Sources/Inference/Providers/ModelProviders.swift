package import Domain

/// The providers of this installation by their names, and how each of them fares.
package struct ModelProviders: Sendable {
    private let providers: [String: ModelProvider]
    /// Shared by all calls of the process.
    package let breakers: CircuitBreakers
    package let pace: Pace

    /// Nobody elsewhere: answers without a search.
    package static let offline = ModelProviders([.offline { _, _ in [] }])

    package init(
        _ providers: [ModelProvider],
        limits: CircuitBreaker.Limits = CircuitBreaker.Limits(),
        pace: Pace = .live
    ) {
        self.providers = Dictionary(
            providers.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        breakers = CircuitBreakers(limits: limits)
        self.pace = pace
    }

    package var names: [String] { providers.keys.sorted() }

    package subscript(id: String) -> ModelProvider? { providers[id] }

    /// How long nobody along a route may be asked, because all of them are left alone.
    ///
    /// - Parameter targets: the route; a target without settings is never asked.
    /// - Returns: The time until the first of them may be asked again; nil where one may be now.
    package func rest(of targets: [RouteTarget]) -> Duration? {
        let now = pace.now()
        var first: ContinuousClock.Instant?
        for target in targets {
            guard let provider = self[target.provider] else { continue }
            let line = CircuitBreakers.Line(provider, model: target.model)
            guard let until = breakers.closedUntil(line, at: now) else { return nil }
            first = min(first ?? until, until)
        }
        return first.map { now.duration(to: $0) }
    }

    /// - Throws: a failure that was not sent, for a name that the settings do not have.
    package func find(_ id: String) throws(ProviderFailure) -> ModelProvider {
        guard let provider = providers[id] else {
            throw ProviderFailure(
                .notSent,
                .notConfigured,
                message: "This installation has no settings for the provider \(id.prefix(50))."
            )
        }
        return provider
    }
}
