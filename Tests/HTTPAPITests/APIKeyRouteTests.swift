import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// Keys over HTTP: made, used, refused.
@Suite struct APIKeyRouteTests {
    private static func make(
        _ api: TestAPI,
        _ scopes: String = #""artifact.read""#,
        token: String
    ) async throws -> Reply {
        try await api.send(
            .post,
            "/api/v1/workspaces/acme/api-keys",
            token: token,
            body: #"{"name":"CI","scopes":[\#(scopes)]}"#
        )
    }

    @Test func `the life of a key`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test")
            let base = "/api/v1/workspaces/acme/api-keys"
            let made = try await Self.make(api, token: token)
            #expect(made.status == 201)
            let id = try made.text("id")
            let secret = try made.text("secret")
            let used = try await api.send(.get, "/api/v1/artifacts", token: secret)
            #expect(used.status == 200)
            let list = try await api.send(.get, base, token: token)
            #expect(!list.text.contains("secret"))
            #expect(try list.items()[0]["state"] == .string("active"))
            // All that stands before the secret, and nothing of it.
            let prefix = String(secret.prefix(53))
            #expect(try made.text("prefix") == prefix)
            #expect(try list.items()[0]["prefix"] == .string(prefix))
            #expect(!list.text.contains(secret.dropFirst(53).prefix(8)))
            let changed = try await api.send(
                .patch,
                "\(base)/\(id)",
                token: token,
                body: #"{"name":"CI 2","rate_per_minute":10,"expires_at":"2099-01-01"}"#
            )
            #expect(try changed.text("expires_at") == "2099-01-01T00:00:00.000000Z")
            let renamed = try await api.send(
                .patch,
                "\(base)/\(id)",
                token: token,
                body: #"{"name":"CI 3"}"#
            )
            #expect(try renamed.json()["rate_per_minute"] == .integer(10))
            let freed = try await api.send(
                .patch,
                "\(base)/\(id)",
                token: token,
                body: #"{"rate_per_minute":null,"expires_at":null}"#
            )
            #expect(freed.status == 200, "\(freed.text)")
            #expect(try freed.text("name") == "CI 3")
            for member in ["rate_per_minute", "expires_at"] {
                #expect(try freed.json()[member] == .null)
            }
            let nothing = try await api.send(
                .patch,
                "\(base)/\(id)",
                token: token,
                body: #"{"name":null}"#
            )
            #expect(nothing.status == 422)
            let rotated = try await api.send(
                .post,
                "\(base)/\(id)/rotate",
                token: token,
                body: #"{"overlap_seconds":60}"#
            )
            #expect(rotated.status == 200)
            for text in [secret, try rotated.text("secret")] {
                let reply = try await api.send(.get, "/api/v1/artifacts", token: text)
                #expect(reply.status == 200)
            }
            let revoked = try await api.send(.delete, "\(base)/\(id)", token: token)
            #expect(revoked.status == 204)
            let after = try await api.send(.get, "/api/v1/artifacts", token: secret)
            #expect(after.status == 401 && after.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    @Test func `a key whose maker was suspended says so, and is refused`() async throws {
        try await TestAPI.with { api in
            let acme = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let bob = try await api.fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let secret = try await Self.make(api, token: api.token("bob@acme.test")).text("secret")
            let token = try await api.token("owner@acme.test")
            let member = "/api/v1/workspaces/acme/members/\(bob.caller.user)"
            for (status, state, block, answer) in [
                ("active", "active", nil, 200), ("suspended", "blocked", "maker_suspended", 401),
            ] as [(String, String, String?, Int)] {
                let body = #"{"status":"\#(status)"}"#
                let changed = try await api.send(.patch, member, token: token, body: body)
                #expect(changed.status == 200, "\(changed.text)")
                let list = try await api.send(
                    .get,
                    "/api/v1/workspaces/acme/api-keys",
                    token: token
                )
                let key = try list.items()[0]
                #expect(key["state"] == .string(state))
                #expect(key["blocked_by"] == block.map(JSONValue.string) ?? .null)
                let used = try await api.send(.get, "/api/v1/artifacts", token: secret)
                #expect(used.status == answer)
            }
        }
    }

    @Test func `a key whose maker's account is disabled says so, and is refused`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            let bob = try await api.fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let secret = try await Self.make(api, token: api.token("bob@acme.test")).text("secret")
            let token = try await api.token("owner@acme.test")
            _ = try await DisableUser(api.fixture.environment)(
                bob.caller.user,
                reason: "on request",
                by: root
            )
            let keys = "/api/v1/workspaces/acme/api-keys"
            let key = try await api.send(.get, keys, token: token).items()[0]
            #expect(key["state"] == .string("blocked"))
            #expect(key["blocked_by"] == .string("maker_barred"))
            let used = try await api.send(.get, "/api/v1/artifacts", token: secret)
            #expect(used.status == 401)
        }
    }

    /// Every route: a key that holds everything a key may hold is let in where the table says `s`,
    /// and refused in one and the same way elsewhere.
    @Test func `a key is taken where the permission table says so and nowhere else`()
        async throws
    {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test")
            let scopes = Permission.allCases.filter(\.isForKeys).map { "\"\($0)\"" }
            let key = try await Self.make(api, scopes.joined(separator: ","), token: token)
                .text("secret")
            var taken = 0
            for route in RouteTable.all.routes where route.access.needsToken {
                let path = route.path.replacing("{w}", with: "acme")
                    .replacing(#/{\w+}/#, with: "0197a000-0000-7000-8000-000000000000")
                let reply = try await api.send(
                    route.method,
                    path,
                    token: key,
                    headers: [.ifMatch: "*"],
                    body: route.input.body == nil ? nil : "{}"
                )
                if route.access.takesKeys {
                    taken += 1
                    #expect(![401, 403].contains(reply.status), "\(path): \(reply.text)")
                } else {
                    #expect(reply.status == 403, "\(path): \(reply.text)")
                    #expect(try reply.text("message") == "This address does not take API keys.")
                }
            }
            #expect(taken > 10)
        }
    }

    @Test func `a key means its own workspace`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant("acme", by: root)
            let bold = try await api.fixture.makeTenant("bold", by: root)
            let token = try await api.token("owner@acme.test")
            let key = try await Self.make(api, #""workspace.read""#, token: token).text("secret")
            let own = try await api.send(.get, "/api/v1/workspaces/acme", token: key)
            #expect(own.status == 200)
            for name in ["bold", bold.id.description, "nobody"] {
                let reply = try await api.send(.get, "/api/v1/workspaces/\(name)", token: key)
                #expect(reply.status == 403 && reply.error == "tenant_access_denied")
            }
            let named = try await api.send(
                .get,
                "/api/v1/workspaces/acme",
                token: key,
                headers: [.workspace: "bold"]
            )
            #expect(named.error == "tenant_access_denied")
            let support = try await api.send(
                .get,
                "/api/v1/workspaces/acme",
                token: key,
                headers: [.supportSession: "0197a000-0000-7000-8000-000000000000"]
            )
            #expect(support.error == "tenant_access_denied")
        }
    }

    @Test(
        arguments: [
            (#"{"name":"","scopes":[]}"#, 422), (#"{"name":"K","scopes":["member.read"]}"#, 422),
            (#"{"name":"K","scopes":"artifact.read"}"#, 422), (#"{"name":"K"}"#, 422),
            (#"{"name":"K","scopes":["artifact.read"],"expires_at":"2001-01-01"}"#, 422),
            (#"{"name":"K","scopes":["artifact.read"],"expires_at":"soon"}"#, 422),
            (#"{"name":"K","scopes":["artifact.read"],"rate_per_minute":0}"#, 422),
            (#"{"name":"K","scopes":["artifact.read"],"secret":"mine"}"#, 422),
            ("[]", 422), ("{", 400),
        ]
    )
    func `bad input is refused with its status`(body: String, status: Int) async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let reply = try await api.send(
                .post,
                "/api/v1/workspaces/acme/api-keys",
                token: try await api.token("owner@acme.test"),
                body: body
            )
            #expect(reply.status == status, "\(reply.text)")
            let rows = try await api.fixture.migrated.admin("SELECT FROM api_keys")
            #expect(rows.isEmpty)
        }
    }

    @Test func `a limit of the plan says which and what would help`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(plan: .free, by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test")
            for _ in 0..<3 { _ = try await Self.make(api, token: token) }
            let reply = try await Self.make(api, token: token)
            #expect(reply.status == 429 && reply.error == "plan_limit_reached")
            #expect(reply.headers[.retryAfter] == nil)
            let details = try reply.json()["details"]
            #expect(details?["upgrade"] == .string("pro"))
            #expect(details?["resource"] == .string("api_keys"))
            #expect(details?["limit"] == .integer(3))
            #expect(details?["hint"] == .string("Revoke a key, or move to the plan pro."))
            for number in 1...4 {
                let invited = try await Self.invite("p\(number)@x.test", api, token: token)
                #expect(invited.status == 201)
            }
            let seats = try await Self.invite("p5@x.test", api, token: token)
            #expect(seats.status == 429 && seats.error == "plan_limit_reached")
            let places = try seats.json()["details"]
            #expect(places?["upgrade"] == .string("pro"))
            #expect(places?["resource"] == .string("users") && places?["limit"] == .integer(5))
        }
    }

    private static func invite(_ email: String, _ api: TestAPI, token: String) async throws -> Reply
    {
        try await api.send(
            .post,
            "/api/v1/workspaces/acme/invitations",
            token: token,
            body: #"{"email":"\#(email)","role":"member"}"#
        )
    }
}
