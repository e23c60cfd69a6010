import Domain
import Fixtures
import Operations
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
                _ = try await PutRoute(environment)(
                    "main",
                    try ModelRoutePlan(
                        targets: [Fixture.model],
                        cache: .init(scope: scope, seconds: 60, maxTemperatureMilli: 0)
                    ),
                    by: acme.owner
                )
                let new = try NewPrompt(
                    name: "motto",
                    description: "",
                    shareable: isShareable,
                    system: "",
                    user: "What is our motto?"
                )
                _ = try await CreatePrompt(environment)(new, by: acme.owner)
                let order = try ChatOrder(
                    model: .route("main"),
                    messages: [],
                    prompt: PromptOrder(name: "motto")
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
}
