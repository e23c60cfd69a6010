import Domain
import Fixtures
import Postgres
import Support
import Testing

@testable import Operations
@testable import Storage

/// Models that are not looked up again before each call.
@Suite struct KnownModelsTests {
    private static let question = [ChatMessage(.user, "What is it?")]

    @Test func `a model is known for a while from when it was asked for`() {
        let known = KnownModels(life: .seconds(1))
        let start = ContinuousClock.now
        #expect(known.find("a", at: start) == nil)
        let model = ChatModel(
            id: "a",
            provider: "p",
            contextTokens: 10,
            outputTokens: 10,
            price: nil,
            overhead: nil
        )
        known.keep([model], asked: start)
        #expect(known.find("a", at: start + .milliseconds(999)) == model)
        #expect(known.find("b", at: start) == nil)
        #expect(known.find("a", at: start + .seconds(1)) == nil)
        known.keep([], asked: start + .seconds(1))
        #expect(known.find("a", at: start + .seconds(1)) == nil)
    }

    @Test func `a model that was switched off meanwhile is refused at once`() async throws {
        try await Self.with { fixture, server, acme in
            try await Self.ask(fixture, Fixture.model, acme.owner)
            _ = try await fixture.migrated.admin(
                "UPDATE ai_models SET status = 'disabled' WHERE id = \(Fixture.model)"
            )
            await #expect(throws: DomainError.modelNotAllowed(Fixture.model)) {
                try await Self.ask(fixture, Fixture.model, acme.owner)
            }
            #expect(server.requests.count == 1)
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `who may not ask learns nothing of models, and takes nothing`() async throws {
        var limits = ChatLimits()
        limits.tokens = .perMinute(1_000)
        try await Self.with(limits) { fixture, server, acme in
            try await Self.ask(fixture, Fixture.model, acme.owner)
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            // More often than the limit of tokens would let through.
            for name in [Fixture.model, "mock/none"] + Array(repeating: Fixture.model, count: 50) {
                let error = await #expect(throws: DomainError.self) {
                    try await Self.ask(fixture, name, viewer)
                }
                #expect(error?.code == .permissionDenied, "\(name)")
            }
            #expect(server.requests.count == 1)
        }
    }

    private static func ask(
        _ fixture: Fixture,
        _ model: String,
        _ caller: TenantCaller
    ) async throws {
        let order = try ChatOrder(model: .named(model), messages: question, outputCap: 10)
        let reply = try await CompleteChat(fixture.environment)(order, by: .member(caller))
        _ = try await reply.answer()
    }

    private static func with(
        _ limits: ChatLimits = ChatLimits(),
        _ body: (Fixture, ModelServer, TestTenant) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            let script: ModelServer.Script = { _, _ in ModelServer.answer(["Hello"]) }
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let desk = ChatDesk(limits: limits, memory: .seconds(3_600))
                try await body(fixture.with(fixture.environment.models, desk), server, acme)
            }
        }
    }
}
