import Domain
import Fixtures
import Observability
import Operations
import Support
import Testing

@testable import Worker

/// What the keeping of the books says.
@Suite struct LedgerErrandTests {
    @Test func `a call that a failover lost is counted and named once`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft()))
            try await house.fixture.failOver()
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            let registry = PrometheusRegistry()
            let errand = try #require(Self.errand("ai_restored", house.environment, registry))
            let turn = try await errand.turn()
            #expect(turn.notes.count == 1)
            let note = try #require(turn.notes.first)
            #expect(note.isFailure)
            #expect(note.message == "a call that the database had lost was written down again")
            #expect(
                note.fields == [
                    "call": ticket.id.description, "tenant": house.tenant.id.description,
                ]
            )
            #expect(registry.render().contains("ai_calls_restored 1"))
            #expect(try await errand.turn().notes.isEmpty)
            #expect(registry.render().contains("ai_calls_restored 1"))
        }
    }

    @Test(arguments: [(401, "refused our key"), (402, "credit")])
    func `a key that a provider refuses is told of once`(
        status: Int,
        words: String
    ) async throws {
        try await LedgerHouse.with { house in
            let script: ModelServer.Script = { _, _ in ModelServer.refusal(status) }
            try await house.fixture.withModel(script: script) { fixture, _ in
                let order = try ChatOrder(
                    model: .named(Fixture.model),
                    messages: [ChatMessage(.user, "Hi")]
                )
                let ask = CompleteChat(fixture.environment)
                for _ in 1...2 {
                    await #expect(throws: DomainError.self) {
                        try await ask(order, by: .member(house.tenant.owner))
                    }
                }
                let errand = try #require(
                    Self.errand("ai_refused_keys", fixture.environment, PrometheusRegistry())
                )
                let notes = try await errand.turn().notes
                #expect(notes.count == 1)
                #expect(notes.first?.isFailure == true)
                #expect(notes.first?.message.contains(words) == true)
                #expect(
                    notes.first?.fields
                        == ["provider": "mock", "model": Fixture.model, "status": "\(status)"]
                )
                #expect(try await errand.turn().notes.isEmpty)
            }
        }
    }

    private static func errand(
        _ name: String,
        _ environment: Environment,
        _ registry: PrometheusRegistry
    ) -> Errand? {
        Errand.ledger(
            environment,
            pulse: environment,
            metrics: LedgerMetrics(registry: registry),
            callDays: 0,
            leads: { true }
        ).first { $0.name == name }
    }
}
