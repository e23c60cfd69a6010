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
