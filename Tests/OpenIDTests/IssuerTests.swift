import Domain
import Foundation
import Sealing
import Support
import Synchronization
import Testing

@testable import OpenID

/// Issuers that are well, ill and hostile, over real connections.
struct IssuerTests {
    /// A time that only the test moves on.
    private final class Clock: Sendable {
        private let time = Mutex(Instant(seconds: Int64(Date().timeIntervalSince1970)))

        func now() -> Instant { time.withLock { $0 } }

        func pass(_ seconds: Int) {
            time.withLock { $0 = $0.advanced(by: .seconds(seconds)) }
        }
    }

    private static func provider(_ issuer: TestIssuer) -> Provider {
        Provider(
            name: "test",
            client: .init(
                id: TestIssuer.client,
                secret: SecretBytes(copying: Array(TestIssuer.secret.utf8)),
                scopes: ["openid", "email"],
                redirectURI: "https://gw.test/api/v1/auth/oidc/test/callback"
            ),
            source: .init(issuer: issuer.url, allowsLoopback: true),
            policy: .init(registers: true, linksVerifiedMail: false, returnOrigins: [])
        )
    }

    private static func with(
        patience: Duration = .seconds(60),
        _ body: (TestIssuer, Issuer, Clock) async throws -> Void
    ) async throws {
        let remote = try TestIssuer()
        defer { remote.stop() }
        let clock = Clock()
        let issuer = Issuer(
            provider(remote),
            transport: .live(patience: patience),
            now: { clock.now() }
        )
        try await body(remote, issuer, clock)
    }

    @Test func `a good token says who it is`() async throws {
        try await Self.with { remote, issuer, _ in
            let token = try await remote.token([
                "email": #""ada@x.test""#, "email_verified": "\"true\"", "name": #""Ada""#,
                "nonce": #""n1""#, "role": #""super_admin""#,
            ])
            let person = try await issuer.person(in: token, .identity(nonce: "n1"))
            #expect(person.subject == "u-1")
            #expect(person.issuer == remote.url)
            #expect(person.email == "ada@x.test")
            #expect(person.emailIsVerified)
            #expect(person.name == "Ada")
            #expect(remote.count(TestIssuer.keysPath) == 1)
        }
    }

    static let wrong: [([String: String], [String: String], TokenProblem)] = [
        (["iss": #""https://other.test""#], [:], .issuer),
        (["aud": #""another""#], [:], .audience), (["aud": ""], [:], .audience),
        (["aud": #"["ghostworks","another"]"#], [:], .audience),
        (["aud": #"["ghostworks","another"]"#, "azp": #""another""#], [:], .audience),
        (["azp": #""another""#], [:], .audience), (["sub": #""""#], [:], .claims),
        (["sub": ""], [:], .claims), (["sub": "7"], [:], .claims),
        (["sub": "\"\(String(repeating: "x", count: 256))\""], [:], .claims),
        (["exp": ""], [:], .claims), (["iat": ""], [:], .claims),
        (["exp": #""soon""#], [:], .claims),
        (["exp": "1000"], [:], .expired), (["iat": "99999999999"], [:], .early),
        (["nbf": "99999999999"], [:], .early), (["nonce": #""other""#], [:], .nonce),
        (["nonce": ""], [:], .nonce), (["token_use": #""access""#], [:], .type),
        ([:], ["typ": #""at+jwt""#], .type), ([:], ["typ": #""logout+jwt""#], .type),
        ([:], ["kid": #""k9""#], .signature), ([:], ["alg": #""RS256""#], .signature),
        ([:], ["alg": #""none""#], .algorithm), ([:], ["alg": #""HS256""#], .algorithm),
        ([:], ["jku": #""https://evil.test/keys""#], .header),
    ]

    @Test(arguments: wrong)
    func `a token that breaks a rule is refused`(
        changes: [String: String],
        header: [String: String],
        problem: TokenProblem
    ) async throws {
        try await Self.with { remote, issuer, _ in
            let claims = ["nonce": #""n1""#].merging(changes) { $1 }
            let token = try await remote.token(claims, header: header)
            await #expect(throws: problem) {
                try await issuer.person(in: token, .identity(nonce: "n1"))
            }
        }
    }

    @Test func `the public key is no secret, and no signature is no signature`() async throws {
        try await Self.with { remote, issuer, _ in
            let good = try await remote.token()
            let payload = good.split(separator: ".")[1]
            for name in ["HS256", "none"] {
                let head = TestIssuer.part(["alg": "\"\(name)\"", "kid": #""k1""#])
                let message = "\(head).\(payload)"
                let code = HMAC.sha256(
                    key: SecretBytes(copying: Array(remote.publicKeyText.utf8)),
                    message: Array(message.utf8)
                )
                for signature in ["", Base64URL.encode(code)] {
                    await #expect(throws: TokenProblem.algorithm) {
                        try await issuer.person(in: "\(message).\(signature)", .access)
                    }
                }
            }
            let parts = good.split(separator: ".")
            await #expect(throws: TokenProblem.signature) {
                try await issuer.person(
                    in: "\(parts[0]).\(parts[1]).",
                    .identity(nonce: nil)
                )
            }
        }
    }

    @Test func `an access token is taken for our client only, and an identity token never`()
        async throws
    {
        try await Self.with { remote, issuer, _ in
            let plain = try await remote.token([:], header: ["typ": #""at+jwt""#])
            #expect(try await issuer.person(in: plain, .access).subject == "u-1")
            let cognito = try await remote.token([
                "aud": "", "token_use": #""access""#, "client_id": #""ghostworks""#,
            ])
            #expect(try await issuer.person(in: cognito, .access).email == nil)
            let refused: [([String: String], TokenProblem)] = [
                (["aud": #""https://api.other.test""#], .audience), (["aud": ""], .audience),
                (["aud": "", "client_id": #""ghostworks""#], .audience),
                (["token_use": #""id""#], .type), (["nonce": #""n""#], .type),
            ]
            for (changes, problem) in refused {
                let token = try await remote.token(changes)
                await #expect(throws: problem) { try await issuer.person(in: token, .access) }
            }
        }
    }

    @Test func `clocks may differ by a minute`() async throws {
        try await Self.with { remote, issuer, clock in
            let now = clock.now().seconds
            let late = try await remote.token(["exp": "\(now - 59)"])
            _ = try await issuer.person(in: late, .access)
            let tooLate = try await remote.token(["exp": "\(now - 60)"])
            await #expect(throws: TokenProblem.expired) {
                try await issuer.person(in: tooLate, .access)
            }
            let early = try await remote.token(["iat": "\(now + 60)", "nbf": "\(now + 60)"])
            _ = try await issuer.person(in: early, .access)
        }
    }

    @Test func `a rotated key is found, and an old one is no longer good`() async throws {
        try await Self.with { remote, issuer, clock in
            let old = try await remote.token()
            _ = try await issuer.person(in: old, .access)
            remote.rotate()
            let new = try await remote.token()
            // Within a minute of the last fetch nobody is asked again.
            await #expect(throws: TokenProblem.signature) {
                try await issuer.person(in: new, .access)
            }
            #expect(remote.count(TestIssuer.keysPath) == 1)
            clock.pass(61)
            _ = try await issuer.person(in: new, .access)
            #expect(remote.count(TestIssuer.keysPath) == 2)
            await #expect(throws: TokenProblem.signature) {
                try await issuer.person(in: old, .access)
            }
        }
    }

    @Test func `a flood of unknown key names asks the issuer once a minute`() async throws {
        try await Self.with { remote, issuer, clock in
            let good = try await remote.token()
            for minute in 1...3 {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            let token = try? await remote.token(
                                [:],
                                header: ["kid": "\"hostile-\(number)\""]
                            )
                            _ = try? await issuer.person(in: token ?? "", .access)
                        }
                    }
                }
                #expect(remote.count(TestIssuer.keysPath) == minute)
                #expect(remote.count(TestIssuer.discoveryPath) == 1)
                _ = try await issuer.person(in: good, .access)
                clock.pass(60)
            }
        }
    }

    @Test func `while the issuer is down its last good keys are used, and not for ever`()
        async throws
    {
        try await Self.with { remote, issuer, clock in
            let now = clock.now().seconds
            let token = try await remote.token(["exp": "\(now + 1_000_000)"])
            _ = try await issuer.person(in: token, .access)
            remote.set(.down)
            clock.pass(3_601)
            for _ in 0..<20 { _ = try await issuer.person(in: token, .access) }
            clock.pass(60)
            remote.set(.largeKeys)
            _ = try await issuer.person(in: token, .access)
            clock.pass(86_400)
            let error = await #expect(throws: DomainError.self) {
                try await issuer.person(in: token, .access)
            }
            #expect(error?.code == .idpError)
            remote.set(.none)
            clock.pass(60)
            _ = try await issuer.person(in: token, .access)
        }
    }

    @Test func `a silent issuer is given up in time, and others need not wait for it again`()
        async throws
    {
        try await Self.with(patience: .milliseconds(200)) { remote, issuer, _ in
            remote.set(.silent)
            let token = try await remote.token()
            for _ in 0..<50 {
                let error = await #expect(throws: DomainError.self) {
                    try await issuer.person(in: token, .access)
                }
                #expect(error?.code == .idpError)
            }
            // None where even the first was given up before the issuer had its turn.
            #expect(remote.count(TestIssuer.discoveryPath) <= 1)
        }
    }

    @Test func `too large, redirected and another's documents are refused`() async throws {
        for trouble in [TestIssuer.Trouble.largeKeys, .redirecting, .impostor, .down] {
            try await Self.with { remote, issuer, _ in
                remote.set(trouble)
                let token = try await remote.token()
                let error = await #expect(throws: DomainError.self) {
                    try await issuer.person(in: token, .access)
                }
                #expect(error?.code == .idpError)
                #expect(remote.count("/elsewhere") == 0)
            }
        }
    }

    @Test func `a code is redeemed with its proof key, once`() async throws {
        try await Self.with { remote, issuer, _ in
            let key = ProofKey()
            let url = try await issuer.authorizationURL(state: "s&1", nonce: "n1", key: key)
            let start = remote.url + "/authorize?response_type=code&client_id=ghostworks"
            #expect(url.hasPrefix(start))
            #expect(url.contains("&state=s%261&"))
            #expect(url.contains("&scope=openid%20email&"))
            #expect(url.hasSuffix("&code_challenge=\(key.challenge)&code_challenge_method=S256"))
            let answer = try await remote.approve(url)
            #expect(answer.state == "s&1")
            let person = try await issuer.person(redeeming: answer.code, key: key, nonce: "n1")
            #expect(person.subject == "u-1")
            for (code, key) in [(answer.code, key), ("guess", key)] {
                let error = await #expect(throws: DomainError.self) {
                    try await issuer.person(redeeming: code, key: key, nonce: "n1")
                }
                #expect(error?.code == .idpError)
            }
            let second = try await remote.approve(url)
            await #expect(throws: DomainError.self) {
                try await issuer.person(redeeming: second.code, key: ProofKey(), nonce: "n1")
            }
            let third = try await remote.approve(url)
            await #expect(throws: TokenProblem.nonce) {
                try await issuer.person(redeeming: third.code, key: key, nonce: "another")
            }
        }
    }

    @Test(arguments: [
        ("https://idp.test/x", true), ("http://127.0.0.1:80/x", false), ("http://idp.test", false),
        ("https://user:word@idp.test/", false), ("https://idp.test/#x", false),
        ("ftp://idp.test/", false), ("https:///x", false), ("idp.test", false), ("", false),
        ("https://idp.test/a b", false),
    ])
    func `only addresses with TLS are asked`(address: String, isAllowed: Bool) {
        #expect(EndpointRule(allowsLoopback: false).allows(address) == isAllowed)
    }

    @Test func `this machine itself may be asked without TLS when a setting says so`() {
        let rule = EndpointRule(allowsLoopback: true)
        #expect(rule.allows("http://127.0.0.1:8080/keys"))
        #expect(rule.allows("http://localhost/keys"))
        #expect(!rule.allows("http://127.0.0.1.evil.test/keys"))
        #expect(!rule.allows("http://10.0.0.1/keys"))
    }
}
