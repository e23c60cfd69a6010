import Domain
import Fixtures
import HTTPTypes
import Operations
import Testing

@testable import HTTPAPI

/// Roles, invitations, grants and ownership, as clients meet them.
struct `People` {
    private static let base = "/api/v1/workspaces/acme"

    private static func with(
        _ body: @Sendable @escaping (TestAPI, String, TestTenant) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            try await body(api, try await api.token("owner@acme.test"), acme)
        }
    }

    @Test func `make, change and delete a role of their own`() async throws {
        try await Self.with { api, token, _ in
            let made = try await api.send(
                .post,
                "\(Self.base)/roles",
                token: token,
                body: #"{"name":"Editor","rank":35,"permissions":["artifact.update:own"]}"#
            )
            #expect(made.status == 201 && made.headers[.eTag] == "\"v1\"")
            #expect(try made.text("kind") == "custom")
            let id = try made.text("id")
            let changed = try await api.send(
                .patch,
                "\(Self.base)/roles/editor",
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"name":"Lead editor"}"#
            )
            #expect(changed.status == 200 && changed.headers[.eTag] == "\"v2\"")
            let stale = try await api.send(
                .patch,
                "\(Self.base)/roles/\(id)",
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"rank":3}"#
            )
            #expect(stale.status == 412)
            let member = try await api.send(
                .post,
                "\(Self.base)/members",
                token: token,
                body: #"{"email":"ed@acme.test","role":"lead editor"}"#
            )
            #expect(try member.text("role") == "Lead editor")
            #expect(try member.text("role_id") == id)
            let used = try await api.send(.delete, "\(Self.base)/roles/\(id)", token: token)
            #expect(used.status == 409 && used.error == "role_in_use")
            let list = try await api.send(.get, "\(Self.base)/roles", token: token)
            #expect(try list.items().count == 7)
            let system = try await api.send(.delete, "\(Self.base)/roles/admin", token: token)
            #expect(system.status == 403 && system.error == "system_role")
            let mine = try await api.send(
                .get,
                "/api/v1/me/permissions",
                token: token,
                headers: [.workspace: "acme"]
            )
            #expect(try mine.text("role") == "owner")
            let all = try await api.send(.get, "/api/v1/permissions", token: token)
            #expect(try all.items().count == Permission.allCases.count)
        }
    }

    @Test(arguments: [
        (#"{"name":"","permissions":[]}"#, "name"),
        (#"{"name":"owner","permissions":[]}"#, "name"),
        (#"{"name":"x","rank":80,"permissions":[]}"#, "rank"),
        (#"{"name":"x","rank":9223372036854775807,"permissions":[]}"#, "rank"),
        (#"{"name":"x","permissions":["no.such"]}"#, "permissions"),
        (#"{"name":"x","permissions":["owner.manage"]}"#, "permissions"),
        (#"{"name":"x"}"#, "permissions"), (#"{"name":"x","permissions":[7]}"#, "permissions"),
        (#"{"name":"x","permissions":[],"id":"y"}"#, "id"),
    ])
    func `get 422 and the field for a role that cannot be`(
        body: String,
        field: String
    )
        async throws
    {
        try await Self.with { api, token, _ in
            let reply = try await api.send(
                .post,
                "\(Self.base)/roles",
                token: token,
                body: body
            )
            #expect(reply.status == 422 && reply.error == "validation_error")
            #expect(reply.text.contains("\"field\":\"\(field)\""), "\(reply.text)")
        }
    }

    @Test func `are invited, see it, and join`() async throws {
        try await Self.with { api, token, acme in
            let made = try await api.send(
                .post,
                "\(Self.base)/invitations",
                token: token,
                body: #"{"email":"ada@acme.test","role":"viewer","language":"ar"}"#
            )
            #expect(made.status == 201)
            let mail = try #require(try await api.fixture.mailed("ada@acme.test"))
            let secret = try #require(mail["token"])
            #expect(!made.text.contains(secret))
            let opened = try await api.send(.get, "/api/v1/invitations/\(secret)")
            #expect(opened.status == 200)
            #expect(try opened.text("workspace") == "Tenant acme")
            let nobody = try await api.send(.post, "/api/v1/invitations/\(secret)/accept")
            #expect(nobody.status == 401)
            let eve = try await api.send(
                .post,
                "/api/v1/invitations/\(secret)/accept",
                token: token
            )
            #expect(eve.status == 403 && eve.error == "email_mismatch")
            let own = try await Self.newcomer(api, "ada@acme.test")
            let waiting = try await api.send(.get, "/api/v1/me/invitations", token: own)
            #expect(try waiting.items().count == 1)
            for _ in 1...2 {
                let joined = try await api.send(
                    .post,
                    "/api/v1/invitations/\(secret)/accept",
                    token: own
                )
                #expect(joined.status == 200)
                #expect(try joined.text("slug") == "acme")
            }
            let members = try await api.send(.get, "\(Self.base)/members", token: token)
            #expect(try members.items().count == 2)
            let left = try await api.send(
                .post,
                "/api/v1/workspaces/\(acme.id)/leave",
                token: own
            )
            #expect(left.status == 204)
        }
    }

    @Test func `get 409, 410 and 404 for invitations that are settled or unknown`() async throws {
        try await Self.with { api, token, _ in
            func invite() async throws -> Reply {
                try await api.send(
                    .post,
                    "\(Self.base)/invitations",
                    token: token,
                    body: #"{"email":"ada@acme.test","role":"viewer"}"#
                )
            }
            let id = try await invite().text("id")
            #expect(try await invite().error == "invitation_pending")
            let resend = "\(Self.base)/invitations/\(id)/resend"
            let early = try await api.send(.post, resend, token: token)
            #expect(early.status == 429 && early.error == "rate_limited", "\(early.text)")
            let wait = try #require(early.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...300).contains(wait))
            try await api.fixture.passInvitations()
            let again = try await api.send(.post, resend, token: token)
            #expect(again.status == 200)
            let secret = try #require(try await api.fixture.mailed("ada@acme.test")?["token"])
            let declined = try await api.send(.post, "/api/v1/invitations/\(secret)/decline")
            #expect(declined.status == 204)
            let gone = try await api.send(.get, "/api/v1/invitations/\(secret)")
            #expect(gone.status == 410 && gone.error == "invitation_declined")
            let settled = try await api.send(
                .delete,
                "\(Self.base)/invitations/\(id)",
                token: token
            )
            #expect(settled.status == 409 && settled.error == "not_pending")
            for path in ["nonsense", String(secret.dropLast()), "gwi_%00"] {
                let reply = try await api.send(.get, "/api/v1/invitations/\(path)")
                #expect(reply.status == 404 || reply.status == 400, "\(path): \(reply.text)")
            }
            let list = try await api.send(
                .get,
                "\(Self.base)/invitations?status=declined",
                token: token
            )
            #expect(try list.items().count == 1)
            let wrong = try await api.send(
                .get,
                "\(Self.base)/invitations?status=lost",
                token: token
            )
            #expect(wrong.status == 422)
        }
    }

    @Test func `give a guest one artifact and hand the workspace on`() async throws {
        try await Self.with { api, token, acme in
            let guest = try await api.fixture.makeMember("g@acme.test", role: .guest, in: acme)
            let user = guest.caller.user
            let draft = try ArtifactDraft(
                name: "One",
                description: "",
                tags: [],
                metadata: .object([:])
            )
            let one = try await CreateArtifact(api.fixture.environment)(draft, by: acme.owner)
            let path = "\(Self.base)/members/\(user)/grants/artifact/\(one.id)"
            let body = #"{"permissions":["artifact.read"]}"#
            #expect(try await api.send(.get, path, token: token).status == 404)
            #expect(try await api.send(.put, path, token: token, body: body).status == 200)
            #expect(try await api.send(.get, path, token: token).status == 200)
            let own = try await api.token("g@acme.test")
            let seen = try await api.send(
                .get,
                "/api/v1/artifacts",
                token: own,
                headers: [.workspace: "acme"]
            )
            #expect(try seen.items().count == 1)
            let list = try await api.send(
                .get,
                "\(Self.base)/members/\(user)/grants",
                token: token
            )
            #expect(try list.items().count == 1)
            #expect(try await api.send(.delete, path, token: token).status == 204)
            let kind = path.replacing("/artifact/", with: "/planet/")
            #expect(try await api.send(.put, kind, token: token, body: body).status == 404)
            let wrong = try await api.send(
                .put,
                path,
                token: token,
                body: #"{"permissions":["member.remove"]}"#
            )
            #expect(wrong.status == 422)
            let stranger = try await api.send(
                .post,
                "\(Self.base)/transfer-ownership",
                token: token,
                body: #"{"user_id":"\#(one.id)"}"#
            )
            #expect(stranger.status == 422 && stranger.error == "not_a_member")
            for (proof, status, code) in [
                ("", 403, "reauthentication_required"),
                (#","password":"another""#, 422, "validation_error"),
                (#","password":7"#, 422, "validation_error"),
            ] {
                let refused = try await api.send(
                    .post,
                    "\(Self.base)/transfer-ownership",
                    token: token,
                    body: #"{"user_id":"\#(user)"\#(proof)}"#
                )
                #expect(refused.status == status && refused.error == code, "\(refused.text)")
            }
            let owner = try await api.send(
                .post,
                "\(Self.base)/transfer-ownership",
                token: token,
                body: #"{"user_id":"\#(user)","password":"\#(Fixture.password)"}"#
            )
            #expect(owner.status == 200)
            #expect(try owner.text("role") == "owner")
        }
    }

    /// Signs in somebody who is a member of nothing.
    private static func newcomer(_ api: TestAPI, _ email: String) async throws -> String {
        try await api.fixture.makeStranger(email)
        return try await api.token(email)
    }
}
