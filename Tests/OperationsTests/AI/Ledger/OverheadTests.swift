import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// What providers bill beyond what they were asked for is held from the next call on.
@Suite(.withinOneDay) struct OverheadTests {
    @Test func `what is billed beyond the limit is held by the calls behind it`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 450_000)
            let tokens = try await house.budget(.tokens, hard: 1_500)
            let first = try await house.call(written: 700)
            #expect(first.excessNano == 120_000)
            #expect(try await house.overhead() == 200)
            try await house.admin("UPDATE ai_budgets SET hard = 1000000000")
            let draft = house.draft()
            let ticket = try #require(try await house.hold(draft))
            #expect(ticket.heldOverhead == 200 && ticket.outputCap == 500)
            #expect(try await house.books(tokens).held == 1_700)
            #expect(try await house.books(cost).held == 150_000 + 700 * 600)
            // The same hold, asked for again.
            #expect(try await house.hold(draft)?.heldOverhead == 200)
            let second = try await SettleCall(house.environment)(ticket, house.outcome(1_000, 700))
            #expect(second.excessNano == 0 && second.chargeNano == second.platformCostNano)
            let call = try await ExplainCall(house.environment)(ticket.id, by: house.tenant.owner)
            #expect(call.output.overhead == 200 && call.output.held == 500)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a call whose hold has the overhead is refused where it has no room`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 700)
            let tokens = try await house.budget(.tokens, hard: 1_699)
            #expect(try await house.hold(house.draft()) == nil)
            try await house.admin("UPDATE ai_budgets SET on_soft = 'shorten'")
            // What fits is what is left beside the overhead.
            #expect(try await house.hold(house.draft())?.outputCap == 499)
            #expect(try await house.books(tokens).held == 1_699)
        }
    }

    @Test func `a model that bills more than it shows is held whole`() async throws {
        try await LedgerHouse.with { house in
            let draft = house.draft(output: 2_000)
            let ticket = try #require(try await house.hold(draft))
            #expect(ticket.heldOutput == 1_024)
            // Thoughts within the limit, beyond the slice.
            var outcome = house.outcome()
            outcome.usage = TokenUsage(input: 1_000, output: 100, reasoning: 1_500)
            _ = try await SettleCall(house.environment)(ticket, outcome)
            #expect(try await house.overhead() == 0)
            #expect(try await house.hold(house.draft(output: 2_000))?.heldOutput == 2_000)
        }
    }

    @Test(
        arguments: [
            (1_024, 0, false), (1_900, 0, false), (2_000, 0, false), (2_001, 0, true),
            (1_024, 24, false), (1_500, 24, true),
        ] as [(Int64, Int64, Bool)]
    )
    func `only what a hold cannot cover teaches something`(
        written: Int64,
        reasoning: Int64,
        teaches: Bool
    ) async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            var outcome = house.outcome()
            outcome.usage.output = written - reasoning
            outcome.usage.reasoning = reasoning
            _ = try await SettleCall(house.environment)(ticket, outcome)
            #expect(try await house.overhead() == (teaches ? max(written - 2_000, 0) : nil))
        }
    }

    @Test func `our own count teaches nothing`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft()))
            var outcome = house.outcome(1_000, 700)
            outcome.isEstimated = true
            _ = try await SettleCall(house.environment)(ticket, outcome)
            #expect(try await house.overhead() == nil)
        }
    }

    @Test func `of several that end at once the largest counts`() async throws {
        try await LedgerHouse.with { house in
            var tickets: [CallTicket] = []
            for _ in 1...16 {
                tickets.append(try #require(try await house.hold(house.draft())))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, ticket) in tickets.enumerated() {
                    group.addTask {
                        let written = 510 + Int64(index) * 10
                        let outcome = house.outcome(1_000, written)
                        _ = try await SettleCall(house.environment)(ticket, outcome)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await house.overhead() == 160)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a report beyond all reason holds no more than the model writes`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            _ = try await house.call(written: TokenUsage.most)
            #expect(try await house.overhead() == 2_048)
            #expect(
                try await house.books(cost)
                    == .init(used: 10_000_000, held: 0, overage: 59_990_150_000)
            )
            try await house.admin("UPDATE ai_budgets SET hard = 1000000000")
            #expect(try await house.hold(house.draft())?.heldOverhead == 2_048)
        }
    }

    @Test func `it is forgotten by half each week, and after eight`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 1_500)
            for (days, left) in [(6, 1_000), (7, 500), (20, 250), (55, 7), (56, nil)]
                as [(Int64, Int64?)]
            {
                try await house.age(days)
                #expect(try await house.overhead() == left, "\(days)")
                #expect(try await house.hold(house.draft())?.heldOverhead == left ?? 0)
            }
        }
    }

    @Test func `a call that needs more than half of what is left keeps it`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 1_500)
            try await house.age(7)
            // Not half: one report of long ago goes on to fade.
            _ = try await house.call(written: 700)
            #expect(try await house.overhead() == 500)
            #expect(try await house.seenDaysAgo() == 7)
            _ = try await house.call(written: 800)
            #expect(try await house.overhead() == 500)
            #expect(try await house.seenDaysAgo() == 0)
            _ = try await house.call(written: 1_100)
            #expect(try await house.overhead() == 600)
        }
    }

    @Test func `the dearest overhead of a route is held, and a cheaper model alone with its own`()
        async throws
    {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 700)
            let both = [LedgerHouse.writer, LedgerHouse.search]
            #expect(try await house.hold(house.draft([LedgerHouse.writer]))?.heldOverhead == 0)
            #expect(try await house.hold(house.draft(both))?.heldOverhead == 200)
            _ = try await house.budget(.cost, hard: 1_000_000_000, soft: 0, onSoft: "degrade_model")
            let degraded = try #require(try await house.hold(house.draft(both)))
            #expect(degraded.targets == [LedgerHouse.search] && degraded.heldOverhead == 200)
        }
    }

    @Test func `another try holds it too, and a lost call pays all that was held`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 700)
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft()))
            let second = try await TopUpHold(house.environment)(ticket).ticket
            #expect(second?.heldOverhead == 200)
            #expect(try await house.books(tokens).held == 2 * 1_700)
            try await house.admin("UPDATE ai_budgets SET on_lost = 'hold'")
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await house.books(tokens) == .init(used: 1_700, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `it counts in the day of a visitor, and of all of an address`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 700)
            try await house.admin("UPDATE tenant_directory SET storefront_enabled = true")
            func asks(_ visitor: String, _ tokens: Int64, _ all: Int64) async throws -> Bool {
                var draft = house.draft(input: 100, output: 100)
                draft.principal = .visitor(tenant: house.tenant.id, visitor: visitor)
                draft.channel = .public
                draft.visit = VisitBounds(
                    client: "somewhere",
                    visitorTokens: tokens,
                    clientTokens: all
                )
                return try await house.hold(draft) != nil
            }
            // A hundred to read and to write, and two hundred beyond.
            #expect(try await !asks("a", 399, 10_000))
            #expect(try await asks("a", 400, 10_000))
            #expect(try await !asks("a", 799, 10_000))
            #expect(try await !asks("b", 400, 799))
            #expect(try await asks("b", 400, 800))
        }
    }

    @Test func `an operator forgets it, once, and the trail says so`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.call(written: 700)
            let root = try await house.fixture.makeOperator("second@ghostworks.test")
            let reset = ResetOverhead(house.environment)
            for _ in 1...2 {
                #expect(try await reset("offline/search", by: root).overhead == nil)
            }
            #expect(
                try await house.fixture.platformActions("ai.overhead") == ["ai.overhead_reset"]
            )
            #expect(try await house.hold(house.draft())?.heldOverhead == 0)
            let missing = await #expect(throws: DomainError.self) {
                try await reset("none/such", by: root)
            }
            #expect(missing?.code == .notFound)
            let owner = await #expect(throws: DomainError.self) {
                try await reset("offline/search", by: house.tenant.owner.caller)
            }
            #expect(owner?.code == .permissionDenied)
        }
    }
}

/// The same with a model server that bills more than it was asked for.
extension OverheadTests {
    @Test func `a server that bills more costs the platform once, and then its tenant`()
        async throws
    {
        let script: ModelServer.Script = { _, _ in ModelServer.answer(["Hi"], output: 700) }
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await fixture.withModel(script: script) { fixture, _ in
                let order = try ChatOrder(
                    model: .named(Fixture.model),
                    messages: [ChatMessage(.user, "What is it?")],
                    outputCap: 500
                )
                func estimate() async throws -> Int64 {
                    let estimate = EstimateChat(fixture.environment)
                    return try #require(try await estimate(order, by: acme.owner).mostNano)
                }
                func ask() async throws -> [Int64] {
                    let chat = CompleteChat(fixture.environment)
                    _ = try await chat(order, by: .member(acme.owner)).answer()
                    let row = try await fixture.migrated.admin(
                        """
                        SELECT charge_nano, platform_cost_nano, hold_overhead FROM ai_requests
                        ORDER BY reserved_at DESC LIMIT 1
                        """
                    )[0]
                    return [
                        try row.decode("charge_nano"), try row.decode("platform_cost_nano"),
                        try row.decode("hold_overhead"),
                    ]
                }
                let most = try await estimate()
                try await fixture.setBudget(.cost, hard: most, of: acme.id)
                let billed: Int64 = 10 * 1_000 + 700 * 2_000
                #expect(try await ask() == [most, billed, 0])
                // Two USD a million: the estimate has the 200 tokens now.
                #expect(try await estimate() == most + 200 * 2_000)
                try await fixture.setBudget(.cost, hard: 3 * most, of: acme.id)
                #expect(try await ask() == [billed, billed, 200])
                let books = try await fixture.books(of: acme.id)
                #expect(books.used == most + billed && books.held == 0)
            }
        }
    }
}

/// Everything is held at once, so no slice tells what came.
extension OverheadTests {
    @Test func `what came of a call that is held whole is noted while it streams`() async throws {
        let text = String(repeating: "w", count: 3 * 1_100)
        let script: ModelServer.Script = { _, _ in
            [
                .stream, .piece(text), .piece(text), .wait("go"), .finish(), .usage(10, 2_200),
                .done, .end,
            ]
        }
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await fixture.withModel(script: script) { fixture, server in
                _ = try await fixture.migrated.admin(
                    """
                    UPDATE ai_models SET reasoning_overhead = 0, overhead_seen_at = now()
                    WHERE id = \(Fixture.model)
                    """
                )
                let order = try ChatOrder(
                    model: .named(Fixture.model),
                    messages: [ChatMessage(.user, "What is it?")],
                    outputCap: 4_000
                )
                let chat = CompleteChat(fixture.environment)
                let reply = try await chat(order, by: .member(acme.owner))
                var parts = reply.makeAsyncIterator()
                for _ in 1...2 {
                    guard case .text = await parts.next() else { return #expect(Bool(false)) }
                }
                // The second piece waited for the note of the first.
                let row = try await fixture.migrated.admin(
                    "SELECT stream_tokens, held_output FROM ai_requests"
                )[0]
                #expect(try row.decode("stream_tokens", as: Int64.self) >= 1_100)
                #expect(try row.decode("held_output", as: Int64.self) == 4_000)
                server.open("go")
                while let part = await parts.next() {
                    if case .finished(let answer) = part {
                        #expect(answer.use.tokens.written == 2_200)
                    }
                }
            }
        }
    }
}

extension LedgerHouse {
    /// A call that asks for 500 tokens and is billed so many.
    fileprivate func call(written: Int64) async throws -> CallReceipt {
        let ticket = try #require(try await hold(draft()))
        return try await SettleCall(environment)(ticket, outcome(1_000, written))
    }

    /// What is known of the search.
    fileprivate func overhead() async throws -> Int64? {
        let models = try await ListModels(environment)(by: tenant.owner)
        return try #require(models.first { $0.id == "offline/search" }).overhead
    }

    /// Lets what is known be so old.
    fileprivate func age(_ days: Int64) async throws {
        try await admin(
            """
            UPDATE ai_models SET overhead_seen_at = clock_timestamp() - \(days) * interval '1 day'
            WHERE id = 'offline/search'
            """
        )
    }

    fileprivate func seenDaysAgo() async throws -> Int64 {
        try await number(
            """
            SELECT extract(day FROM clock_timestamp() - overhead_seen_at)::bigint AS n
            FROM ai_models WHERE id = 'offline/search'
            """
        )
    }
}
