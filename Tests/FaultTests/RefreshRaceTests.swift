import Domain
import Fixtures
import Postgres
import Support
import Testing

/// One refresh token in many hands at once, over HTTP.
@Suite struct RefreshRaceTests {
    private static let rounds = FaultScale.choose(3, full: 100)

    @Test func `twenty clients with one token get one successor, round after round`() async throws {
        try await with { client, first in
            var token = first
            for _ in 0..<Self.rounds {
                let used = token
                let replies = try await withThrowingTaskGroup(of: HTTPReply.self) { group in
                    for _ in 0..<20 {
                        group.addTask { try await client.send(Self.refresh(client, used)) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(replies.allSatisfy { $0.status == 200 })
                let successors = Set(try replies.map { try $0.text("refresh_token") })
                #expect(successors.count == 1)
                token = try #require(successors.first)
                #expect(token != used)
            }
        }
    }

    @Test func `twenty thieves with an old token end the session once`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            try await Service.run(fixture) { service in
                let client = Client(port: service.port)
                let old = try await Self.signIn(client)
                let parent = try await client.send(Self.refresh(client, old))
                    .text("refresh_token")
                let head = try await client.send(Self.refresh(client, parent))
                    .text("refresh_token")
                let problems = try await withThrowingTaskGroup(of: String?.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            try await client.send(Self.refresh(client, old)).problem
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(problems.count { $0 == "refresh_reused" } == 1)
                #expect(problems.count { $0 == "refresh_invalid" } == 19)
                for token in [head, parent, old] {
                    let reply = try await client.send(Self.refresh(client, token))
                    #expect(reply.status == 401 && reply.problem == "refresh_invalid")
                }
                let events = try await fixture.migrated.admin(
                    "SELECT 1 FROM platform_audit_events WHERE action = 'auth.refresh_reused'"
                )
                #expect(events.count == 1)
            }
        }
    }

    private func with(_ body: @Sendable (Client, String) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            try await Service.run(fixture) { service in
                let client = Client(port: service.port)
                try await body(client, try await Self.signIn(client))
            }
        }
    }

    private static func refresh(_ client: Client, _ token: String) -> HTTPAsk {
        client.ask("POST", "/api/v1/auth/refresh", body: #"{"refresh_token":"\#(token)"}"#)
    }

    private static func signIn(_ client: Client) async throws -> String {
        let password = Fixture.password
        let reply = try await client.send(
            client.ask(
                "POST",
                "/api/v1/auth/login",
                body: #"{"email":"owner@acme.test","password":"\#(password)","grant":"cli"}"#
            )
        )
        return try reply.text("refresh_token")
    }
}
