import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// What budgets say of calls whose process was lost.
@Suite struct LostCallTests {
    @Test(
        arguments: [
            ("estimate", false, 150_000), ("estimate", true, 150_000 + 800 * 600),
            ("hold", false, 150_000 + 1_024 * 600), ("hold", true, 150_000 + 2_000 * 600),
            ("refund_unsent", false, 0),
        ] as [(String, Bool, Int64)]
    )
    func `are charged as they say`(
        onLost: String,
        isStreaming: Bool,
        charge: Int64
    ) async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let requests = try await house.budget(.requests, hard: 10)
            try await house.admin(
                "UPDATE ai_budgets SET on_lost = \(onLost) WHERE id = \(cost.uuid)"
            )
            let ticket = try #require(try await house.hold(house.draft(output: 2_000, key: "k")))
            #expect(ticket.notesSending == (onLost == "refund_unsent"))
            if isStreaming { _ = try await ExtendHold(house.environment)(ticket, streamed: 800) }
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await house.books(cost) == .init(used: charge, held: 0))
            let counted: Int64 = charge == 0 ? 0 : 1
            #expect(try await house.books(requests) == .init(used: counted, held: 0))
            let bill = charge == 0 ? "no" : "unknown"
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM ai_requests AS r
                    JOIN ai_attempts AS a ON a.request_id = r.id
                    WHERE r.state = 'expired' AND r.idempotency_key IS NULL
                      AND a.outcome = 'failed' AND a.billable = \(bill)
                    """
                ) == 1
            )
            #expect(try await house.differences() == [])
            // Its end may turn up after all.
            let receipt = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(receipt.state == .settledLate)
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
            #expect(try await house.books(requests) == .init(used: 1, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `that were sent, or knew of no refund, are estimated`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            // This one is held before the budget says so.
            _ = try #require(try await house.hold(house.draft()))
            try await house.admin(
                """
                UPDATE ai_budgets SET on_lost = 'refund_unsent', updated_at = clock_timestamp()
                WHERE id = \(cost.uuid)
                """
            )
            let sent = try #require(try await house.hold(house.draft()))
            let attempt = CallAttempt(number: 1, target: LedgerHouse.search, isSent: true)
            try await NoteAttempt(house.environment)(sent, attempt)
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 2)
            #expect(try await house.books(cost) == .init(used: 300_000, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test(arguments: [BudgetPolicy.LostAction.refundUnsent, .estimate])
    func `have their first try written down before it is sent, where it matters`(
        onLost: BudgetPolicy.LostAction
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            [.tell("asked"), .wait("go")] + ModelServer.answer(["Hello"])
        }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let budget = try await ListBudgets(fixture.environment)(by: acme.owner)[0]
                let changed = try await ChangeBudget(fixture.environment)(
                    budget.id,
                    BudgetEdit(onLost: onLost),
                    version: budget.version,
                    by: acme.owner
                )
                #expect(changed.policy.onLost == onLost)
                let order = try ChatOrder(
                    model: .named(Fixture.model),
                    messages: [ChatMessage(.user, "What is it?")]
                )
                async let reply = CompleteChat(fixture.environment)(
                    order,
                    by: .member(acme.owner)
                )
                try await server.reached("asked")
                let rows = try await fixture.migrated.admin("SELECT sent FROM ai_attempts")
                let sent = try rows.map { try $0.decode("sent", as: Bool.self) }
                #expect(sent == [onLost == .refundUnsent])
                server.open("go")
                #expect(try await reply.answer().text == "Hello")
            }
        }
    }
}
