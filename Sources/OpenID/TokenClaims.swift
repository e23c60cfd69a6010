import Domain
import FoundationEssentials

/// The claims of an external token (OpenID Connect Core 1.0, section 2) that mean something here.
struct TokenClaims: Decodable {
    let iss: String
    let sub: String
    let exp: Double
    let iat: Double
    let nbf: Double?
    let aud: Audience?
    let azp: String?
    let nonce: String?
    let name: String?
    let email: String?
    let emailVerified: Flag?
    /// How Cognito says what a token is for.
    let tokenUse: String?
    /// The audience of Cognito's access tokens.
    let clientID: String?

    enum CodingKeys: String, CodingKey {
        case iss, sub, exp, iat, nbf, aud, azp, nonce, name, email
        case emailVerified = "email_verified"
        case tokenUse = "token_use"
        case clientID = "client_id"
    }

    /// One audience, or several.
    struct Audience: Decodable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let name = try? value.decode(String.self) {
                names = [name]
            } else {
                names = try value.decode([String].self)
            }
        }
    }

    /// True or false, which some issuers write as text.
    struct Flag: Decodable {
        let isSet: Bool

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let flag = try? value.decode(Bool.self) {
                isSet = flag
            } else {
                isSet = try value.decode(String.self) == "true"
            }
        }
    }
}

/// What a token must be for.
package enum TokenPurpose: Hashable, Sendable {
    /// Says who somebody is; with a nonce it must be the answer to that one sign-in.
    case identity(nonce: String?)
    /// Was given for calls to an API: ours, when it is for our client.
    case access
}

/// The checks of a token's claims, once its signature was found good.
struct TokenRules {
    let provider: Provider
    let purpose: TokenPurpose
    let now: Instant

    /// How far clocks may differ.
    static let leeway: Double = 60

    /// - Throws: ``TokenProblem``, the first rule that is broken.
    func check(_ token: CompactToken) throws(TokenProblem) -> ExternalPerson {
        try checkType(token.type)
        guard
            let claims = try? JSONDecoder()
                .decode(TokenClaims.self, from: Data(token.payload)),
            (1...255).contains(claims.sub.utf8.count), !claims.sub.utf8.contains(0)
        else { throw .claims }
        guard claims.iss == provider.source.issuer else { throw .issuer }
        try checkPurpose(claims)
        try checkTimes(claims)
        return ExternalPerson(provider: provider, claims)
    }

    private func checkType(_ type: String?) throws(TokenProblem) {
        guard let name = type?.lowercased() else { return }
        let allowed: Set =
            switch purpose {
            case .identity: ["jwt"]
            case .access: ["jwt", "at+jwt", "application/at+jwt"]
            }
        guard allowed.contains(name) else { throw .type }
    }

    private func checkPurpose(_ claims: TokenClaims) throws(TokenProblem) {
        let client = provider.client.id
        let names = claims.aud?.names ?? []
        switch purpose {
        case .identity(let nonce):
            guard claims.tokenUse == nil || claims.tokenUse == "id" else { throw .type }
            guard names.contains(client) else { throw .audience }
            // With several audiences the token must say that it was made for us.
            guard claims.azp == client || (claims.azp == nil && names.count == 1) else {
                throw .audience
            }
            if let nonce, claims.nonce != nonce { throw .nonce }
        case .access:
            guard claims.tokenUse == nil || claims.tokenUse == "access" else { throw .type }
            // An identity token is no access token, whoever hands it in as one.
            guard claims.nonce == nil else { throw .type }
            let isCognito = names.isEmpty && claims.tokenUse == "access"
            guard names.contains(client) || (isCognito && claims.clientID == client) else {
                throw .audience
            }
        }
    }

    private func checkTimes(_ claims: TokenClaims) throws(TokenProblem) {
        let now = Double(self.now.seconds)
        guard claims.exp.isFinite, claims.iat.isFinite, claims.nbf?.isFinite != false else {
            throw .claims
        }
        guard claims.exp + Self.leeway > now else { throw .expired }
        guard claims.iat - Self.leeway <= now, (claims.nbf ?? 0) - Self.leeway <= now else {
            throw .early
        }
    }
}

/// Somebody whom an issuer has vouched for.
package struct ExternalPerson: Hashable, Sendable {
    package let provider: String
    package let issuer: String
    /// Who it is, for that issuer; the mail address is no name of anybody.
    package let subject: String
    package let email: String?
    package let emailIsVerified: Bool
    package let name: String?

    init(provider: Provider, _ claims: TokenClaims) {
        self.provider = provider.name
        issuer = provider.source.issuer
        subject = claims.sub
        email = claims.email.map(Self.trimmed)
        emailIsVerified = claims.emailVerified?.isSet ?? false
        name = claims.name.map(Self.trimmed)
    }

    private static func trimmed(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0 }.prefix(254)))
    }
}
