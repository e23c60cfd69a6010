import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// From the hold to the charge.
///
/// `offline/search` costs 150 nano-USD a token read and 600 a token written.
@Suite(.withinOneDay) struct HoldTests {
    @Test func `a call is held at its most and charged what it took`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let requests = try await house.budget(.requests, hard: 10)
            let ticket = try #require(try await house.hold(house.draft()))
            #expect(ticket.outputCap == 500)
            #expect(ticket.heldOutput == 500)
            #expect(ticket.targets == [LedgerHouse.search])
            #expect(ticket.prices["offline/search"]?.output == 600_000)
            #expect(try await house.books(cost) == .init(used: 0, held: 450_000))
            #expect(try await house.books(tokens) == .init(used: 0, held: 1_500))
            #expect(try await house.books(requests) == .init(used: 0, held: 1))
            let receipt = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(receipt.state == .settled)
            #expect(receipt.chargeNano == 210_000)
            #expect(receipt.platformCostNano == 210_000)
            #expect(receipt.excessNano == 0)
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
            #expect(try await house.books(tokens) == .init(used: 1_100, held: 0))
            #expect(try await house.books(requests) == .init(used: 1, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a settlement that is repeated charges once`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft()))
            let settle = SettleCall(house.environment)
            let first = try await settle(ticket, house.outcome())
            let second = try await settle(ticket, house.outcome(1_000, 400))
            #expect(second == first)
            let released = try await ReleaseCall(house.environment)(ticket)
            #expect(released == first)
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
            #expect(try await house.number("SELECT count(*) AS n FROM ai_usage_log") == 1)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `what was certainly not billed is given back`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let requests = try await house.budget(.requests, hard: 1)
            let ticket = try #require(try await house.hold(house.draft(key: "k")))
            let attempt = CallAttempt(
                number: 1,
                target: LedgerHouse.search,
                outcome: .failed,
                billing: .no,
                failure: .unreachable
            )
            let receipt = try await ReleaseCall(house.environment)(
                ticket,
                failure: "provider_error",
                [attempt]
            )
            #expect(receipt.state == .released)
            #expect(receipt.platformCostNano == 0)
            #expect(try await house.books(cost) == .init(used: 0, held: 0))
            #expect(try await house.books(requests) == .init(used: 0, held: 0))
            // The key is free again, and so is the only request.
            #expect(try await house.hold(house.draft(key: "k")) != nil)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `the same draft twice is one hold`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let draft = house.draft()
            let first = try #require(try await house.hold(draft))
            let second = try #require(try await house.hold(draft))
            #expect(second == first)
            #expect(try await house.books(tokens).held == 1_500)
        }
    }

    @Test func `a repeated hold has the targets and prices of the first, whatever came since`()
        async throws
    {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            let draft = house.draft([LedgerHouse.search, LedgerHouse.writer])
            let first = try #require(try await house.hold(draft))
            try await house.admin(
                """
                INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                    cached_pico, cache_write_pico, reasoning_pico)
                VALUES ('offline/search', clock_timestamp() - interval '1 hour', 9000000, 9000000,
                    0, 0, 0)
                """
            )
            try await house.admin(
                "UPDATE ai_models SET status = 'disabled' WHERE id = 'offline/writer'"
            )
            #expect(try await house.hold(draft) == first)
            // A price of before the hold that was published behind it charges nobody.
            let receipt = try await SettleCall(house.environment)(first, house.outcome())
            #expect(receipt.chargeNano == 210_000)
            #expect(receipt.excessNano == 0)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `visitors of one address share what the day has, whoever comes first`()
        async throws
    {
        try await LedgerHouse.with { house in
            try await house.admin("UPDATE tenant_directory SET storefront_enabled = true")
            let held = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    var draft = house.draft(input: 100, output: 100)
                    draft.principal = .visitor(
                        tenant: house.tenant.id,
                        visitor: "visitor-\(number % 4)"
                    )
                    draft.channel = .public
                    draft.visit = VisitBounds(
                        client: "somewhere",
                        visitorTokens: 10_000,
                        clientTokens: 1_099
                    )
                    group.addTask { [draft] in try await house.hold(draft) != nil }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(held == 5)
        }
    }

    @Test func `a repeated idempotency key gets the answer, or waits, or is refused`()
        async throws
    {
        try await LedgerHouse.with { house in
            let reserve = ReserveCall(house.environment)
            let ticket = try #require(try await house.hold(house.draft(key: "k")))
            let running = await #expect(throws: DomainError.self) {
                try await reserve(house.draft(key: "k"))
            }
            #expect(running?.code == .requestInProgress)
            let reply = StoredReply(status: 200, body: Array("{}".utf8))
            _ = try await SettleCall(house.environment)(ticket, house.outcome(reply: reply))
            guard case .repeated(let call) = try await reserve(house.draft(key: "k")) else {
                Issue.record("the call was made again")
                return
            }
            #expect(call.id == ticket.id)
            #expect(call.reply == reply)
            #expect(call.tokensIn == 1_000)
            let other = await #expect(throws: DomainError.self) {
                try await reserve(house.draft(key: "k", fingerprint: [2]))
            }
            #expect(other?.code == .idempotencyKeyReused)
            // Another person has keys of their own.
            let member = try await house.fixture.makeMember(
                "m@acme.test",
                role: .member,
                in: house.tenant
            )
            #expect(try await house.hold(house.draft(key: "k", by: member)) != nil)
        }
    }

    @Test func `a repeat without a key is a call of its own, and both are held`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 3_000)
            let first = try #require(try await house.hold(house.draft()))
            let second = try #require(try await house.hold(house.draft()))
            #expect(first.id != second.id)
            #expect(try await house.books(tokens) == .init(used: 0, held: 3_000))
            #expect(try await house.hold(house.draft()) == nil)
        }
    }

    @Test(arguments: [-60, 60])
    func `moments and periods are the database's, whatever the clock of the process says`(
        jump: Int64
    ) async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000, period: .day)
            let own = house.environment.database
            let database = Database(
                writer: own.writer,
                reader: own.reader,
                signer: own.signer,
                clock: SystemClock { own.clock.now().advanced(by: .seconds(jump)) }
            )
            let environment = house.environment.with(database)
            let begin = try await house.number(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS n"
            )
            guard case .held(let ticket) = try await ReserveCall(environment)(house.draft()) else {
                Issue.record("nothing was held")
                return
            }
            _ = try await SettleCall(environment)(ticket, house.outcome())
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM ai_requests AS r
                    JOIN ai_budget_periods AS p ON p.budget_id = \(cost.uuid)
                    WHERE extract(epoch FROM r.reserved_at) * 1000000 >= \(begin)
                      AND r.ended_at BETWEEN r.reserved_at AND statement_timestamp()
                      AND p.period_start
                        = date_trunc('day', r.reserved_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                    """
                ) == 1
            )
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
        }
    }

    @Test func `one of several callers with one key gets through`() async throws {
        try await LedgerHouse.with { house in
            let requests = try await house.budget(.requests, hard: 100)
            let codes = try await withThrowingTaskGroup(of: DomainError.Code?.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        do {
                            _ = try await house.reserve(house.draft(key: "k"))
                            return nil
                        } catch let error as DomainError {
                            return error.code
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .requestInProgress }.count == 15)
            #expect(try await house.books(requests).held == 1)
        }
    }

    @Test func `a member who is suspended in the middle leaves no hold behind`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let member = try await house.fixture.makeMember(
                "m@acme.test",
                role: .member,
                in: house.tenant
            )
            let ticket = try #require(try await house.hold(house.draft(by: member)))
            try await house.admin(
                """
                UPDATE memberships SET status = 'suspended'
                WHERE user_id = \(member.caller.user.uuid)
                """
            )
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(try await house.books(tokens) == .init(used: 1_100, held: 0))
            let refused = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft(by: member))
            }
            #expect(refused?.kind == .forbidden)
        }
    }

    @Test func `the end of a call is written down when whoever asked has gone`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft()))
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            let caller = Task {
                for await _ in gate {}
                return try await SettleCall(house.environment)(ticket, house.outcome())
            }
            caller.cancel()
            open.finish()
            #expect(try await caller.value.state == .settled)
            #expect(try await house.books(tokens) == .init(used: 1_100, held: 0))
        }
    }
}
