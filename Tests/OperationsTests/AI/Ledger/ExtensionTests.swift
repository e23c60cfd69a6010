import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Streams hold their output slice by slice.
@Suite(.withinOneDay) struct ExtensionTests {
    @Test func `a stream holds one slice at a time, up to what it may write`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let extend = ExtendHold(house.environment)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            #expect(ticket.heldOutput == 1_024)
            #expect(try await house.books(tokens).held == 2_024)
            let next = try #require(try await extend(ticket, streamed: 800).ticket)
            #expect(next.heldOutput == 2_000)
            #expect(next.expiresAt > ticket.expiresAt)
            #expect(try await house.books(tokens).held == 3_000)
            #expect(try await house.books(cost).held == 150_000 + 1_200_000)
            // Asked again with the same ticket, and past the end.
            #expect(try await extend(ticket, streamed: 800).ticket?.heldOutput == 2_000)
            #expect(try await extend(next, streamed: 1_900).ticket?.heldOutput == 2_000)
            #expect(try await house.books(tokens).held == 3_000)
            _ = try await SettleCall(house.environment)(next, house.outcome(1_000, 2_000))
            #expect(try await house.books(cost) == .init(used: 1_350_000, held: 0))
            #expect(try await extend(next, streamed: 1_900) == .ended)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a target that cannot stream is held whole`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let draft = house.draft(output: 2_000, isSliced: false)
            #expect(try await house.hold(draft)?.heldOutput == 2_000)
            #expect(try await house.books(tokens).held == 3_000)
        }
    }

    @Test func `a slice that no budget has room for is refused and what is held stays`()
        async throws
    {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 2_999)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            let answer = try await ExtendHold(house.environment)(ticket, streamed: 800)
            #expect(answer == .refused)
            #expect(try await house.books(tokens).held == 2_024)
            // A larger budget is seen by the next question.
            try await house.admin("UPDATE ai_budgets SET hard = 3000 WHERE enabled")
            let again = try await ExtendHold(house.environment)(ticket, streamed: 1_024)
            #expect(again.ticket?.heldOutput == 2_000)
        }
    }

    @Test func `a call that somebody stops is told at its next slice`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            try await house.admin("UPDATE ai_requests SET cancel_requested_at = now()")
            let answer = try await ExtendHold(house.environment)(ticket, streamed: 800)
            #expect(answer == .cancelled)
        }
    }

    @Test func `another try is held once for each time it is asked for`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 4_000)
            let requests = try await house.budget(.requests, hard: 1)
            let topUp = TopUpHold(house.environment)
            let ticket = try #require(try await house.hold(house.draft()))
            let second = try #require(try await topUp(ticket).ticket)
            #expect(second.topUps == 1)
            #expect(try await topUp(ticket).ticket != nil)
            #expect(try await house.books(tokens).held == 3_000)
            #expect(try await house.books(requests).held == 1)
            #expect(try await topUp(second) == .refused)
            let attempts = [
                CallAttempt(
                    number: 1,
                    target: LedgerHouse.search,
                    isSent: true,
                    outcome: .failed,
                    billing: .unknown,
                    failure: .timedOut
                ),
                CallAttempt(
                    number: 2,
                    target: LedgerHouse.search,
                    isSent: true,
                    outcome: .answered,
                    billing: .yes
                ),
            ]
            var outcome = house.outcome()
            outcome.attempts = attempts
            let receipt = try await SettleCall(house.environment)(second, outcome)
            // The tenant pays the answer; the platform perhaps the input of the first try too.
            #expect(receipt.chargeNano == 210_000)
            #expect(receipt.platformCostNano == 210_000 + 150_000)
            #expect(try await house.books(tokens) == .init(used: 1_100, held: 0))
            #expect(
                try await house.number(
                    "SELECT count(*) AS n FROM ai_attempts WHERE outcome <> 'pending'"
                ) == 2
            )
        }
    }

    @Test func `what a call took beyond its hold is charged where there is room`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 1_700)
            let ticket = try #require(try await house.hold(house.draft()))
            let receipt = try await SettleCall(house.environment)(
                ticket,
                house.outcome(1_200, 700)
            )
            #expect(receipt.chargeNano == 600_000)
            #expect(receipt.excessNano == 0)
            #expect(try await house.books(cost) == .init(used: 600_000, held: 0))
            #expect(try await house.books(tokens) == .init(used: 1_700, held: 0, overage: 200))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `what no limit has room for is not charged`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 450_000)
            let tokens = try await house.budget(.tokens, hard: 1_500)
            let ticket = try #require(try await house.hold(house.draft()))
            // The provider counts more input, and thoughts beyond what was asked for.
            let receipt = try await SettleCall(house.environment)(
                ticket,
                house.outcome(1_200, 700)
            )
            #expect(receipt.chargeNano == 450_000)
            #expect(receipt.platformCostNano == 600_000)
            #expect(receipt.excessNano == 150_000)
            #expect(try await house.books(cost) == .init(used: 450_000, held: 0, overage: 150_000))
            #expect(try await house.books(tokens) == .init(used: 1_500, held: 0, overage: 400))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `what is not charged counts once, where there was the least room`() async throws {
        try await LedgerHouse.with { house in
            let wide = try await house.budget(.cost, hard: 10_000_000)
            let narrow = try await house.budget(.cost, hard: 450_000, period: .day)
            let purpose = try await house.budget(
                .cost,
                hard: 500_000,
                scope: .purpose,
                of: "answer"
            )
            let ticket = try #require(try await house.hold(house.draft()))
            let receipt = try await SettleCall(house.environment)(
                ticket,
                house.outcome(1_200, 700)
            )
            #expect(receipt.chargeNano == 450_000 && receipt.excessNano == 150_000)
            #expect(try await house.books(wide) == .init(used: 450_000, held: 0))
            #expect(try await house.books(purpose) == .init(used: 450_000, held: 0))
            #expect(
                try await house.books(narrow) == .init(used: 450_000, held: 0, overage: 150_000)
            )
            #expect(try await house.differences() == [])
        }
    }

    @Test func `the price of the hold's moment is charged, whatever comes later`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft()))
            try await house.admin(
                """
                INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                    cached_pico, cache_write_pico, reasoning_pico)
                VALUES ('offline/search', clock_timestamp(), 999999, 999999, 0, 0, 0)
                """
            )
            let receipt = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(receipt.chargeNano == 210_000)
            let next = try #require(try await house.hold(house.draft()))
            #expect(next.prices["offline/search"]?.input == 999_999)
        }
    }

    @Test func `every kind of token has its own price, here as in the database`() async throws {
        try await LedgerHouse.with { house in
            let draft = house.draft([LedgerHouse.writer], input: 50_000, output: 8_000)
            let ticket = try #require(try await house.hold(draft))
            let usage = TokenUsage(
                input: 1_234,
                output: 567,
                cached: 8_901,
                cacheWrite: 234,
                reasoning: 56
            )
            let price = try #require(ticket.prices["offline/writer"])
            let outcome = CallOutcome(target: LedgerHouse.writer, usage: usage)
            let receipt = try await SettleCall(house.environment)(ticket, outcome)
            #expect(receipt.chargeNano == price.cost(of: usage))
            #expect(
                try await house.number(
                    """
                    SELECT tokens_in * 1000000 + tokens_out * 1000 + tokens_reasoning AS n
                    FROM ai_usage_log
                    """
                ) == 10_369 * 1_000_000 + 623 * 1_000 + 56
            )
        }
    }
}

extension HoldExtension {
    /// The ticket of an extension that was granted.
    var ticket: CallTicket? {
        if case .held(let ticket) = self { ticket } else { nil }
    }
}
