import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Storage
import Testing

@testable import HTTPAPI

extension World {
    /// A mail on its way, which nobody has in hand.
    func newJob() async throws -> String {
        let environment = api.fixture.environment
        let address = "job\(UInt64.random(in: 0 ... .max))@example.org"
        try await environment.database.system(reason: .signIn) { scope in
            let mail = Mail(.passwordChanged, to: try EmailAddress(address), values: [:])
            _ = try scope.query(Outbox(environment).queue(mail))
        }
        let rows = try await api.fixture.migrated.admin(
            "SELECT m.id::text AS id FROM mail_outbox AS m WHERE m.recipient = \(address)"
        )
        return try #require(rows.first).decode("id")
    }
}

/// What workers do, over HTTP.
struct `Jobs over HTTP` {
    @Test func `are listed, found, tried again and cancelled`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("root@ghostworks.test")
            let id = try await world.newJob()
            let list = try await api.send(
                .get,
                "/api/v1/admin/jobs?filter=kind:mail%20state:waiting",
                token: token
            )
            #expect(list.status == 200)
            #expect(list.text.contains(id))
            #expect(!list.text.contains("@example.org"))
            let found = try await api.send(.get, "/api/v1/admin/jobs/\(id)", token: token)
            #expect(found.status == 200)
            #expect(found.text.contains(#""destination":"example.org""#))
            let retried = try await api.send(
                .post,
                "/api/v1/admin/jobs/\(id)/retry",
                token: token
            )
            #expect(retried.status == 200)
            let path = "/api/v1/admin/jobs/\(id)/cancel"
            let reason = #"{"reason":"sent twice"}"#
            let cancelled = try await api.send(.post, path, token: token, body: reason)
            #expect(cancelled.status == 200)
            #expect(cancelled.text.contains(#""state":"cancelled""#))
            let again = try await api.send(.post, path, token: token, body: reason)
            #expect(again.status == 409)
        }
    }

    @Test(arguments: [
        ("?filter=state:lost", 422), ("?filter=colour:red", 422), ("?limit=0", 422),
        ("?cursor=nonsense", 400), ("/not-an-id", 404),
        ("/00000000-0000-7000-8000-000000000001", 404),
    ])
    func `bad questions are answered so`(question: String, status: Int) async throws {
        try await TestAPI.with { api in
            _ = try await World(api)
            let token = try await api.token("root@ghostworks.test")
            let reply = try await api.send(.get, "/api/v1/admin/jobs\(question)", token: token)
            #expect(reply.status == status, "\(reply.text)")
        }
    }

    @Test(arguments: ["{}", #"{"reason":"x"}"#])
    func `a cancelling without a reason is refused`(body: String) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("root@ghostworks.test")
            let path = "/api/v1/admin/jobs/\(try await world.newJob())/cancel"
            let reply = try await api.send(.post, path, token: token, body: body)
            #expect(reply.status == 422, "\(reply.text)")
        }
    }
}
