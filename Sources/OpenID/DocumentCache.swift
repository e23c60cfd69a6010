import Domain

/// Performs what `RefreshState` decides, for one document of one issuer.
actor DocumentCache<Document: Sendable> {
    private var state: RefreshState<Document>
    private var flight: Task<Void, Never>?
    private let now: @Sendable () -> Instant
    private let fetch: @Sendable () async throws -> Document

    init(
        limits: RefreshState<Document>.Limits,
        now: @escaping @Sendable () -> Instant,
        fetch: @escaping @Sendable () async throws -> Document
    ) {
        state = RefreshState(limits: limits)
        self.now = now
        self.fetch = fetch
    }

    /// The document, from memory or fetched; nil when there is one and it does not fit.
    ///
    /// - Throws: `idp_error` when there is none.
    func document(
        where fits: @Sendable (Document) -> Bool
    ) async throws(DomainError) -> Document? {
        switch state.ask(now: now(), fits: fits) {
        case .fetch: start()
        case .join: break
        case let step: return try Self.outcome(step)
        }
        // A fetch belongs to all who wait for it: whoever gives up does not end it.
        await flight?.value
        return try Self.outcome(state.settle(now: now(), fits: fits))
    }

    private func start() {
        flight = Task {
            do {
                let document = try await fetch()
                state.took(document, now: now())
            } catch {
                state.failed()
            }
        }
    }

    private static func outcome(
        _ step: RefreshState<Document>.Step
    ) throws(DomainError) -> Document? {
        switch step {
        case .use(let document): document
        case .refuse(.unreachable), .fetch, .join:
            throw .issuer("The issuer of this sign-in cannot be reached.")
        case .refuse(.unknown): nil
        }
    }
}
