import Domain
import FoundationEssentials

/// What an issuer says of itself (OpenID Connect Discovery 1.0, section 4).
package struct Discovery: Hashable, Sendable {
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keysURL: String
    /// Whether the token endpoint wants the secret in the body and nowhere else.
    let postsSecret: Bool

    /// Where the document of an issuer stands.
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
            + "/.well-known/openid-configuration"
    }

    /// Reads the document.
    ///
    /// - Throws: `idp_error` for another issuer's, or for endpoints that must not be asked.
    init(
        parsing bytes: [UInt8],
        issuer: String,
        rule: EndpointRule
    ) throws(DomainError) {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)) else {
            throw .issuer("The issuer's discovery document is not readable.")
        }
        guard content.issuer == issuer else {
            throw .issuer("The discovery document is of another issuer.")
        }
        authorizationEndpoint = content.authorization_endpoint
        tokenEndpoint = content.token_endpoint
        keysURL = content.jwks_uri
        guard [authorizationEndpoint, tokenEndpoint, keysURL].allSatisfy(rule.allows) else {
            throw .issuer("The discovery document names an address without TLS.")
        }
        let methods = content.token_endpoint_auth_methods_supported
        postsSecret = methods?.contains("client_secret_basic") == false
    }

    private struct Content: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let token_endpoint_auth_methods_supported: [String]?
    }
}

extension DomainError {
    /// A failure of the issuer, or of the way to it.
    static func issuer(_ sentence: String) -> DomainError {
        DomainError(
            .upstream,
            .idpError,
            sentence,
            hint: "Try again in a moment, or sign in another way."
        )
    }
}
