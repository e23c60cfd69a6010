import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// Answers that a route keeps for the whole workspace.
@Suite struct SharedAnswerTests {
    @Test(arguments: [
        (ModelRoutePlan.Cache.Scope.tenant, true, ChatReply.Origin.cache),
        (.tenant, false, .model),
        (.user, true, .model),
    ])
    func `are given to others where route and prompt say so`(
        scope: ModelRoutePlan.Cache.Scope,
        isShareable: Bool,
        origin: ChatReply.Origin
    ) async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.answer(["Hello"]) }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
                let environment = fixture.environment
                let order = try await Self.shared(
                    fixture,
                    acme,
                    scope: scope,
                    isShareable: isShareable
                )
                let first = try await CompleteChat(environment)(order, by: .member(acme.owner))
                #expect(try await first.answer().text == "Hello")
                let own = try await CompleteChat(environment)(order, by: .member(acme.owner))
                #expect(own.origin == .cache)
                let other = try await CompleteChat(environment)(order, by: .member(ada))
                #expect(other.origin == origin)
                #expect(try await other.answer().text == "Hello")
                #expect(server.requests.count == (origin == .cache ? 1 : 2))
            }
        }
    }

    @Test func `go with the person for whom they were made last`() async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.answer(["Hello"]) }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, _ in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
                let order = try await Self.shared(fixture, acme)
                let ask = CompleteChat(fixture.environment)
                _ = try await ask(order, by: .member(acme.owner)).answer()
                _ = try await fixture.migrated.admin(
                    "UPDATE ai_response_cache SET expires_at = now()"
                )
                let other = try await ask(order, by: .member(ada))
                #expect(other.origin == .model)
                _ = try await other.answer()
                let erase = RequestData(fixture.environment)
                _ = try await erase(.erase, of: ada.caller.user, by: acme.owner)
                let left = try await fixture.migrated.admin(
                    "SELECT count(*) AS n FROM ai_response_cache"
                )
                #expect(try left[0].decode("n", as: Int64.self) == 0)
            }
        }
    }

    /// A question whose answers the whole workspace shares.
    private static func shared(
        _ fixture: Fixture,
        _ acme: TestTenant,
        scope: ModelRoutePlan.Cache.Scope = .tenant,
        isShareable: Bool = true
    ) async throws -> ChatOrder {
        let cache = ModelRoutePlan.Cache(scope: scope, seconds: 60, maxTemperatureMilli: 0)
        let plan = try ModelRoutePlan(targets: [Fixture.model], cache: cache)
        _ = try await PutRoute(fixture.environment)("main", plan, by: acme.owner)
        let new = try NewPrompt(
            name: "motto",
            description: "",
            shareable: isShareable,
            system: "",
            user: "What is our motto?"
        )
        _ = try await CreatePrompt(fixture.environment)(new, by: acme.owner)
        return try ChatOrder(
            model: .route("main"),
            messages: [],
            prompt: PromptOrder(name: "motto")
        )
    }
}
