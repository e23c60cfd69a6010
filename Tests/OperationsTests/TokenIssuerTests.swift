import Domain
import Fixtures
import Foundation
import JWTKit
import Operations
import Sealing
import Storage
import Synchronization
import Testing

@Suite struct TokenIssuerTests {
    @Test func `a token says who, by which session, in which tenant, until when`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: "owner")
        let claims = try await desk.issuer.read(token.text)
        #expect(claims.user == desk.identity.user)
        #expect(claims.session == desk.identity.session)
        #expect(claims.tenant == desk.identity.tenant)
        #expect(claims.expiresAt == Instant(seconds: Desk.start + 900))
        let payload = try Desk.json(token.text, part: 1)
        #expect(payload["iss"] as? String == "https://issuer.test")
        #expect(payload["aud"] as? String == "api")
        #expect(payload["role"] as? String == "owner")
        #expect(payload["email"] as? String == "ada@x.test")
        #expect(payload["iat"] as? Int == Int(Desk.start))
        #expect(try Desk.json(token.text, part: 0)["typ"] as? String == "at+jwt")
    }

    @Test func `a token lasts no longer than its session`() async throws {
        let desk = try await Desk()
        var identity = desk.identity
        identity.expiresAt = Instant(seconds: Desk.start + 60)
        let token = try await desk.issuer.issue(identity, role: nil)
        #expect(token.expiresAt == identity.expiresAt)
    }

    @Test func `a token expires after fifteen minutes and thirty seconds of leeway`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        desk.time.set(Desk.start + 929)
        _ = try await desk.issuer.read(token)
        desk.time.set(Desk.start + 930)
        for reader in [desk.issuer, try await desk.other(keys: [desk.key])] {
            let error = await #expect(throws: DomainError.self) { try await reader.read(token) }
            #expect(error?.code == .tokenExpired)
            #expect(
                error?.description == "The access token has expired. "
                    + "POST /api/v1/auth/refresh gives another one; or sign in again."
            )
        }
    }

    @Test func `a token of the future is refused beyond the leeway`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        desk.time.set(Desk.start - 30)
        _ = try await desk.issuer.read(token)
        desk.time.set(Desk.start - 31)
        let fresh = try await desk.other(keys: [desk.key])
        await expectRefusal(token, by: fresh)
    }

    @Test func `every changed byte of a token is noticed`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        let bytes = Array(token.utf8)
        // The last digit of the signature carries unused bits.
        for index in bytes.indices.dropLast() {
            var changed = bytes
            changed[index] = changed[index] == 65 ? 66 : 65
            await expectRefusal(String(decoding: changed, as: UTF8.self), by: desk.issuer)
        }
        _ = try await desk.issuer.read(token)
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "Bearer x", "\0", String(repeating: "a", count: 5_000),
        "eyJhbGciOiJub25lIn0.e30.",
    ])
    func `text that is no token is refused`(text: String) async throws {
        let desk = try await Desk()
        await expectRefusal(text, by: desk.issuer)
    }

    @Test(arguments: ["none", "HS256", "ES256", "RS256", "eddsa", "Ed25519"])
    func `a header that names another algorithm is refused`(algorithm: String) async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        let parts = token.split(separator: ".").map(String.init)
        let header = Desk.encode(["alg": algorithm, "typ": "at+jwt", "kid": desk.key.kid])
        await expectRefusal("\(header).\(parts[1]).\(parts[2])", by: desk.issuer)
        await expectRefusal("\(header).\(parts[1]).", by: desk.issuer)
    }

    @Test func `a signature by the public key as a shared secret is refused`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        let payload = token.split(separator: ".")[1]
        let header = Desk.encode(["alg": "HS256", "typ": "at+jwt", "kid": desk.key.kid])
        let secret = SecretBytes(copying: desk.key.publicKey.rawBytes)
        let mac = HMAC.sha256(key: secret, message: Array("\(header).\(payload)".utf8))
        await expectRefusal("\(header).\(payload).\(Desk.encode(Data(mac)))", by: desk.issuer)
    }

    @Test func `issuer, audience, type, key and critical headers must be ours`() async throws {
        let desk = try await Desk()
        let stranger = try SigningKey.generate()
        let good = Claims()
        _ = try await desk.issuer.read(desk.sign(good))
        var changed = [Claims](repeating: good, count: 6)
        changed[0].iss = "https://elsewhere.test"
        changed[1].aud = "other"
        changed[2].ver = 2
        changed[3].sub = "nobody"
        changed[4].sid = "none"
        changed[5].tenant = "acme"
        for claims in changed {
            await expectRefusal(try await desk.sign(claims), by: desk.issuer)
        }
        await expectRefusal(try await desk.sign(good, type: "JWT"), by: desk.issuer)
        await expectRefusal(try await desk.sign(good, key: stranger), by: desk.issuer)
        await expectRefusal(
            try await desk.sign(good, key: stranger, named: desk.key.kid),
            by: desk.issuer
        )
        await expectRefusal(try await desk.sign(good, critical: true), by: desk.issuer)
    }

    @Test func `an older key still checks and no longer signs`() async throws {
        let desk = try await Desk()
        let old = try await desk.issuer.issue(desk.identity, role: nil).text
        let key = try SigningKey.generate()
        let rotated = try await desk.other(keys: [key, desk.key])
        _ = try await rotated.read(old)
        let new = try await rotated.issue(desk.identity, role: nil).text
        #expect(try Desk.json(new, part: 0)["kid"] as? String == key.kid)
        await expectRefusal(new, by: desk.issuer)
    }

    @Test func `a token of a new key has the key file looked at`() async throws {
        let desk = try await Desk()
        let key = try SigningKey.generate()
        let changed = Mutex<[SigningKey]?>(nil)
        let reader = try await desk.other(keys: [desk.key]) { issuer in
            if let keys = changed.withLock({ $0 }) { try? await issuer.use(keys) }
        }
        let old = try await desk.issuer.issue(desk.identity, role: nil).text
        let new = try await desk.other(keys: [key]).issue(desk.identity, role: nil).text
        await expectRefusal(new, by: reader)
        changed.withLock { $0 = [key, desk.key] }
        for token in [new, old] { _ = try await reader.read(token) }
        let next = try await reader.issue(desk.identity, role: nil).text
        #expect(try Desk.json(next, part: 0)["kid"] as? String == key.kid)
    }

    @Test func `a token of a key that is gone is forgotten with it`() async throws {
        let desk = try await Desk()
        let token = try await desk.issuer.issue(desk.identity, role: nil).text
        _ = try await desk.issuer.read(token)
        try await desk.issuer.use([try .generate(), desk.key])
        _ = try await desk.issuer.read(token)
        try await desk.issuer.use([try .generate()])
        await expectRefusal(token, by: desk.issuer)
    }

    private func expectRefusal(_ token: String, by issuer: TokenIssuer) async {
        let error = await #expect(throws: DomainError.self) { try await issuer.read(token) }
        #expect(error?.code == .unauthenticated)
        #expect(error?.description == "The access token is not valid. Sign in again.")
    }
}

/// An issuer whose clock stands still.
private struct Desk: Sendable {
    static let start: Int64 = 1_800_000_000

    let key: SigningKey
    let time: Time
    let issuer: TokenIssuer
    let identity: Identity

    init() async throws {
        key = try SigningKey.generate()
        time = Time(Self.start)
        issuer = try await Self.issuer([key], time)
        identity = Identity(
            user: UserID(UUID()),
            session: SessionID(UUID()),
            email: "ada@x.test",
            name: "Ada",
            platformRole: nil,
            tenant: TenantID(UUID()),
            expiresAt: Instant(seconds: Self.start + 3_600)
        )
    }

    func other(
        keys: [SigningKey],
        reload: @escaping TokenIssuer.Reload = { _ in }
    ) async throws -> TokenIssuer {
        try await Self.issuer(keys, time, reload: reload)
    }

    private static func issuer(
        _ keys: [SigningKey],
        _ time: Time,
        reload: @escaping TokenIssuer.Reload = { _ in }
    ) async throws -> TokenIssuer {
        try await TokenIssuer(
            keys: keys,
            issuer: "https://issuer.test",
            audience: "api",
            reload: reload,
            clock: SystemClock { time.now }
        )
    }

    /// A token made by somebody who can sign what they like.
    func sign(
        _ claims: Claims,
        type: String = "at+jwt",
        key: SigningKey? = nil,
        named kid: String? = nil,
        critical: Bool = false
    ) async throws -> String {
        let key = key ?? self.key
        let seed = try key.seed().withUnsafeBytes { Data($0) }
        let keys = JWTKeyCollection()
        let name = JWKIdentifier(string: kid ?? key.kid)
        await keys.add(
            eddsa: try EdDSA.PrivateKey(d: Self.encode(seed), curve: .ed25519),
            kid: name
        )
        var header: JWTHeader = ["typ": .string(type)]
        if critical { header.fields["crit"] = .array([.string("exp")]) }
        return try await keys.sign(claims, kid: name, header: header)
    }

    static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    static func encode(_ header: [String: String]) -> String {
        let members = header.mapValues { JSONValue.string($0) }
        return encode(Data(JSONValue.object(members).canonical.utf8))
    }

    static func json(_ token: String, part: Int) throws -> [String: Any] {
        let text = token.split(separator: ".")[part]
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        let data = try #require(Data(base64Encoded: plain + padding))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}

private final class Time: Sendable {
    private let seconds: Mutex<Int64>

    init(_ seconds: Int64) {
        self.seconds = Mutex(seconds)
    }

    var now: Instant { Instant(seconds: seconds.withLock { $0 }) }

    func set(_ value: Int64) {
        seconds.withLock { $0 = value }
    }
}

private struct Claims: JWTPayload {
    var iss = "https://issuer.test"
    var sub = "00000000-0000-7000-8000-000000000001"
    var aud = "api"
    var sid = "00000000-0000-7000-8000-000000000002"
    var jti = "1"
    var ver = 1
    var tenant: String? = "00000000-0000-7000-8000-000000000003"
    var email = "ada@x.test"
    var iat = Desk.start
    var nbf = Desk.start
    var exp = Desk.start + 900

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, sid, jti, ver
        case tenant = "tenant_id"
        case email, iat, nbf, exp
    }

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
