import Domain
import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// Foreign things look like things that do not exist.
struct `Another tenant's` {
    private static let nothing = "00000000-0000-7000-8000-000000000001"

    @Test(arguments: [HTTPRequest.Method.get, .patch, .delete])
    func `artifact looks like none`(method: HTTPRequest.Method) async throws {
        try await Self.withTwoTenants { api, acme, beta in
            let made = try await api.send(
                .post,
                "/api/v1/artifacts",
                token: beta,
                body: #"{"name":"Secret"}"#
            )
            let body = method == .patch ? #"{"name":"Stolen"}"# : nil
            let headers: HTTPFields = method == .get ? [:] : [.ifMatch: "\"v1\""]
            func ask(_ id: String) async throws -> Reply {
                try await api.send(
                    method,
                    "/api/v1/artifacts/\(id)",
                    token: acme,
                    headers: headers,
                    body: body
                )
            }
            let foreign = try await ask(try made.text("id"))
            let missing = try await ask(Self.nothing)
            #expect(foreign.status == 404)
            #expect(try Self.same(foreign, missing))
        }
    }

    @Test(arguments: ["/api/v1/workspaces/", "/api/v1/organizations/"])
    func `workspace looks like none`(base: String) async throws {
        try await Self.withTwoTenants { api, acme, _ in
            let foreign = try await api.send(.get, "\(base)beta", token: acme)
            let missing = try await api.send(.get, "\(base)gamma", token: acme)
            let unknown = try await api.send(.get, base + Self.nothing, token: acme)
            #expect(foreign.status == 403)
            #expect(foreign.error == "tenant_access_denied")
            #expect(try Self.same(foreign, missing))
            #expect(try Self.same(foreign, unknown))
        }
    }

    @Test(arguments: ["beta", "gamma", "x y", "%00", String(repeating: "a", count: 200)])
    func `name in the header is refused`(name: String) async throws {
        try await Self.withTwoTenants { api, acme, _ in
            let reply = try await api.send(
                .get,
                "/api/v1/artifacts",
                token: acme,
                headers: [.workspace: name]
            )
            #expect(reply.status == 403)
            #expect(reply.error == "tenant_access_denied")
        }
    }

    @Test func `name beside one's own is refused, though one belongs to both`() async throws {
        try await Self.withTwoTenants { api, _, _ in
            let root = try await api.fixture.signIn("root@ghostworks.test", kind: .api)
            let gamma = try await api.fixture.makeTenant("gamma", by: root)
            _ = try await api.fixture.makeMember("owner@acme.test", role: .viewer, in: gamma)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let headers: HTTPFields = [.workspace: "acme"]
            let own = try await api.send(
                .get,
                "/api/v1/workspaces/acme",
                token: token,
                headers: headers
            )
            #expect(own.status == 200)
            let mixed = try await api.send(
                .get,
                "/api/v1/workspaces/gamma",
                token: token,
                headers: headers
            )
            #expect(mixed.status == 403)
            let other = try await api.token("owner@acme.test", workspace: "gamma")
            let status1 = try await api.send(.get, "/api/v1/workspaces/gamma", token: other).status
            #expect(status1 == 200)
        }
    }

    @Test func `support session is refused`() async throws {
        try await Self.withTwoTenants { api, acme, _ in
            let root = try await api.token("root@ghostworks.test")
            let opened = try await api.send(
                .post,
                "/api/v1/admin/support-sessions",
                token: root,
                body: #"{"tenant":"beta","reason":"to test it"}"#
            )
            let headers: HTTPFields = [.supportSession: try opened.text("id")]
            let path = "/api/v1/workspaces/beta"
            let status2 = try await api.send(.get, path, token: root, headers: headers).status
            #expect(status2 == 200)
            let status3 = try await api.send(.get, path, token: acme, headers: headers).status
            #expect(status3 == 403)
            let elsewhere = try await api.send(
                .get,
                "/api/v1/workspaces/acme",
                token: root,
                headers: headers
            )
            #expect(elsewhere.error == "tenant_access_denied")
            let invented = try await api.send(
                .get,
                path,
                token: root,
                headers: [.supportSession: Self.nothing]
            )
            #expect(invented.error == "support_session_ended")
        }
    }

    @Test func `door is shut while it is suspended`() async throws {
        try await Self.withTwoTenants { api, acme, _ in
            let root = try await api.token("root@ghostworks.test")
            let list = try await api.send(.get, "/api/v1/admin/tenants?search=acme", token: root)
            guard case .string(let id) = try list.items().first?["id"] else {
                Issue.record("no tenant")
                return
            }
            _ = try await api.send(
                .post,
                "/api/v1/admin/tenants/\(id)/suspend",
                token: root,
                body: #"{"reason":"to test it"}"#
            )
            let reply = try await api.send(.get, "/api/v1/artifacts", token: acme)
            #expect(reply.status == 403)
            #expect(reply.error == "tenant_suspended")
        }
    }

    /// Equal but for what is each request's own.
    private static func same(_ left: Reply, _ right: Reply) throws -> Bool {
        func shared(_ reply: Reply) throws -> [String: JSONValue] {
            guard case .object(var members) = try reply.json() else { return [:] }
            let own = members["instance"]
            for name in ["request_id", "timestamp", "instance"] { members[name] = nil }
            guard case .string(let path) = own, let id = path.split(separator: "/").last else {
                return members
            }
            return members.mapValues { value in
                guard case .string(let text) = value else { return value }
                return .string(text.replacing(id, with: "ID"))
            }
        }
        return try left.status == right.status && (shared(left) == shared(right))
            && left.headers.map(\.name) == right.headers.map(\.name)
    }

    private static func withTwoTenants(
        _ body: @Sendable @escaping (TestAPI, String, String) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant("acme", by: root)
            _ = try await api.fixture.makeTenant("beta", by: root)
            try await body(
                api,
                try await api.token("owner@acme.test"),
                try await api.token("owner@beta.test")
            )
        }
    }
}
