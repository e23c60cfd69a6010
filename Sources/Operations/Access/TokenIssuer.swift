package import Domain
import FoundationEssentials
import JWTKit
package import Sealing
package import Storage

// DESIGN
//
// 1. One algorithm: a header that names another than EdDSA, another type or an unknown key is
//    refused before any signature is looked at.
// 2. Everything that makes a token good is checked here: signature, issuer, audience, type and
//    times, with 30 seconds of leeway. No database: whether the session still lives is for the
//    guard of the request's own statement.
// 3. A token that was found good is remembered by its SHA-256 until it expires, so that only its
//    first use costs a signature check. Expiry is judged anew each time.
// 4. Keys change while the process runs: a token of an unknown key has the key file looked at before
//    it is refused. One that was checked with keys that were replaced meanwhile is not remembered.

/// Makes and checks access tokens: JWTs of 15 minutes, signed with Ed25519.
package struct TokenIssuer: Sendable {
    package static let life = Duration.seconds(900)
    static let leeway: Int64 = 30
    /// RFC 9068.
    static let type = "at+jwt"
    private static let longest = 4_096

    private let keys: Replaceable<TokenKeys>
    private let reload: Reload
    private let names: TokenNames
    private let clock: SystemClock
    private let verified = VerifiedTokens()

    /// - Parameters:
    ///   - keys: the key that signs, then older ones that still check.
    ///   - issuer: who issues, as `iss` says it.
    ///   - audience: for whom, as `aud` says it.
    ///   - reload: asked when a token names a key that the issuer does not have; has it use the keys
    ///     as they are now.
    ///   - clock: the time of day.
    /// - Throws: What the keys' library says of a key that it cannot read.
    package init(
        keys: [SigningKey],
        issuer: String,
        audience: String,
        reload: @escaping Reload = { _ in },
        clock: SystemClock = .live
    ) async throws {
        self.keys = Replaceable(try await TokenKeys(keys))
        self.reload = reload
        names = TokenNames(issuer: issuer, audience: audience)
        self.clock = clock
    }

    package typealias Reload = @Sendable (TokenIssuer) async -> Void

    /// Goes on with other keys, in every copy of this issuer: the one that signs, then older ones.
    package func use(_ keys: [SigningKey]) async throws {
        let new = try await TokenKeys(keys)
        let gone = Set(self.keys.value.kids).subtracting(new.kids)
        self.keys.replace(with: new)
        if !gone.isEmpty { verified.forget() }
    }

    var published: [PublishedKey] { keys.value.published }

    var issuer: String { names.issuer }

    /// The key that signs now.
    var signingKey: SigningKey? { keys.value.current }

    /// A token for a session; `role` is what the tenant or the platform calls the bearer.
    package func issue(_ identity: Identity, role: String?) async throws -> AccessToken {
        let now = clock.now()
        let expiry = min(now.advanced(by: Self.life), identity.expiresAt)
        let payload = TokenPayload(
            iss: names.issuer,
            sub: identity.user.description,
            aud: names.audience,
            sid: identity.session.description,
            jti: Random.uuidV7(now: now.microseconds).canonicalText,
            ver: 1,
            tenantID: identity.tenant?.description,
            role: role,
            email: identity.email,
            iat: now.seconds,
            nbf: now.seconds,
            exp: expiry.seconds
        )
        let keys = keys.value
        let text = try await keys.collection.sign(
            payload,
            kid: keys.kids.first.map { JWKIdentifier(string: $0) },
            header: ["typ": .string(Self.type)]
        )
        return AccessToken(text: text, expiresAt: Instant(seconds: expiry.seconds))
    }

    /// What a bearer token says, once it is found good.
    ///
    /// - Throws: `token_expired` for a good token that is over, `unauthenticated` for any other.
    package func read(_ bearer: String) async throws -> AccessTokenClaims {
        guard bearer.utf8.count <= Self.longest else { throw Self.refused }
        let hash = Digest.sha256(bearer)
        if let known = verified.find(hash) { return try live(known) }
        let changes = verified.changes
        let keys = try await keys(for: bearer)
        let payload: TokenPayload
        do {
            payload = try await keys.collection.verify(bearer, as: TokenPayload.self)
        } catch {
            throw Self.refused
        }
        let claims = try check(payload)
        verified.keep(claims, for: hash, since: changes, now: clock.now())
        return claims
    }

    /// The keys, of which one is the token's.
    private func keys(for bearer: String) async throws -> TokenKeys {
        let kid = try kid(of: bearer)
        let known = keys.value
        if known.kids.contains(kid) { return known }
        await reload(self)
        let now = keys.value
        guard now.kids.contains(kid) else { throw Self.refused }
        return now
    }

    private func kid(of bearer: String) throws(DomainError) -> String {
        let parts = bearer.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Data(base64URL: parts[0]),
            let header = try? JSONDecoder().decode(TokenHeader.self, from: bytes),
            header.alg == "EdDSA", header.typ == Self.type, header.crit == nil
        else { throw Self.refused }
        return header.kid
    }

    private func check(_ payload: TokenPayload) throws(DomainError) -> AccessTokenClaims {
        let now = clock.now().seconds
        guard payload.iss == names.issuer, payload.aud == names.audience, payload.ver == 1,
            payload.nbf <= now + Self.leeway, payload.iat <= now + Self.leeway,
            let user = UserID(payload.sub), let session = SessionID(payload.sid)
        else { throw Self.refused }
        var tenant: TenantID?
        if let text = payload.tenantID {
            tenant = TenantID(text)
            guard tenant != nil else { throw Self.refused }
        }
        return try live(
            AccessTokenClaims(
                user: user,
                session: session,
                tenant: tenant,
                expiresAt: Instant(seconds: payload.exp)
            )
        )
    }

    private func live(_ claims: AccessTokenClaims) throws(DomainError) -> AccessTokenClaims {
        guard claims.expiresAt.seconds + Self.leeway > clock.now().seconds else {
            throw DomainError(
                .unauthenticated,
                .tokenExpired,
                "The access token has expired.",
                hint: "POST /api/v1/auth/refresh gives another one; or sign in again."
            )
        }
        return claims
    }

    private static let refused = DomainError(
        .unauthenticated,
        .unauthenticated,
        "The access token is not valid.",
        hint: "Sign in again."
    )
}

/// Keys as the library of tokens wants them.
private struct TokenKeys: Sendable {
    let collection: JWTKeyCollection
    let kids: [String]
    let published: [PublishedKey]
    let current: SigningKey?

    init(_ keys: [SigningKey]) async throws {
        let collection = JWTKeyCollection()
        for key in keys {
            let seed = try key.seed().withUnsafeBytes { Data($0) }
            let signer = try EdDSA.PrivateKey(d: seed.base64URL, curve: .ed25519)
            await collection.add(eddsa: signer, kid: JWKIdentifier(string: key.kid))
        }
        self.collection = collection
        current = keys.first
        kids = keys.map(\.kid)
        published = keys.map { key in
            PublishedKey(kid: key.kid, x: Data(key.publicKey.rawBytes).base64URL)
        }
    }
}

private struct TokenNames: Sendable {
    let issuer: String
    let audience: String
}

private struct TokenHeader: Decodable {
    let alg: String
    let typ: String
    let kid: String
    let crit: [String]?
}

extension Data {
    /// RFC 4648, section 5, without padding.
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    fileprivate init?(base64URL text: Substring) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: plain + padding)
    }
}
