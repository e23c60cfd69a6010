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
        authorizationEndpoint = content.authorization
        tokenEndpoint = content.token
        keysURL = content.keys
        guard [authorizationEndpoint, tokenEndpoint, keysURL].allSatisfy(rule.allows) else {
            throw .issuer("The discovery document names an address without TLS.")
        }
        postsSecret = content.tokenMethods?.contains("client_secret_basic") == false
    }

    private struct Content: Decodable {
        let issuer: String
        let authorization: String
        let token: String
        let keys: String
        let tokenMethods: [String]?

        enum CodingKeys: String, CodingKey {
            case issuer
            case authorization = "authorization_endpoint"
            case token = "token_endpoint"
            case keys = "jwks_uri"
            case tokenMethods = "token_endpoint_auth_methods_supported"
        }
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
