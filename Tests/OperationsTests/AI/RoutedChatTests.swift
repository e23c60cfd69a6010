import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// Calls along a route of the workspace's own.
@Suite struct RoutedChatTests {
    private static let question = [ChatMessage(.user, "What is it?")]

    @Test func `the next target answers when the first one cannot`() async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.refusal(404) }
        try await Self.with(script) { fixture, server, acme in
            try await Self.put(fixture, acme, ModelRoutePlan(targets: Self.targets))
            let reply = try await Self.ask(fixture, acme)
            #expect(try await reply.answer().model == "offline/search")
            #expect(server.requests.count == 1)
            let row = try await fixture.migrated.admin(
                """
                SELECT string_agg(a.model || ' ' || a.outcome || ' ' || a.billable
                    || CASE WHEN a.sent THEN ' sent' ELSE '' END, ', '
                    ORDER BY a.n) AS line
                FROM ai_attempts AS a
                """
            )[0]
            let line = try row.decode("line", as: String.self)
            #expect(line == "mock/m failed no sent, offline/search answered yes sent")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `a route says how much, how often and how long`() async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.answer(["Hello"]) }
        try await Self.with(script) { fixture, server, acme in
            let plan = try ModelRoutePlan(
                targets: [Fixture.model],
                cache: .init(scope: .user, seconds: 60, maxTemperatureMilli: 0),
                defaultMaxTokens: 77
            )
            try await Self.put(fixture, acme, plan)
            let first = try await Self.ask(fixture, acme)
            #expect(try await first.answer().text == "Hello")
            #expect(try await Self.ask(fixture, acme).origin == .cache)
            let sent = try #require(server.requests.first?.body)
            #expect(sent.contains(#""max_tokens":77"#))
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a route that is not there, or not for this door, is not found`() async throws {
        let script: ModelServer.Script = { _, _ in [] }
        try await Self.with(script) { fixture, _, acme in
            await #expect(throws: DomainError.notFound("route", "main")) {
                _ = try await Self.ask(fixture, acme)
            }
            let plan = try ModelRoutePlan(targets: Self.targets, channels: [.worker])
            try await Self.put(fixture, acme, plan)
            await #expect(throws: DomainError.notFound("route", "main")) {
                _ = try await Self.ask(fixture, acme)
            }
        }
    }

    @Test func `a route whose models are switched off names them`() async throws {
        let script: ModelServer.Script = { _, _ in [] }
        try await Self.with(script) { fixture, _, acme in
            try await Self.put(fixture, acme, ModelRoutePlan(targets: [Fixture.model]))
            _ = try await fixture.migrated.admin(
                "UPDATE ai_models SET status = 'disabled' WHERE id = \(Fixture.model)"
            )
            let error = await #expect(throws: DomainError.self) {
                _ = try await Self.ask(fixture, acme)
            }
            #expect(error?.code == .modelNotAllowed)
            #expect(
                error?.message == "No model of the route \"main\" is enabled: \"mock/m\"."
            )
        }
    }

    private static let targets = [Fixture.model, "offline/search"]

    private static func put(
        _ fixture: Fixture,
        _ acme: TestTenant,
        _ plan: ModelRoutePlan
    ) async throws {
        _ = try await PutRoute(fixture.environment)("main", plan, by: acme.owner)
    }

    private static func ask(_ fixture: Fixture, _ acme: TestTenant) async throws -> ChatReply {
        let order = try ChatOrder(model: .route("main"), messages: question)
        return try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
    }

    private static func with(
        _ script: @escaping ModelServer.Script,
        _ body: (Fixture, ModelServer, TestTenant) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                try await body(fixture, server, acme)
            }
        }
    }
}
