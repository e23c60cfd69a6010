import Domain
import Fixtures
import HTTPTypes
import Operations
import Testing

@testable import HTTPAPI

/// Copies and erasures as clients ask for them.
struct `Personal data` {
    private static func withMember(
        _ body: @Sendable @escaping (TestAPI, TestTenant, TenantCaller) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            let ada = try await api.fixture.makeMember("ada@acme.test", role: .member, in: acme)
            try await body(api, acme, ada)
        }
    }

    @Test func `is asked for, waited for and downloaded by its subject`() async throws {
        try await Self.withMember { api, _, _ in
            let token = try await api.token("ada@acme.test")
            let asked = try await api.send(.post, "/api/v1/me/export", token: token)
            #expect(asked.status == 202)
            let path = "/api/v1/me/export/\(try asked.text("id"))"
            #expect(try await api.send(.get, path, token: token).text("status") == "queued")
            let early = try await api.send(.get, "\(path)/download", token: token)
            #expect(early.status == 409)
            #expect(try early.text("message") == "The request has no file: it is queued.")
            _ = try await RunExport(
                api.fixture.environment,
                folder: api.services.configuration.exports
            )()
            let found = try await api.send(.get, path, token: token)
            #expect(try found.json()["progress"]?["done"] == .integer(10))
            let copy = try await api.send(.get, "\(path)/download", token: token)
            #expect(copy.status == 200)
            #expect(copy.headers[.contentType] == "application/x-tar")
            #expect(
                copy.headers[.contentDisposition]
                    == "attachment; filename=\"ghostworks-export-\(try asked.text("id")).tar\""
            )
            #expect(try found.json()["file"]?["bytes"] == .integer(Int64(copy.text.utf8.count)))
            #expect(copy.text.contains(#""email": "ada@acme.test""#))
            // To anybody else it is as if there were none.
            let other = try await api.token("owner@acme.test")
            for address in [path, "\(path)/download"] {
                #expect(try await api.send(.get, address, token: other).status == 404)
            }
        }
    }

    @Test func `that is not on this server says so`() async throws {
        try await Self.withMember { api, _, _ in
            let token = try await api.token("ada@acme.test")
            let asked = try await api.send(.post, "/api/v1/me/export", token: token)
            let elsewhere = ExportFolder(path: api.services.configuration.exports.path + "/other")
            _ = try await RunExport(api.fixture.environment, folder: elsewhere)()
            let reply = try await api.send(
                .get,
                "/api/v1/me/export/\(try asked.text("id"))/download",
                token: token
            )
            #expect(reply.status == 503)
            #expect(try reply.text("message") == "The file of the export is not on this server.")
        }
    }

    @Test(arguments: [
        ("not-a-uuid", 404), ("00000000-0000-7000-8000-000000000001", 404), ("..%2f..%2fx", 404),
    ])
    func `has no export of that name`(id: String, status: Int) async throws {
        try await Self.withMember { api, _, _ in
            let token = try await api.token("ada@acme.test")
            for path in ["/api/v1/me/export/\(id)", "/api/v1/me/export/\(id)/download"] {
                #expect(try await api.send(.get, path, token: token).status == status)
            }
        }
    }

    @Test func `is erased at once, after a confirmation`() async throws {
        try await Self.withMember { api, _, _ in
            let token = try await api.token("ada@acme.test")
            let path = "/api/v1/me/erasure"
            for (body, status) in [
                ("{}", 422), (#"{"email":"bob@acme.test"}"#, 422), (#"{"email":1}"#, 422),
                (#"{"email":"ada@acme.test","extra":1}"#, 422), ("nonsense", 400),
                (#"{"email":"ada@acme.test"}"#, 403),
                (#"{"email":"ada@acme.test","code":"123456"}"#, 403),
                (#"{"email":"ada@acme.test","password":"another"}"#, 422),
            ] {
                let reply = try await api.send(.post, path, token: token, body: body)
                #expect(reply.status == status, "\(body): \(reply.text)")
            }
            let done = try await api.send(
                .post,
                path,
                token: token,
                body: #"{"email":"ada@acme.test","password":"\#(Fixture.password)"}"#
            )
            #expect(done.status == 204)
            #expect(try await api.send(.get, "/api/v1/me", token: token).status == 401)
        }
    }

    @Test func `on hold is not erased, in one clear sentence`() async throws {
        try await Self.withMember { api, acme, ada in
            let owner = try await api.token("owner@acme.test", workspace: "acme")
            let held = try await api.send(
                .post,
                "/api/v1/legal-holds",
                token: owner,
                body: #"{"reason":"Case 12","subject_id":"\#(ada.caller.user)"}"#
            )
            #expect(held.status == 201)
            let member = "/api/v1/workspaces/acme/members/\(ada.caller.user)"
            let refused = try await api.send(.post, "\(member)/erasure", token: owner)
            #expect(refused.status == 409)
            #expect(refused.error == "legal_hold")
            #expect(
                try refused.text("message") == "A legal hold forbids to erase this person here."
            )
            // The account is the person's own.
            let own = try await api.send(
                .post,
                "/api/v1/me/erasure",
                token: try await api.token("ada@acme.test"),
                body: #"{"email":"ada@acme.test","password":"\#(Fixture.password)"}"#
            )
            #expect(own.status == 204)
            let hold = "/api/v1/legal-holds/\(try held.text("id"))"
            #expect(try await api.send(.delete, hold, token: owner).status == 204)
            #expect(try await api.send(.delete, hold, token: owner).status == 409)
            let done = try await api.send(.post, "\(member)/erasure", token: owner)
            #expect(done.status == 202)
        }
    }

    @Test(arguments: [
        #"{"reason":"x"}"#, #"{"reason":"Case","subject_id":"me"}"#, #"{"subject_id":null}"#,
    ])
    func `is not held for nonsense`(body: String) async throws {
        try await Self.withMember { api, _, _ in
            let owner = try await api.token("owner@acme.test", workspace: "acme")
            let reply = try await api.send(
                .post,
                "/api/v1/legal-holds",
                token: owner,
                body: body
            )
            #expect(reply.status == 422, "\(reply.text)")
        }
    }

    @Test func `of a member goes when an owner approves`() async throws {
        try await Self.withMember { api, _, ada in
            let token = try await api.token("ada@acme.test", workspace: "acme")
            let owner = try await api.token("owner@acme.test", workspace: "acme")
            let path = "/api/v1/workspaces/acme/members/\(ada.caller.user)"
            let asked = try await api.send(.post, "\(path)/erasure", token: token)
            #expect(asked.status == 202)
            #expect(try asked.text("status") == "pending")
            let listed = try await api.send(.get, "/api/v1/data-requests", token: owner)
            #expect(try listed.items().first?["id"] == .string(try asked.text("id")))
            let done = try await api.send(
                .post,
                "/api/v1/data-requests/\(try asked.text("id"))/approve",
                token: owner
            )
            #expect(try done.text("status") == "done")
            #expect(try await api.send(.get, path, token: owner).status == 404)
        }
    }
}
