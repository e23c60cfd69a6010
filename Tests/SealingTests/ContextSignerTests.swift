import FoundationEssentials
import Testing

@testable import Sealing

@Suite struct ContextSignerTests {
    let tenant = UUID(uuidString: "0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B")
    let user = UUID(uuidString: "0190a1b2-0000-7000-8000-000000000001")
    let session = UUID(uuidString: "0190a1b2-0000-7000-8000-000000000002")
    let key: ContextKey
    let signer: ContextSigner

    init() throws {
        let secret = secret(String(repeating: "0b", count: 32))
        key = try ContextKey(kid: "00c0ffee", secret: secret)
        signer = ContextSigner(current: key)
    }

    private var claims: ContextClaims {
        ContextClaims(kind: .tenant, tenant: tenant, user: user, mode: .readOnly)
    }

    @Test func `a tenant context has exactly this text`() {
        let text = signer.sign(claims, expiresAt: 1_700_000_000)
        let signed =
            "v1.00c0ffee.tenant.0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
            + ".0190a1b2-0000-7000-8000-000000000001.-.ro.1700000000"
        let mac = HMAC.sha256(key: key.secret, message: Array(signed.utf8))
        #expect(text == "\(signed).\(Hex.encode(mac))")
    }

    @Test func `platform and system contexts have exactly these texts`() {
        let platform = ContextClaims(
            kind: .platform,
            user: user,
            supportSession: session,
            mode: .readWrite
        )
        let system = ContextClaims(kind: .system(reason: "sign_in"), mode: .readWrite)
        #expect(
            signer.sign(platform, expiresAt: 7).hasPrefix(
                "v1.00c0ffee.platform.-.0190a1b2-0000-7000-8000-000000000001"
                    + ".0190a1b2-0000-7000-8000-000000000002.rw.7."
            )
        )
        #expect(
            signer.sign(system, expiresAt: 7).hasPrefix("v1.00c0ffee.system-sign_in.-.-.-.rw.7.")
        )
    }

    @Test func `what was signed is read back`() throws {
        let all: [ContextClaims] = [
            claims,
            ContextClaims(kind: .platform, tenant: tenant, user: user, mode: .readWrite),
            ContextClaims(kind: .system(reason: "worker"), tenant: tenant, mode: .readWrite),
            ContextClaims(
                kind: .tenant,
                tenant: tenant,
                user: user,
                supportSession: session,
                mode: .readWrite
            ),
        ]
        for claims in all {
            #expect(try signer.check(signer.sign(claims, expiresAt: 100), now: 99) == claims)
        }
    }

    @Test func `a context ends at its second`() {
        let text = signer.sign(claims, expiresAt: 100)
        #expect(throws: SealingError.expired(secondsAgo: 0)) { try signer.check(text, now: 100) }
        #expect(throws: SealingError.expired(secondsAgo: 5)) { try signer.check(text, now: 105) }
    }

    @Test func `no changed byte goes unnoticed`() {
        let text = Array(signer.sign(claims, expiresAt: 100).utf8)
        for index in text.indices {
            var forged = text
            forged[index] ^= 1
            let forgery = String(decoding: forged, as: UTF8.self)
            #expect(throws: SealingError.self, "byte \(index)") {
                try signer.check(forgery, now: 1)
            }
        }
    }

    @Test func `another tenant under the old code is a forgery`() {
        let other = signer.sign(claims, expiresAt: 100)
            .replacing("0190a1b2-c3d4", with: "0190a1b2-c3d5")
        #expect(throws: SealingError.notAuthentic(what: "the context")) {
            try signer.check(other, now: 1)
        }
    }

    @Test func `two keys are valid during a rotation, and the old one not afterwards`() throws {
        let next = ContextKeys(current: key).rotated()
        let during = ContextSigner(keys: next)
        let after = ContextSigner(current: next.current)
        let old = signer.sign(claims, expiresAt: 100)
        let new = during.sign(claims, expiresAt: 100)
        #expect(try during.check(old, now: 1) == claims)
        #expect(try after.check(new, now: 1) == claims)
        #expect(throws: SealingError.unknownKey(id: "00c0ffee")) { try after.check(old, now: 1) }
    }

    @Test func `a key of the same name does not do`() {
        let other = try? ContextKey(kid: key.kid, secret: .random(count: 32))
        let forged = other.map { ContextSigner(current: $0).sign(claims, expiresAt: 100) }
        #expect(throws: SealingError.notAuthentic(what: "the context")) {
            try signer.check(forged ?? "", now: 1)
        }
    }

    // Texts with a right code: only somebody with the key could make them, and still they are
    // refused.
    @Test(arguments: [
        "v1.00c0ffee.tenant.-.-.-.ro.100", "v1.00c0ffee.owner.-.-.-.ro.100",
        "v1.00c0ffee.system-.-.-.-.rw.100", "v1.00c0ffee.system-A.-.-.-.rw.100",
        "v1.00c0ffee.system.-.-.-.rw.100", "v1.00c0ffee.platform.-.-.-.rx.100",
        "v1.00c0ffee.platform.-.-.-.rw.0100", "v1.00c0ffee.platform.-.-.-.rw.+100",
        "v1.00c0ffee.platform.-.-.-.rw.-1", "v1.00c0ffee.platform.-.-.-.rw.",
        "v1.00c0ffee.platform.-.-.-.rw.99999999999999999999", "v1.00c0ffee.platform.-.-.rw.100",
        "v1.00c0ffee.platform.-.-.-.rw.100.1", "v1.00c0ffee.platform..-.-.rw.100",
        "v1.00c0ffee.platform.0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B.-.-.rw.100",
        "v1.00c0ffee.platform.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.-.-.rw.100",
        "v1.00c0ffee.platform.0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5.-.-.rw.100",
    ])
    func `a signed text of another form is refused`(signed: String) {
        let mac = Hex.encode(HMAC.sha256(key: key.secret, message: Array(signed.utf8)))
        #expect {
            try signer.check("\(signed).\(mac)", now: 1)
        } throws: { error in
            guard case .malformed = error as? SealingError else { return false }
            return true
        }
    }

    @Test(arguments: [
        "", ".", "v1", "v1.00c0ffee", "........", "v2.00c0ffee.platform.-.-.-.rw.100.00",
        "' OR 1=1 --", String(repeating: "a.", count: 5_000), "v1.\0.x.x", "v1.٠٠c0ffee.x.x",
    ])
    func `text that is no context is refused`(text: String) {
        #expect(throws: SealingError.self) { try signer.check(text, now: 1) }
    }

    @Test func `an upper-case code is refused, one text has one form`() {
        let text = signer.sign(claims, expiresAt: 100)
        let mac = text.split(separator: ".").last.map(String.init) ?? ""
        let shouted = text.dropLast(64) + mac.uppercased()
        #expect(throws: SealingError.self) { try signer.check(String(shouted), now: 1) }
    }

    @Test(arguments: [
        ("sign_in", "sign_in"), ("Sign-In", "sign_in"), ("", "_"), ("a.b", "a_b"), ("é", "__"),
    ])
    func `a reason cannot break out of its field`(reason: String, expected: String) {
        #expect(ContextReason(reason).text == expected)
    }
}
