package import Domain

/// The issuers that this installation trusts, by name.
package struct Issuers: Sendable {
    private let issuers: [String: Issuer]

    /// Nobody.
    package static let none = Issuers([], transport: Transport { _ in throw CancellationError() }) {
        Instant(seconds: 0)
    }

    package init(
        _ providers: [Provider],
        transport: Transport,
        now: @escaping @Sendable () -> Instant
    ) {
        issuers = Dictionary(
            providers.map { ($0.name, Issuer($0, transport: transport, now: now)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package var names: [String] { issuers.keys.sorted() }

    /// - Throws: `not_found` for a name that the settings do not have.
    package func find(_ name: String) throws(DomainError) -> Issuer {
        guard let issuer = issuers[name] else {
            throw .notFound("sign-in provider", String(name.prefix(50)))
        }
        return issuer
    }
}
