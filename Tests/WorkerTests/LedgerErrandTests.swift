import Domain
import Fixtures
import Observability
import Operations
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
            let errand = try #require(Self.errand("ai_restored", house, registry))
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

    private static func errand(
        _ name: String,
        _ house: LedgerHouse,
        _ registry: PrometheusRegistry
    ) -> Errand? {
        Errand.ledger(
            house.environment,
            pulse: house.environment,
            metrics: LedgerMetrics(registry: registry),
            callDays: 0,
            leads: { true }
        ).first { $0.name == name }
    }
}
