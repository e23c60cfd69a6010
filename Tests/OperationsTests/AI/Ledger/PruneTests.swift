import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// What is forgotten of calls of long ago, and what is not.
@Suite struct PruneTests {
    @Test func `old calls are forgotten, what they were charged is not`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 100_000)
            let old = [try await house.settled(), try await house.settled()]
            let young = try await house.settled()
            _ = try await RollUpUsage(house.environment)(hours: 2)
            try await house.age(old, days: 100)
            let before = try await (house.books(cost), house.books(tokens), house.sums())
            let prune = PruneCalls(house.environment)
            #expect(try await prune(olderThanDays: 101) == 0)
            #expect(try await prune(olderThanDays: 99) == 2)
            #expect(try await prune(olderThanDays: 99) == 0)
            #expect(try await house.calls() == [young])
            for table in ["ai_attempts", "ai_holds"] {
                #expect(try await house.number(house.left(in: table)) == 0, "\(table)")
            }
            let after = try await (house.books(cost), house.books(tokens), house.sums())
            #expect(after.0 == .init(used: before.0.used, held: 0, carried: 420_000))
            #expect(after.1 == .init(used: before.1.used, held: 0, carried: 2_200))
            #expect(after.2 == before.2)
            #expect(try await house.number("SELECT count(*) AS n FROM ai_usage_log") == 3)
            #expect(try await house.differences() == [])
            #expect(try await ReconcileLedger(house.environment)(days: 31) == [])
            // A reset, and what comes behind it, do not mind what is carried.
            _ = try await house.settled()
            #expect(try await house.books(cost).used == before.0.used + 210_000)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `what is still needed stays, however old`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            let flying = try #require(try await house.hold(house.draft()))
            let repeatable = try #require(try await house.hold(house.draft(key: "k")))
            let reply = StoredReply(status: 200, body: [1])
            let settle = SettleCall(house.environment)
            _ = try await settle(repeatable, house.outcome(reply: reply))
            let holding = try await house.settled()
            try await house.admin(
                "UPDATE ai_holds SET amount = 5 WHERE request_id = \(holding.uuid)"
            )
            let prune = PruneCalls(house.environment)
            try await house.age(try await house.calls(), days: 500)
            #expect(try await prune(olderThanDays: 62) == 0)
            // The key's day is over.
            try await house.admin(
                "UPDATE ai_replies SET created_at = now() - interval '25 hours'"
            )
            try await ForgetReplies(house.environment)()
            #expect(try await prune(olderThanDays: 62) == 1)
            #expect(Set(try await house.calls()) == [flying.id, holding])
            // The difference is still there to be found.
            #expect(Set(try await house.differences().map(\.kind)) == [.hold, .stale, .held])
        }
    }

    @Test func `a legal hold keeps the calls of whom it names`() async throws {
        try await LedgerHouse.with { house in
            let member = try await house.fixture.makeMember(
                "m@acme.test",
                role: .member,
                in: house.tenant
            )
            let own = try await house.settled(by: member)
            let other = try await house.settled()
            try await house.age([own, other], days: 100)
            let place = PlaceLegalHold(house.environment)
            let owner = house.tenant.owner
            let everybody = try await place(on: nil, reason: "A court asks.", by: owner)
            let one = try await place(on: member.caller.user, reason: "A court asks.", by: owner)
            let prune = PruneCalls(house.environment)
            #expect(try await prune(olderThanDays: 62) == 0)
            let release = ReleaseLegalHold(house.environment)
            try await release(everybody.id, by: owner)
            #expect(try await prune(olderThanDays: 62) == 1)
            #expect(try await house.calls() == [own])
            try await release(one.id, by: owner)
            #expect(try await prune(olderThanDays: 62) == 1)
            #expect(try await house.calls() == [])
        }
    }

    @Test func `batches go on until nothing is left, tenant by tenant`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 100_000_000)
            var calls: [AICallID] = []
            for _ in 1...5 { calls.append(try await house.settled()) }
            try await house.age(calls, days: 70)
            #expect(try await PruneCalls(house.environment)(olderThanDays: 62, batch: 2) == 5)
            #expect(
                try await house.books(cost)
                    == .init(used: 5 * 210_000, held: 0, carried: 5 * 210_000)
            )
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a call that ends while its past is forgotten is counted once`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 1_000_000_000)
            for _ in 1...10 {
                let ticket = try #require(try await house.hold(house.draft()))
                try await house.loseCalls()
                #expect(try await SweepCalls(house.environment)() == 1)
                try await house.age([ticket.id], days: 100)
                async let late = SettleCall(house.environment)(ticket, house.outcome())
                async let forgotten = PruneCalls(house.environment)(olderThanDays: 62)
                // Whoever was first: a call that is gone has its estimate for good.
                _ = try? await late
                _ = try await forgotten
                #expect(try await house.differences() == [])
            }
            _ = try await PruneCalls(house.environment)(olderThanDays: 62)
            #expect(try await house.calls() == [])
            let books = try await house.books(cost)
            #expect(books.used == books.carried)
            let logged: SQL = "SELECT sum(tenant_charge_nano)::bigint AS n FROM ai_usage_log"
            #expect(try await house.number(logged) == books.used)
        }
    }

    @Test func `nothing of the last 62 days is forgotten, whatever is asked`() async throws {
        try await LedgerHouse.with { house in
            let call = try await house.settled()
            try await house.age([call], days: 61)
            for days in [61, 0, -1, 36_501] {
                let error = await #expect(throws: DomainError.self) {
                    try await PruneCalls(house.environment)(olderThanDays: days)
                }
                #expect(error?.code == .validationError)
            }
            let tenant = house.tenant.id
            let database = house.environment.database
            let forgotten = try await database.system(reason: .aiGateway, tenant: tenant) { scope in
                try scope.query(LedgerUpkeep.prune(days: 0, most: 10))[0]
                    .decode("written", as: Int64.self)
            }
            #expect(forgotten == 0)
            #expect(try await house.calls() == [call])
        }
    }
}

extension LedgerHouse {
    /// A call that has ended and was charged 210,000 nano-USD and 1,100 tokens.
    fileprivate func settled(by caller: TenantCaller? = nil) async throws -> AICallID {
        let ticket = try #require(try await hold(draft(by: caller)))
        _ = try await SettleCall(environment)(ticket, outcome())
        return ticket.id
    }

    /// Moves the beginning of calls into the past.
    fileprivate func age(_ calls: [AICallID], days: Int64) async throws {
        try await admin(
            """
            UPDATE ai_requests SET reserved_at = now() - \(days) * interval '1 day'
            WHERE id = ANY (\(calls.map(\.uuid)))
            """
        )
    }

    fileprivate func calls() async throws -> [AICallID] {
        try await fixture.migrated.admin("SELECT id FROM ai_requests ORDER BY id")
            .map { try $0.decode("id") }
    }

    /// Rows that belong to a call which is gone.
    fileprivate func left(in table: String) -> SQL {
        table == "ai_holds"
            ? """
            SELECT count(*) AS n FROM ai_holds AS x
            WHERE NOT EXISTS (SELECT FROM ai_requests AS r WHERE r.id = x.request_id)
            """
            : """
            SELECT count(*) AS n FROM ai_attempts AS x
            WHERE NOT EXISTS (SELECT FROM ai_requests AS r WHERE r.id = x.request_id)
            """
    }

    /// One number of all that is summed by hour.
    fileprivate func sums() async throws -> Int64 {
        try await number(
            """
            SELECT coalesce(sum(requests * 1000000000 + tenant_charge_nano), 0)::bigint AS n
            FROM ai_usage_hourly
            """
        )
    }
}
