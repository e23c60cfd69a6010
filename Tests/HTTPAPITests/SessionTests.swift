import Domain
import Fixtures
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Observability
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// Sessions as browsers and other clients keep them.
struct `Sessions over HTTP` {
    private static let refresh = "/api/v1/auth/refresh"
    private static let own: HTTPFields = [.secFetchSite: "same-origin"]

    @Test func `a browser keeps the refresh token in a cookie that scripts cannot see`()
        async throws
    {
        try await TestAPI.with { api in
            let reply = try await Self.signIn(api)
            let cookie = try #require(reply.headers[.setCookie])
            #expect(cookie.hasPrefix("__Secure-ghostworks-refresh=gwr_"))
            for attribute in [
                "Max-Age=604", "Path=/api/v1/auth/refresh", "Secure", "HttpOnly",
                "SameSite=Strict",
            ] { #expect(cookie.contains("; \(attribute)"), "\(attribute)") }
            #expect(try reply.json()["refresh_token"] == .null)
            let next = try await Self.use(reply, api)
            #expect(next.status == 200)
            #expect(Self.cookie(of: next) != Self.cookie(of: reply))
            #expect(try next.text("access_token").hasPrefix("eyJ"))
        }
    }

    @Test func `other clients get it in the body, and send it there`() async throws {
        try await TestAPI.with { api in
            let reply = try await Self.signIn(api, grant: #","grant":"cli""#)
            #expect(Self.cookie(of: reply) == nil)
            let token = try reply.text("refresh_token")
            let body = #"{"refresh_token":"\#(token)"}"#
            let next = try await api.send(.post, Self.refresh, body: body)
            #expect(next.status == 200)
            #expect(Self.cookie(of: next) == nil)
            #expect(try next.text("refresh_token") != token)
            let wrong = try await Self.signIn(api, grant: #","grant":"telepathy""#)
            #expect(wrong.status == 422)
        }
    }

    @Test func `the request that lost keeps its cookie`() async throws {
        try await TestAPI.with { api in
            let first = try await Self.signIn(api)
            let second = try await Self.use(first, api)
            let same = try await Self.use(first, api)
            #expect(Self.cookie(of: same) == Self.cookie(of: second))
            _ = try await Self.use(second, api)
            let reused = try await Self.use(first, api)
            #expect(reused.status == 401 && reused.error == "refresh_reused")
            #expect(reused.headers[.setCookie] == nil)
            let invalid = try await Self.use(second, api)
            #expect(invalid.status == 401 && invalid.error == "refresh_invalid")
            #expect(invalid.headers[.setCookie] == nil)
        }
    }

    @Test(arguments: [
        (["Origin": "https://evil.example"], false),
        (["Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"], false),
        (["Origin": "null"], false), (["Origin": "https://app.example.org.evil.example"], false),
        (["Origin": "https://APP.example.org"], false),
        (["Origin": "http://app.example.org"], false),
        (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
        (["Origin": "https://api.example.org", "Sec-Fetch-Site": "same-site"], false),
        ([:], false), (["Origin": "https://app.example.org"], true),
        (["Origin": "https://app.example.org", "Sec-Fetch-Site": "same-site"], true),
        (["Origin": "https://api.example.org"], true),
        (["Origin": "https://api.example.org", "Sec-Fetch-Site": "same-origin"], true),
        (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "none"], true),
    ])
    func `only pages of ours use the cookie`(headers: [String: String], passes: Bool) throws {
        var head = HTTPRequest(
            method: .post,
            scheme: "https",
            authority: "api.example.org",
            path: Self.refresh
        )
        for (name, value) in headers { head.headerFields[.named(name)] = value }
        let policy = OriginPolicy(allowed: ["https://app.example.org"])
        if passes {
            try policy.check(head)
        } else {
            #expect(throws: DomainError.self) { try policy.check(head) }
        }
    }

    @Test func `a foreign page changes nothing, and the token stays good`() async throws {
        try await TestAPI.with { api in
            let reply = try await Self.signIn(api)
            for headers: HTTPFields in [
                [:], [.origin: "https://evil.example"], [.secFetchSite: "cross-site"],
            ] {
                let refused = try await Self.use(reply, api, headers)
                #expect(refused.status == 403 && refused.error == "origin_refused")
                // Whoever is no page hears where the token goes instead.
                #expect(refused.text.contains("refresh_token") == headers.isEmpty)
            }
            var form = Self.own
            form[.contentType] = "application/x-www-form-urlencoded"
            let typed = try await Self.use(reply, api, form)
            #expect(typed.status == 415)
            let nothing = try await api.send(.post, Self.refresh, headers: Self.own, body: "{}")
            #expect(nothing.status == 401 && nothing.error == "refresh_invalid")
            #expect(try await Self.use(reply, api).status == 200)
        }
    }

    @Test func `signing out ends session and family, and takes the cookie away`() async throws {
        try await TestAPI.with { api in
            for path in ["/api/v1/auth/logout", "/api/v1/auth/logout-all"] {
                let reply = try await Self.signIn(api)
                let token = try reply.text("access_token")
                let out = try await api.send(.post, path, token: token)
                #expect(out.status == 204)
                let cookie = try #require(out.headers[.setCookie])
                #expect(cookie.hasPrefix("__Secure-ghostworks-refresh=; Max-Age=0; "))
                #expect(try await Self.use(reply, api).error == "refresh_invalid")
                #expect(try await api.send(.get, "/api/v1/me", token: token).status == 401)
            }
        }
    }

    @Test func `one's sessions are listed and ended`() async throws {
        try await TestAPI.with { api in
            let mine = try await Self.signIn(api).text("access_token")
            let other = try await Self.signIn(api).text("access_token")
            let list = try await api.send(.get, "/api/v1/me/sessions?limit=1", token: mine)
            #expect(try list.items().count == 1)
            #expect(try list.page("has_more") == .bool(true))
            #expect(try list.items()[0]["current"] == .bool(false))
            guard case .string(let id) = try list.items()[0]["id"] else {
                Issue.record("no id")
                return
            }
            let path = "/api/v1/me/sessions/\(id)"
            #expect(try await api.send(.delete, path, token: mine).status == 204)
            #expect(try await api.send(.delete, path, token: mine).status == 404)
            #expect(try await api.send(.get, "/api/v1/me", token: other).status == 401)
            #expect(try await api.send(.get, "/api/v1/me", token: mine).status == 200)
            let bad = try await api.send(.delete, "/api/v1/me/sessions/me", token: mine)
            #expect(bad.status == 404)
        }
    }

    @Test func `a workspace is switched by its members`() async throws {
        try await TestAPI.with { api in
            let token = try await Self.signIn(api).text("access_token")
            let path = "/api/v1/auth/switch-workspace"
            let reply = try await api.send(
                .post,
                path,
                token: token,
                body: #"{"workspace":"acme"}"#
            )
            #expect(reply.status == 200)
            let other = try await api.send(
                .post,
                path,
                token: token,
                body: #"{"workspace":"nobodys"}"#
            )
            #expect(other.status == 403 && other.error == "tenant_access_denied")
        }
    }

    @Test func `a token for one workspace says so at every other, one's own included`()
        async throws
    {
        try await TestAPI.with { api in
            let token = try await Self.signIn(api).text("access_token")
            let made = try await api.send(
                .post,
                "/api/v1/workspaces",
                token: token,
                body: #"{"slug":"second","name":"Second"}"#
            )
            #expect(made.status == 201)
            var bodies: Set<String> = []
            for name in ["second", "nobodys", "01a0cf5f-7797-7b95-b23e-b12a790919fd"] {
                let reply = try await api.send(.get, "/api/v1/workspaces/\(name)", token: token)
                #expect(reply.status == 403 && reply.error == "tenant_access_denied")
                let details = try reply.json()["details"]
                #expect(
                    details?["hint"]
                        == .string(
                            "A token is for one workspace; POST /api/v1/auth/switch-workspace changes which."
                        )
                )
                bodies.insert(try reply.text("message"))
            }
            #expect(bodies.count == 1)
        }
    }

    /// Signs the owner of `acme` in, whom the first call makes.
    static func signIn(_ api: TestAPI, grant: String = "") async throws -> Reply {
        let rows = try await api.fixture.migrated.admin("SELECT 1 FROM tenants")
        if rows.isEmpty {
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            // Only the sessions that the test opens count.
            _ = try await api.fixture.migrated.admin("UPDATE sessions SET revoked_at = now()")
        }
        return try await api.send(
            .post,
            "/api/v1/auth/login",
            body: #"{"email":"owner@acme.test","password":"\#(Fixture.password)"\#(grant)}"#
        )
    }

    private static func cookie(of reply: Reply) -> String? {
        reply.headers[values: .setCookie].first { $0.hasPrefix(RefreshCookie.name) }
            .map { String($0.prefix { $0 != ";" }) }
    }

    private static func use(
        _ reply: Reply,
        _ api: TestAPI,
        _ headers: HTTPFields = own
    ) async throws -> Reply {
        var headers = headers
        headers[.cookie] = "other=1; \(cookie(of: reply) ?? "")"
        return try await api.send(.post, refresh, headers: headers, body: "{}")
    }
}
