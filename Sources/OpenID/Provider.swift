package import Sealing

/// An issuer of identities whom this installation trusts, as the settings describe it.
package struct Provider: Sendable {
    /// The name in addresses and in the table of identities; it never changes.
    package var name: String
    package var client: Client
    package var source: Source
    package var policy: Policy

    /// What the issuer knows us as.
    package struct Client: Sendable {
        package var id: String
        /// Nil for a public client, which PKCE alone protects.
        package var secret: SecretBytes?
        package var scopes: [String]
        /// Our own callback, as it is registered with the issuer.
        package var redirectURI: String

        package init(id: String, secret: SecretBytes?, scopes: [String], redirectURI: String) {
            self.id = id
            self.secret = secret
            self.scopes = scopes
            self.redirectURI = redirectURI
        }
    }

    /// Where the issuer is, and how it signs.
    package struct Source: Sendable {
        /// Exactly as tokens say it in `iss`.
        package var issuer: String
        /// For an issuer that publishes no discovery document.
        package var keysURL: String?
        package var algorithms: Set<TokenAlgorithm>
        /// Plain HTTP to this machine itself, for tests; never to another one.
        package var allowsLoopback: Bool

        package init(
            issuer: String,
            keysURL: String? = nil,
            algorithms: Set<TokenAlgorithm> = TokenAlgorithm.usual,
            allowsLoopback: Bool = false
        ) {
            self.issuer = issuer
            self.keysURL = keysURL
            self.algorithms = algorithms
            self.allowsLoopback = allowsLoopback
        }
    }

    /// Who may come in by it, and where browsers go afterwards.
    package struct Policy: Sendable {
        /// Whether people who are new here get an account.
        package var registers: Bool
        /// Whether a mail address that the issuer has verified opens the account that has it.
        package var linksVerifiedMail: Bool
        /// Origins, such as `https://app.example.org`, that a browser may be sent back to.
        package var returnOrigins: [String]

        package init(registers: Bool, linksVerifiedMail: Bool, returnOrigins: [String]) {
            self.registers = registers
            self.linksVerifiedMail = linksVerifiedMail
            self.returnOrigins = returnOrigins
        }
    }

    package init(name: String, client: Client, source: Source, policy: Policy) {
        self.name = name
        self.client = client
        self.source = source
        self.policy = policy
    }

    var rule: EndpointRule { EndpointRule(allowsLoopback: source.allowsLoopback) }
}

/// The signature algorithms of RFC 7518 and RFC 8037 that tokens may be signed with.
///
/// Symmetric ones and `none` have no case: they cannot be allowed by any setting.
package enum TokenAlgorithm: String, CaseIterable, Hashable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"

    package static let usual: Set<TokenAlgorithm> = [.rs256, .es256, .edDSA]
}
