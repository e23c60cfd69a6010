import Domain
import Fixtures
import Sealing
import Testing

@testable import Operations

struct OneTimePasswordTests {
    private static let app = OneTimePassword(
        secret: SecretBytes(copying: Array("12345678901234567890".utf8))
    )

    // RFC 6238, appendix B, for SHA-1.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `the published codes`(seconds: Int64, code: String) {
        let step = OneTimePassword.step(at: Instant(seconds: seconds))
        #expect(Self.app.code(step: step, digits: 8) == code)
        #expect(Self.app.code(step: step) == String(code.suffix(6)))
    }

    @Test func `a phone's clock may be half a minute off, and each code is good once`() {
        let now = Instant(seconds: 1_000_000_000)
        let current = OneTimePassword.step(at: now)
        for shift in Int64(-3)...3 {
            let code = Self.app.code(step: current + shift)
            let found = Self.app.step(of: code, now: now, after: 0)
            #expect(found == (abs(shift) <= 1 ? current + shift : nil))
            #expect(Self.app.step(of: code, now: now, after: current + 1) == nil)
        }
        let last = Self.app.code(step: current)
        #expect(Self.app.step(of: last, now: now, after: current) == nil)
        #expect(Self.app.step(of: "", now: now, after: 0) == nil)
        #expect(Self.app.step(of: "1234567", now: now, after: 0) == nil)
    }

    @Test func `apps read the link`() {
        let uri = Self.app.uri(account: "ada+x@example.org", issuer: "Ghost works")
        #expect(
            uri == "otpauth://totp/Ghost%20works:ada%2Bx@example.org"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ghost%20works"
                + "&algorithm=SHA1&digits=6&period=30"
        )
    }

    @Test func `recovery codes are long, different, and read as people type them`() {
        let codes = (0..<100).map { _ in RecoveryCode().text }
        #expect(Set(codes).count == 100)
        for code in codes {
            let form = #/([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}/#
            #expect(code.wholeMatch(of: form) != nil)
            let typed = " " + code.uppercased().replacing("-", with: " ")
            #expect(RecoveryCode.hash(typed) == RecoveryCode.hash(code))
        }
    }

    @Test func `a token of a sign-in is for one purpose, one time and one installation`() throws {
        let sealer = Sealer(keys: try KeyRing(current: .generate()))
        let other = Sealer(keys: try KeyRing(current: .generate()))
        let now = Instant(seconds: 1_000_000)
        let user = UserID(Random.uuidV7(now: 0))
        let request = SessionRequest(
            kind: .shell,
            workspace: "acme",
            client: ClientInfo(userAgent: nil, ip: nil),
            requestID: "r1"
        )
        let token = SecondFactorToken(
            user,
            .verify,
            request,
            pending: nil,
            version: 7,
            now: now
        )
        let text = try token.sealed(by: sealer)
        let opened = try SecondFactorToken(text, for: .verify, sealer: sealer, now: now)
        let again = try opened.proven(request.client, requestID: "r2", sealer: sealer)
        #expect(again.user == user)
        #expect(again.request.kind == .shell)
        #expect(again.request.workspace == "acme")
        let over = now.advanced(by: .seconds(300))
        let last = text.last == "A" ? "B" : "A"
        for (text, purpose, sealer, time) in [
            (text, SecondFactorToken.Purpose.enrol, sealer, now), (text, .verify, other, now),
            (text, .verify, sealer, over), ("", .verify, sealer, now),
            (text.dropLast() + last, .verify, sealer, now),
            (String(repeating: "A", count: 5_000), .verify, sealer, now),
        ] {
            #expect(throws: SecondFactorRefusals.token) {
                try SecondFactorToken(text, for: purpose, sealer: sealer, now: time)
            }
        }
    }
}
