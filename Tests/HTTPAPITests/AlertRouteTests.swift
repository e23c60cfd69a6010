import Fixtures
import HTTPTypes
import Postgres
import Testing

@testable import HTTPAPI

extension World {
    /// A mail that was given up, which is an alert.
    func raiseAlert() async throws {
        _ = try await api.fixture.migrated.admin(
            """
            INSERT INTO mail_outbox (id, template, language, recipient, status, next_attempt_at)
            VALUES (gen_random_uuid(), 'x', 'en', 'a@x.test', 'failed', now() - interval '1 hour')
            """
        )
    }
}

/// What somebody should look at on the platform, over HTTP.
struct `Alerts of the platform over HTTP` {
    private static let base = "/api/v1/admin/alerts"

    @Test func `are listed and seen to, and the trail says so`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("root@ghostworks.test")
            #expect(try await api.send(.get, Self.base, token: token).items().isEmpty)
            try await world.raiseAlert()
            let list = try await api.send(.get, Self.base, token: token)
            #expect(list.status == 200)
            #expect(list.text.contains(#""id":"mails""#))
            #expect(list.text.contains(#""acknowledged_at":null"#))
            let seen = try await api.send(
                .post,
                "\(Self.base)/ack",
                token: token,
                body: #"{"alerts":["mails"]}"#
            )
            #expect(seen.status == 200)
            #expect(!seen.text.contains(#""acknowledged_at":null"#))
            let trail = try await api.fixture.migrated.admin(
                "SELECT 1 FROM platform_audit_events AS a WHERE a.action = 'alert.acknowledged'"
            )
            #expect(trail.count == 1)
        }
    }

    @Test(arguments: [
        (#"{}"#, 422), (#"{"alerts":[]}"#, 422), (#"{"alerts":"mails"}"#, 422),
        (#"{"alerts":["mails","mails"]}"#, 422), (#"{"alerts":["planets"]}"#, 422),
        (#"{"alerts":["silent"]}"#, 422), (#"{"alerts":["mails:"]}"#, 422),
        (#"{"alerts":["mails:x"]}"#, 422), (#"{"alerts":["mails","slow"]}"#, 404),
        (#"{"alerts":["silent:nowhere"]}"#, 404), (#"{"alerts":["silent:\u0000"]}"#, 400),
    ])
    func `that there are not mark nothing`(body: String, status: Int) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            try await world.raiseAlert()
            let token = try await api.token("root@ghostworks.test")
            let path = "\(Self.base)/ack"
            let reply = try await api.send(.post, path, token: token, body: body)
            #expect(reply.status == status, "\(reply.text)")
            let marks = try await api.fixture.migrated.admin("SELECT 1 FROM platform_alert_marks")
            #expect(marks.isEmpty)
        }
    }
}
