import Domain
import Fixtures
import Foundation
import Inference
import Operations
import Testing

@Suite struct PassageTests {
    private func context(_ tenant: TenantID, _ caller: TenantCaller?) -> ChatContext {
        ChatContext(tenant: tenant, requestID: AICallID(UUID()), caller: caller)
    }

    private func names(
        _ environment: Environment,
        _ context: ChatContext
    ) async throws -> [String] {
        try await FindPassages(environment)(context, words: "tomatoes").map(\.name)
    }

    @Test func `only what the caller may read is found`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let other = try await fixture.makeTenant("other", by: root)
            _ = try await fixture.create("Tomatoes of acme", by: acme.owner)
            _ = try await fixture.create("Tomatoes of others", by: other.owner)
            let guest = try await fixture.makeMember("guest@acme.test", role: .guest, in: acme)
            let environment = fixture.environment
            let own = try await names(environment, context(acme.id, acme.owner))
            #expect(own == ["Tomatoes of acme"])
            #expect(try await names(environment, context(acme.id, guest)).isEmpty)
            #expect(try await names(environment, context(acme.id, nil)).isEmpty)
            #expect(try await names(environment, context(acme.id, other.owner)).isEmpty)
        }
    }

    @Test func `the offline provider answers from it, at no other's expense`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("Tomatoes", by: acme.owner)
            let find = FindPassages(fixture.environment)
            let provider = ModelProvider.offline { try await find($0, words: $1) }
            let stream = try await provider.chat(
                ModelProvider.offlineSearch,
                ChatRequest(
                    messages: [ChatMessage(.user, "Where are the tomatoes?")],
                    maxOutputTokens: 500
                ),
                context(acme.id, acme.owner),
                .now + .seconds(60)
            )
            var tally = AnswerTally()
            for try await event in stream { tally.add(event) }
            #expect(tally.text.contains("Tomatoes (\(made.id))"))
            #expect(tally.finish == .stop)
            #expect(tally.usage(estimatedInput: 1, outputCap: 500).usage.output > 0)
        }
    }
}
