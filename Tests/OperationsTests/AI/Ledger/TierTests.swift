import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Prices that rise, or fall, with what a call reads.
@Suite(.withinOneDay) struct TierTests {
    private static let tiers = """
        [{"above": 1000, "input_pico": 300000, "output_pico": 900000, "cached_pico": 30000,
          "cache_write_pico": 375000, "reasoning_pico": 900000},
         {"above": 5000, "input_pico": 50000, "output_pico": 60000, "cached_pico": 5000,
          "cache_write_pico": 50000, "reasoning_pico": 60000}]
        """

    private static func with(_ body: (LedgerHouse, BudgetID) async throws -> Void) async throws {
        try await LedgerHouse.with { house in
            try await house.price(tiers)
            try await body(house, try await house.budget(.cost, hard: 100_000_000))
        }
    }

    /// Reads 1,000 tokens at the price, 1,001 at the first tier; from 5,001 on the first tier is the
    /// dearest that the call may reach, though the second is cheaper.
    @Test(
        arguments: [
            (1_000, 125_000 + 100_000), (1_001, 375_375 + 450_000), (5_000, 1_875_000 + 450_000),
            (5_001, 1_875_375 + 450_000),
        ] as [(Int64, Int64)]
    )
    func `the dearest tier that a call may reach is held`(
        input: Int64,
        held: Int64
    ) async throws {
        try await Self.with { house, cost in
            let ticket = try #require(try await house.hold(house.draft(input: input)))
            #expect(try await house.books(cost).held == held)
            let prices = Array(ticket.prices.values)
            #expect(prices.first?.tiers.map(\.above) == [1_000, 5_000])
            #expect(CallEstimate(prices: prices).ceiling(input: input, output: 500) == held)
        }
    }

    @Test(
        arguments: [
            (900, 110_000), (1_000, 120_000), (1_001, 390_300), (5_000, 1_590_000),
            (5_001, 256_050),
        ] as [(Int64, Int64)]
    )
    func `a call costs what its tier says, all of it`(read: Int64, charge: Int64) async throws {
        try await Self.with { house, cost in
            let ticket = try #require(try await house.hold(house.draft(input: 5_001)))
            let receipt = try await SettleCall(house.environment)(ticket, house.outcome(read, 100))
            #expect(receipt.chargeNano == charge)
            let usage = TokenUsage(input: read, output: 100)
            #expect(ticket.prices["offline/search"]?.cost(of: usage) == charge)
            #expect(try await house.books(cost) == .init(used: charge, held: 0))
            #expect(try await house.differences() == [])
            let call = try await ExplainCall(house.environment)(ticket.id, by: house.tenant.owner)
            #expect(call.tier?.above == (read > 5_000 ? 5_000 : read > 1_000 ? 1_000 : nil))
            #expect(call.price?.tiers.count == 2)
        }
    }

    @Test func `what is read from the cache counts for the tier`() async throws {
        try await Self.with { house, _ in
            let ticket = try #require(try await house.hold(house.draft(input: 1_200)))
            let usage = TokenUsage(input: 200, output: 10, cached: 900, cacheWrite: 1, reasoning: 5)
            let outcome = CallOutcome(target: LedgerHouse.search, usage: usage)
            let receipt = try await SettleCall(house.environment)(ticket, outcome)
            let pico: Int64 = 200 * 300_000 + 15 * 900_000 + 900 * 30_000 + 375_000
            #expect(receipt.chargeNano == pico / 1_000)
            #expect(ticket.prices["offline/search"]?.cost(of: usage) == pico / 1_000)
        }
    }

    @Test func `the tiers that the hold saw count, for a lost call too`() async throws {
        try await Self.with { house, cost in
            let settled = try #require(try await house.hold(house.draft(input: 1_001)))
            _ = try #require(try await house.hold(house.draft(input: 1_001)))
            try await house.price("[]")
            let receipt = try await SettleCall(house.environment)(settled, house.outcome(1_001, 0))
            #expect(receipt.chargeNano == 300_300)
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await house.books(cost) == .init(used: 2 * 300_300, held: 0))
            // A repeat of a hold that is known says the same.
            let draft = house.draft(input: 1_001)
            let first = try await house.hold(draft)
            #expect(first?.prices["offline/search"]?.tiers == [])
            #expect(try await house.hold(draft)?.prices == first?.prices)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `the cheapest model is the one whose tier is`() async throws {
        try await Self.with { house, cost in
            try await house.admin(
                "UPDATE ai_budgets SET on_soft = 'degrade_model', soft = 0, hard = 100000000"
            )
            // Above its tier the search costs more than a writer of this price.
            try await house.admin(
                """
                INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                    cached_pico, cache_write_pico, reasoning_pico)
                VALUES ('offline/writer', clock_timestamp(), 250000, 800000, 0, 0, 800000)
                """
            )
            let both = [LedgerHouse.search, LedgerHouse.writer]
            let short = try #require(try await house.hold(house.draft(both)))
            #expect(short.targets == [LedgerHouse.search])
            let long = try #require(try await house.hold(house.draft(both, input: 1_001)))
            #expect(long.targets == [LedgerHouse.writer])
            #expect(try await house.books(cost).held == 225_000 + 250_250 + 400_000)
        }
    }

    @Test(arguments: [
        #"{"above": 5}"#, #"[{"above": 5}]"#, "[7]",
        #"[{"above": 0, "input_pico": 1, "output_pico": 1, "cached_pico": 1, "cache_write_pico": 1, "reasoning_pico": 1}]"#,
        #"[{"above": 9, "input_pico": -1, "output_pico": 1, "cached_pico": 1, "cache_write_pico": 1, "reasoning_pico": 1}]"#,
        #"[{"above": 9, "input_pico": 10000000001, "output_pico": 1, "cached_pico": 1, "cache_write_pico": 1, "reasoning_pico": 1}]"#,
    ])
    func `the table takes no tier that makes no sense`(tiers: String) async throws {
        try await LedgerHouse.with { house in
            await #expect(throws: (any Error).self) { try await house.price(tiers) }
        }
    }

    @Test func `a tier that leaps waits for a second operator, and is then as proposed`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let second = try await fixture.makeOperator("second@ghostworks.test")
            func price(_ tier: Int64) throws -> PriceAmounts {
                try PriceAmounts(
                    input: 150_000,
                    output: 600_000,
                    cached: 75_000,
                    tiers: [
                        PriceTier(
                            above: 1_000,
                            input: tier,
                            output: 600_000,
                            cached: 75_000,
                            cacheWrite: 150_000
                        )
                    ]
                )
            }
            let set = SetPrice(fixture.environment)
            let mild = try await set("offline/search", price(1_500_000), from: nil, by: root)
            guard case .published(let version) = mild else { return #expect(Bool(false)) }
            #expect(version.price.tiers == (try price(1_500_000).tiers))
            let wild = try await set("offline/search", price(15_000_001), from: nil, by: root)
            guard case .proposed(let proposal) = wild else { return #expect(Bool(false)) }
            #expect(proposal.amounts == (try price(15_000_001)))
            _ = try await DecidePrice(fixture.environment)(proposal.id, approves: true, by: second)
            let models = try await ListModels(fixture.environment)(by: root)
            let now = models.first { $0.id == "offline/search" }?.price
            #expect(now?.tiers.map(\.input) == [15_000_001])
        }
    }
}

extension LedgerHouse {
    /// The next price of the search: 0.10 USD and 0.20 USD a million tokens, and tiers.
    fileprivate func price(_ tiers: String) async throws {
        try await admin(
            """
            INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                cached_pico, cache_write_pico, reasoning_pico, tiers)
            VALUES ('offline/search', clock_timestamp(), 100000, 200000, 10000, 125000, 200000,
                \(tiers)::text::jsonb)
            """
        )
    }
}
