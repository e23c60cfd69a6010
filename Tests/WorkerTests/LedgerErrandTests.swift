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

    @Test func `calls are counted by how they ended, with what they took`() async throws {
        try await LedgerHouse.with { house in
            let budget = try await house.budget(.requests, hard: 2)
            let tickets = [
                try #require(try await house.hold(house.draft())),
                try #require(try await house.hold(house.draft())),
            ]
            #expect(try await house.hold(house.draft()) == nil)
            let receipt = try await SettleCall(house.environment)(tickets[0], house.outcome())
            try await ReleaseCall(house.environment)(tickets[1])
            #expect(try await house.books(budget) == .init(used: 1, held: 0))
            let registry = PrometheusRegistry()
            let errand = try #require(Self.errand("ai_tally", house.environment, registry))
            for _ in 1...2 {
                _ = try await errand.turn()
                let page = registry.render()
                #expect(page.contains(#"ai_calls_ended{state="settled"} 1"#), "\(page)")
                #expect(page.contains(#"ai_calls_ended{state="released"} 1"#))
                #expect(page.contains(#"ai_calls_refused{code="ai_budget_exceeded"} 1"#))
                #expect(page.contains("ai_charge_nano_usd \(receipt.chargeNano)"))
                #expect(page.contains(#"ai_tokens{direction="read"}"#))
            }
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
