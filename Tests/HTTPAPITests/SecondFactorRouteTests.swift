import Domain
import Fixtures
import Foundation
import HTTPTypes
import OpenID
import Operations
import Storage
import Support
import Testing

@testable import HTTPAPI

/// The second factor and other issuers, over HTTP.
struct SecondFactorRouteTests {
    private static let login = """
        {"email":"owner@acme.test","password":"\(Fixture.password)"}
        """

    private static func detail(_ reply: Reply, _ name: String) throws -> String {
        guard case .string(let text) = try reply.json()["details"]?[name] else {
            throw Reply.Missing(name: name, reply: reply.text)
        }
        return text
    }

    @Test func `from enrolment to sign-in and out again`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            let base = "/api/v1/auth/mfa"
            for (body, status, error) in [
                ("{}", 403, "reauthentication_required"),
                (#"{"code":"123456"}"#, 403, "reauthentication_required"),
                (#"{"password":"not the password"}"#, 422, "validation_error"),
                (#"{"password":1}"#, 422, "validation_error"),
            ] {
                let refused = try await api.send(.post, "\(base)/totp", token: token, body: body)
                #expect(refused.status == status && refused.error == error, "\(refused.text)")
            }
            let begun = try await api.send(
                .post,
                "\(base)/totp",
                token: token,
                body: #"{"password":"\#(Fixture.password)"}"#
            )
            #expect(begun.status == 200)
            let app = Authenticator(try begun.text("secret"))
            #expect(try begun.text("uri").hasPrefix("otpauth://totp/Ghostworks:owner@acme.test?"))
            let now = SystemClock.live.now()
            let confirmed = try await api.send(
                .post,
                "\(base)/totp/confirm",
                token: token,
                body: #"{"code":"\#(app.code(at: now))"}"#
            )
            #expect(confirmed.status == 200)
            guard case .array(let codes) = try confirmed.json()["recovery_codes"],
                case .string(let recovery) = codes.first
            else { throw Reply.Missing(name: "recovery_codes", reply: confirmed.text) }
            #expect(codes.count == 10)

            let reply = try await api.send(.post, "/api/v1/auth/login", body: Self.login)
            #expect(reply.status == 401)
            #expect(reply.error == "mfa_required")
            let pass = try Self.detail(reply, "mfa_token")
            #expect(!reply.text.contains("access_token"))
            // It is no access token.
            let me = try await api.send(.get, "/api/v1/me", token: pass)
            #expect(me.status == 401)
            let wrong = try await api.send(
                .post,
                "\(base)/verify",
                body: #"{"mfa_token":"\#(pass)","code":"nonsense"}"#
            )
            #expect(wrong.status == 401)
            #expect(wrong.error == "mfa_invalid")
            let opened = try await api.send(
                .post,
                "\(base)/verify",
                body: #"{"mfa_token":"\#(pass)","code":"\#(recovery)"}"#
            )
            #expect(opened.status == 200)
            let second = try opened.text("access_token")
            let status = try await api.send(.get, "\(base)/totp", token: second)
            #expect(try status.json()["enabled"] == .bool(true))
            #expect(try status.json()["recovery_codes_left"] == .integer(9))
            let removed = try await api.send(
                .delete,
                "\(base)/totp",
                token: second,
                body: #"{"code":"\#(app.code(at: now.advanced(by: .seconds(30))))"}"#
            )
            #expect(removed.status == 204)
            let after = try await api.send(.post, "/api/v1/auth/login", body: Self.login)
            #expect(after.status == 200)
        }
    }

    @Test func `a client without cookies gets its refresh token behind a code as well`()
        async throws
    {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let owner = try await api.fixture.signIn("owner@acme.test", kind: .api)
            let environment = api.fixture.environment
            let enrolment = try await EnrolSecondFactor(environment)(
                proof: Fixture.proof,
                by: owner
            )
            let app = Authenticator(enrolment.secret)
            let codes = try await ConfirmSecondFactor(environment)(
                code: app.code(at: SystemClock.live.now()),
                by: owner
            )
            let grants = [(#","grant":"cli""#, true), ("", false)]
            for (code, (grant, isInBody)) in zip(codes, grants) {
                let login = Self.login.replacing("}", with: "\(grant)}")
                let reply = try await api.send(.post, "/api/v1/auth/login", body: login)
                let pass = try Self.detail(reply, "mfa_token")
                let body = #"{"mfa_token":"\#(pass)","code":"\#(code)"}"#
                let opened = try await api.send(.post, "/api/v1/auth/mfa/verify", body: body)
                #expect(opened.status == 200)
                #expect(((try? opened.text("refresh_token")) != nil) == isInBody)
                let cookies = opened.headers[values: .setCookie]
                #expect(cookies.contains { $0.contains("ghostworks-refresh") } != isInBody)
                let twice = try await api.send(.post, "/api/v1/auth/mfa/verify", body: body)
                #expect(twice.status == 401 && twice.error == "mfa_invalid")
            }
        }
    }

    @Test(arguments: [
        ("/verify", "{}"), ("/verify", #"{"mfa_token":7,"code":"1"}"#),
        ("/enrol", "{}"), ("/enrol/confirm", #"{"code":"123456"}"#),
    ])
    func `what is missing is named`(path: String, body: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.post, "/api/v1/auth/mfa\(path)", body: body)
            #expect(reply.status == 422)
            #expect(reply.text.contains(#""field":"mfa_token""#))
        }
    }

    @Test(arguments: ["/verify", "/enrol/confirm"])
    func `a made-up token opens nothing`(path: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(
                .post,
                "/api/v1/auth/mfa\(path)",
                body: #"{"mfa_token":"AQAAAAAAAAAA","code":"123456"}"#
            )
            #expect(reply.status == 401)
            #expect(reply.error == "mfa_invalid")
        }
    }
}

struct ExternalRouteTests {
    private static let base = "/api/v1/auth/oidc/test"

    private static func with(
        _ body: @Sendable @escaping (TestAPI, TestIssuer) async throws -> Void
    ) async throws {
        let issuer = try TestIssuer()
        defer { issuer.stop() }
        let issuers = Issuers(
            [.test(issuer)],
            transport: .live(patience: .seconds(60)),
            now: { SystemClock.live.now() }
        )
        try await TestAPI.with(issuers: issuers) { api in try await body(api, issuer) }
    }

    /// Goes as a browser does: the cookie of the start, and the callback's path.
    private static func visit(
        _ api: TestAPI,
        _ issuer: TestIssuer,
        returnTo: String? = nil
    ) async throws -> (callback: String, cookie: HTTPFields) {
        let query = returnTo.map { "?return_to=\($0)" } ?? ""
        let start = try await api.send(.get, "\(base)/start\(query)")
        #expect(start.status == 302)
        let url = try #require(start.headers[.location])
        let cookie = try #require(start.headers[.setCookie])
        #expect(cookie.hasPrefix("__Secure-ghostworks-oidc-test="))
        for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/api/v1/auth/oidc"] {
            #expect(cookie.contains("; \(attribute)"))
        }
        let answer = try await issuer.approve(
            url,
            ["email": #""ada@x.test""#, "email_verified": "true"]
        )
        let pair = String(cookie.prefix { $0 != ";" })
        return (
            "\(base)/callback?code=\(answer.code)&state=\(answer.state)&session_state=x&hd=y",
            [.cookie: "other=1; \(pair)"]
        )
    }

    @Test func `a browser goes to the issuer and comes back with a session`() async throws {
        try await Self.with { api, issuer in
            let (callback, cookie) = try await Self.visit(api, issuer)
            let reply = try await api.send(.get, callback, headers: cookie)
            #expect(reply.status == 200)
            let token = try reply.text("access_token")
            let cookies = reply.headers[values: .setCookie]
            #expect(cookies.contains { $0.hasPrefix("__Secure-ghostworks-oidc-test=; Max-Age=0") })
            let list = try await api.send(.get, "/api/v1/me/identities", token: token)
            #expect(try list.items().count == 1)
            let last = try await api.send(
                .delete,
                "/api/v1/me/identities/test",
                token: token,
                body: "{}"
            )
            #expect(last.status == 409)
            #expect(last.error == "last_credential")
        }
    }

    @Test func `a browser that wants to be elsewhere is sent there, without a token in sight`()
        async throws
    {
        try await Self.with { api, issuer in
            let (callback, cookie) = try await Self.visit(
                api,
                issuer,
                returnTo: "https://app.test/in"
            )
            let reply = try await api.send(.get, callback, headers: cookie)
            #expect(reply.status == 302)
            #expect(reply.headers[.location] == "https://app.test/in")
            #expect(reply.text.isEmpty)
            #expect(!String(describing: reply.headers).contains("access_token"))
        }
    }

    @Test func `a refusal goes along to where the browser wants to be`() async throws {
        try await Self.with { api, issuer in
            let (callback, cookie) = try await Self.visit(
                api,
                issuer,
                returnTo: "https://app.test/in"
            )
            issuer.set(.down)
            let reply = try await api.send(.get, callback, headers: cookie)
            #expect(reply.status == 302)
            #expect(reply.headers[.location] == "https://app.test/in#error=idp_error")
        }
    }

    @Test func `without the cookie the answer is nobody's`() async throws {
        try await Self.with { api, issuer in
            let (callback, _) = try await Self.visit(api, issuer)
            let reply = try await api.send(.get, callback)
            #expect(reply.status == 400)
            #expect(reply.error == "oidc_state")
        }
    }

    @Test func `a client without cookies gets its refresh token in the body`() async throws {
        try await Self.with { api, issuer in
            let claims = ["email": #""ada@x.test""#, "email_verified": "true"]
            for (grant, isInBody) in [(#","grant":"cli""#, true), ("", false)] {
                let token = try await issuer.token(claims)
                let reply = try await api.send(
                    .post,
                    "/api/v1/auth/token/exchange",
                    body: #"{"provider":"test","token":"\#(token)"\#(grant)}"#
                )
                #expect(reply.status == 200)
                #expect(((try? reply.text("refresh_token")) != nil) == isInBody)
                let cookies = reply.headers[values: .setCookie]
                #expect(cookies.contains { $0.contains("ghostworks-refresh") } != isInBody)
            }
        }
    }

    @Test func `linking and unlinking take a proof`() async throws {
        try await Self.with { api, issuer in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test")
            let own = try await issuer.token()
            let path = "/api/v1/me/identities"
            let named = #""provider":"test","token":"\#(own)""#
            let proof = #""password":"\#(Fixture.password)""#
            let refused = try await api.send(.post, path, token: token, body: "{\(named)}")
            #expect(refused.status == 403 && refused.error == "reauthentication_required")
            #expect(try refused.json()["details"]?["proof"] == .string("password"))
            let linked = try await api.send(
                .post,
                path,
                token: token,
                body: "{\(named),\(proof)}"
            )
            #expect(linked.status == 204, "\(linked.text)")
            let kept = try await api.send(.delete, "\(path)/test", token: token, body: "{}")
            #expect(kept.status == 403)
            let gone = try await api.send(
                .delete,
                "\(path)/test",
                token: token,
                body: "{\(proof)}"
            )
            #expect(gone.status == 204)
        }
    }

    @Test func `bad input of each kind has its status`() async throws {
        try await Self.with { api, issuer in
            let cases: [(HTTPRequest.Method, String, String?, Int, String)] = [
                (.get, "/api/v1/auth/oidc/nobody/start", nil, 404, "not_found"),
                (
                    .get, "\(Self.base)/start?return_to=https://evil.test", nil, 422,
                    "validation_error"
                ),
                (.get, "\(Self.base)/start?strange=1", nil, 422, "validation_error"),
                (.get, "\(Self.base)/callback", nil, 400, "oidc_state"),
                (.post, "/api/v1/auth/token/exchange", "{}", 422, "validation_error"),
                (
                    .post, "/api/v1/auth/token/exchange",
                    #"{"provider":"test","token":"x","token_type":"saml"}"#, 422,
                    "validation_error"
                ),
                (
                    .post, "/api/v1/auth/token/exchange", #"{"provider":"test","token":"x"}"#, 401,
                    "external_token_invalid"
                ),
                (
                    .post, "/api/v1/auth/token/exchange", #"{"provider":"x","token":"x"}"#, 404,
                    "not_found"
                ),
                (.get, "/api/v1/me/identities", nil, 401, "unauthenticated"),
            ]
            for (method, path, body, status, error) in cases {
                let reply = try await api.send(method, path, body: body)
                #expect(reply.status == status, "\(path)")
                #expect(reply.error == error, "\(path)")
            }
            issuer.set(.down)
            let token = try await issuer.token()
            let down = try await api.send(
                .post,
                "/api/v1/auth/token/exchange",
                body: #"{"provider":"test","token":"\#(token)"}"#
            )
            #expect(down.status == 502)
            #expect(down.error == "idp_error")
        }
    }
}
