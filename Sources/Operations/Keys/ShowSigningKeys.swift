/// The public keys of access tokens, for those who check them elsewhere.
package struct ShowSigningKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() -> [PublishedKey] { environment.tokens.published }

    /// Who issues tokens, as `iss` says it.
    package var issuer: String { environment.tokens.issuer }
}

/// A public Ed25519 key as a JWK names it (RFC 8037).
package struct PublishedKey: Hashable, Sendable {
    package let kid: String
    /// The public key, base64url.
    package let x: String
}
