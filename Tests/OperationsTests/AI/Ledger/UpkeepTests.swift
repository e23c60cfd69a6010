import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage
import Testing

/// What happens behind the calls: lost ones, alerts, sums, reconciliation.
@Suite(.withinOneDay) struct UpkeepTests {
    @Test func `a lost call is charged for its input and what was streamed`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            _ = try await ExtendHold(house.environment)(ticket, streamed: 800)
            #expect(try await SweepCalls(house.environment)() == 0)
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await SweepCalls(house.environment)() == 0)
            let charge: Int64 = 150_000 + 800 * 600
            #expect(try await house.books(cost) == .init(used: charge, held: 0))
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM ai_usage_log AS u
                    JOIN ai_attempts AS a ON a.request_id = u.request_id
                    WHERE u.kind = 'expired' AND u.estimated AND a.billable = 'unknown'
                    """
                ) == 1
            )
            #expect(try await house.differences() == [])
        }
    }

    @Test(arguments: [(100, 210_000), (2_000, 1_350_000)] as [(Int64, Int64)])
    func `a call that ends after all is put right once`(
        written: Int64,
        charge: Int64
    ) async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let requests = try await house.budget(.requests, hard: 1)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            _ = try await ExtendHold(house.environment)(ticket, streamed: 800)
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            let settle = SettleCall(house.environment)
            let receipt = try await settle(ticket, house.outcome(1_000, written))
            #expect(receipt.state == .settledLate)
            #expect(receipt.chargeNano == charge)
            #expect(try await settle(ticket, house.outcome(1_000, 5)) == receipt)
            #expect(try await house.books(cost) == .init(used: charge, held: 0))
            #expect(try await house.books(tokens) == .init(used: 1_000 + written, held: 0))
            #expect(try await house.books(requests) == .init(used: 1, held: 0))
            #expect(
                try await house.number("SELECT sum(tokens_out)::bigint AS n FROM ai_usage_log")
                    == written
            )
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a late end takes no more than the room that is left`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 3_000)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await house.books(tokens) == .init(used: 1_000, held: 0))
            _ = try #require(try await house.hold(house.draft()))
            _ = try await SettleCall(house.environment)(ticket, house.outcome(1_000, 900))
            #expect(try await house.books(tokens) == .init(used: 1_500, held: 1_500, overage: 400))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a late release gives everything back, after a reset too`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 3_000)
            let ticket = try #require(try await house.hold(house.draft()))
            try await house.loseCalls()
            #expect(try await SweepCalls(house.environment)() == 1)
            try await house.admin(
                "UPDATE ai_budget_periods SET used = 0, carried = carried - used"
            )
            let receipt = try await ReleaseCall(house.environment)(ticket)
            #expect(receipt.state == .settledLate)
            #expect(receipt.chargeNano == 0)
            #expect(try await house.books(tokens) == .init(used: 0, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `calls that nobody has in hand run out, though the process lives`() async throws {
        try await LedgerHouse.with { house in
            _ = try #require(try await house.hold(house.draft()))
            let lost = try #require(try await house.hold(house.draft()))
            house.environment.calls.drop(lost.id)
            try await house.loseCalls()
            try await BeatHeart(house.environment)()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM ai_requests
                    WHERE state = 'expired' AND id = \(lost.id.uuid)
                    """
                ) == 1
            )
        }
    }

    @Test func `an end that the database would not take is written down later`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft()))
            let away = house.environment.with(try await house.closedDatabase())
            let error = await #expect(throws: DomainError.self) {
                try await SettleCall(away)(ticket, house.outcome())
            }
            #expect(error?.kind == .unavailable)
            #expect(house.environment.calls.ids == [ticket.id])
            await #expect(throws: DomainError.self) { try await BeatHeart(away)() }
            #expect(house.environment.calls.ids == [ticket.id])
            try await house.loseCalls()
            try await BeatHeart(house.environment)()
            #expect(house.environment.calls.ids == [])
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a call that cannot be ended keeps no other waiting`() async throws {
        try await LedgerHouse.with { house in
            let tickets = [
                try #require(try await house.hold(house.draft())),
                try #require(try await house.hold(house.draft())),
            ]
            try await house.loseCalls()
            // The entry that would be written of the first is there already.
            try await house.admin(
                """
                INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model,
                    purpose, channel, created_at)
                VALUES (\(house.tenant.id.uuid), \(tickets[0].id.uuid), 1,
                    date_trunc('month', now() AT TIME ZONE 'UTC')::date, 'usage',
                    'offline/search', 'answer', 'api', now())
                """
            )
            var failures = 0
            let ended = try await SweepCalls(house.environment)(onFailure: { _ in failures += 1 })
            #expect(ended == 1)
            #expect(failures == 1)
        }
    }

    @Test func `a call that was kept alive meanwhile is not ended by the sweeper`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft()))
            let settle: SQL = """
                SELECT s.outcome FROM app.ai_settle(\(house.tenant.id.uuid), \(ticket.id.uuid),
                    'expired', NULL, 0, 0, 0, 0, 0, true, NULL, 'expired', NULL, NULL, NULL) AS s
                """
            let outcome = try await house.environment.database.system(
                reason: .aiGateway,
                tenant: house.tenant.id
            ) { try $0.query(settle)[0].decode("outcome", as: String.self) }
            #expect(outcome == "in_flight")
            #expect(
                try await house.number(
                    "SELECT count(*) AS n FROM ai_requests WHERE state = 'in_flight'"
                ) == 1
            )
        }
    }

    @Test func `a process that is alive keeps its calls, for an hour at most`() async throws {
        try await LedgerHouse.with { house in
            _ = try #require(try await house.hold(house.draft()))
            try await house.loseCalls()
            try await BeatHeart(house.environment)()
            #expect(try await SweepCalls(house.environment)() == 0)
            try await house.loseCalls()
            try await house.admin(
                "UPDATE ai_requests SET reserved_at = reserved_at - interval '61 minutes'"
            )
            try await BeatHeart(house.environment)()
            #expect(try await SweepCalls(house.environment)() == 1)
            #expect(try await house.number("SELECT count(*) AS n FROM ai_nodes") == 1)
        }
    }

    @Test func `a call ends in the period of its hold, and the next one starts clean`()
        async throws
    {
        try await LedgerHouse.with { house in
            let budget = try await house.budget(.requests, hard: 1, period: .day)
            let ticket = try #require(try await house.hold(house.draft()))
            #expect(try await house.hold(house.draft()) == nil)
            // The day of the hold becomes yesterday.
            try await house.admin(
                """
                WITH moved AS (
                    INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start,
                        hard_snapshot, held)
                    SELECT tenant_id, budget_id, period_start - interval '1 day', hard_snapshot,
                        held
                    FROM ai_budget_periods
                )
                UPDATE ai_budget_periods SET held = 0
                """
            )
            try await house.admin(
                "UPDATE ai_holds SET period_start = period_start - interval '1 day'"
            )
            #expect(try await house.hold(house.draft()) != nil)
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(
                try await house.number(
                    """
                    SELECT sum(CASE WHEN period_start < now() - interval '1 day'
                        THEN used * 100 + held * 10 ELSE used * 2 + held END)::bigint AS n
                    FROM ai_budget_periods WHERE budget_id = \(budget.uuid)
                    """
                ) == 101
            )
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a budget lowered below its use lets running calls end`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft()))
            try await house.admin("UPDATE ai_budgets SET hard = 10 WHERE enabled")
            #expect(try await house.hold(house.draft()) == nil)
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(try await house.books(tokens) == .init(used: 1_100, held: 0))
        }
    }

    @Test func `each share of a limit is told once`() async throws {
        try await LedgerHouse.with { house in
            let budget = try await house.budget(
                .tokens,
                hard: 2_200,
                soft: 1_100,
                thresholds: [50, 90, 100]
            )
            let tell = TellAlerts(house.environment)
            for _ in 1...2 {
                let ticket = try #require(try await house.hold(house.draft(output: 100)))
                _ = try await SettleCall(house.environment)(ticket, house.outcome())
                #expect(try await tell() == 2)
                #expect(try await tell() == 0)
            }
            let shares = try await house.number(
                """
                SELECT sum(threshold)::bigint AS n FROM ai_alerts
                WHERE budget_id = \(budget.uuid) AND notified_at IS NOT NULL
                """
            )
            #expect(shares == 50 + 90 + 100)
            // The owner was told of each by mail, with the event and as often.
            let mails = try await house.fixture.mails().filter { $0.template == "budget_alert" }
            #expect(mails.count == 4)
            #expect(Set(mails.map(\.recipient)) == ["owner@acme.test"])
            #expect(Set(mails.compactMap { $0.values["percent"] }) == ["50", "90", "100"])
            #expect(mails.filter { $0.values["percent"] == nil }.count == 1)
            #expect(mails.allSatisfy { $0.values["workspace"] == "Tenant acme" })
            #expect(
                try await house.number(
                    "SELECT count(*) AS n FROM tenant_events WHERE event = 'ai.budget.reached'"
                ) == 4
            )
        }
    }

    @Test func `a limit that is lowered to below its use is told of`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.tokens, hard: 100_000)
            let ticket = try #require(try await house.hold(house.draft()))
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            let tell = TellAlerts(house.environment)
            #expect(try await tell() == 0)
            try await house.admin("UPDATE ai_budgets SET hard = 1200 WHERE enabled")
            #expect(try await tell() == 1)
            try await house.admin("UPDATE ai_budgets SET hard = 1300 WHERE enabled")
            #expect(try await tell() == 0)
        }
    }

    @Test func `hourly sums are those of the log`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.requests, hard: 3)
            for _ in 1...4 {
                guard let ticket = try await house.hold(house.draft()) else { continue }
                _ = try await SettleCall(house.environment)(ticket, house.outcome())
            }
            #expect(try await RollUpUsage(house.environment)(hours: 2) > 0)
            #expect(try await RollUpUsage(house.environment)(hours: 2) == 0)
            #expect(
                try await house.number(
                    """
                    SELECT sum(requests * 100 + rejected * 10)::bigint
                        + sum(tenant_charge_nano)::bigint AS n FROM ai_usage_hourly
                    """
                ) == 310 + 3 * 210_000
            )
        }
    }

    @Test func `a reply is forgotten with its key after a day`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft(key: "k")))
            let reply = StoredReply(status: 200, body: [1])
            _ = try await SettleCall(house.environment)(ticket, house.outcome(reply: reply))
            try await ForgetReplies(house.environment)()
            #expect(try await house.number("SELECT count(*) AS n FROM ai_replies") == 1)
            try await house.admin(
                "UPDATE ai_replies SET created_at = now() - interval '25 hours'"
            )
            try await ForgetReplies(house.environment)()
            #expect(try await house.number("SELECT count(*) AS n FROM ai_replies") == 0)
            #expect(try await house.hold(house.draft(key: "k", fingerprint: [9])) != nil)
        }
    }

    @Test func `every difference in the books is named`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            let done = try #require(try await house.hold(house.draft()))
            _ = try await SettleCall(house.environment)(done, house.outcome())
            let open = try #require(try await house.hold(house.draft()))
            #expect(try await house.differences() == [])
            let id = done.id.uuid
            try await house.admin("UPDATE ai_budget_periods SET held = held + 7, used = used - 9")
            var found = try await house.differences()
            #expect(Set(found.map(\.kind)) == [.held, .used])
            let held = try #require(found.first { $0.kind == .held })
            #expect(held.found - held.expected == 7)
            try await house.admin("UPDATE ai_budget_periods SET held = held - 7, used = used + 9")
            try await house.admin(
                "UPDATE ai_requests SET charge_nano = charge_nano + 1 WHERE id = \(id)"
            )
            found = try await house.differences()
            #expect(Set(found.map(\.kind)) == [.charge, .usage])
            #expect(Set(found.map(\.request)) == [done.id])
            try await house.admin(
                "UPDATE ai_requests SET charge_nano = charge_nano - 1 WHERE id = \(id)"
            )
            try await house.admin(
                """
                UPDATE ai_requests SET reserved_at = reserved_at - interval '2 hours'
                WHERE state = 'in_flight'
                """
            )
            #expect(try await house.differences().map(\.request) == [open.id])
            try await house.admin(
                """
                UPDATE ai_requests SET state = 'released', ended_at = now()
                WHERE state = 'in_flight'
                """
            )
            #expect(Set(try await house.differences().map(\.kind)) == [.hold, .usage])
        }
    }

    @Test func `differences are looked for from a day on, or everywhere`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            for _ in 1...2 {
                let ticket = try #require(try await house.hold(house.draft()))
                _ = try await SettleCall(house.environment)(ticket, house.outcome())
            }
            // The first was made long ago, in a period of that time.
            let old: SQL = "(SELECT id FROM ai_requests ORDER BY reserved_at LIMIT 1)"
            try await house.admin(
                """
                INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot,
                    used)
                SELECT h.tenant_id, h.budget_id, h.period_start - interval '4 months', 1, h.charged
                FROM ai_holds AS h WHERE h.request_id = \(old)
                """
            )
            try await house.admin(
                """
                UPDATE ai_budget_periods AS p SET used = p.used / 2 WHERE p.hard_snapshot <> 1
                """
            )
            try await house.admin(
                """
                UPDATE ai_holds SET period_start = period_start - interval '4 months'
                WHERE request_id = \(old)
                """
            )
            try await house.admin(
                """
                UPDATE ai_usage_log SET created_at = created_at - interval '4 months'
                WHERE request_id = \(old)
                """
            )
            try await house.admin(
                """
                UPDATE ai_requests SET reserved_at = reserved_at - interval '4 months'
                WHERE id = \(old)
                """
            )
            let reconcile = ReconcileLedger(house.environment)
            #expect(try await reconcile() == [])
            #expect(try await reconcile(days: 31) == [])
            try await house.admin("UPDATE ai_requests SET charge_nano = charge_nano + 1")
            #expect(try await reconcile().count == 4)
            #expect(Set(try await reconcile(days: 31).map(\.kind)) == [.charge, .usage])
            #expect(try await reconcile(days: 31).count == 2)
            try await house.admin("UPDATE ai_requests SET charge_nano = charge_nano - 1")
            try await house.admin("UPDATE ai_budget_periods SET used = used + 1")
            #expect(try await reconcile().map(\.kind) == [.used, .used])
            #expect(try await reconcile(days: 31).count == 1)
            for days in [0, -1, 36_501] {
                await #expect(throws: DomainError.self) { try await reconcile(days: days) }
            }
        }
    }

    @Test func `only who manages the platform's AI asks for the differences`() async throws {
        try await LedgerHouse.with { house in
            let root = try await house.fixture.signIn("root@ghostworks.test", kind: .shell)
            #expect(try await ReconcileLedger(house.environment)(by: root) == [])
            let error = await #expect(throws: DomainError.self) {
                try await ReconcileLedger(house.environment)(by: house.tenant.owner.caller)
            }
            #expect(error?.kind == .forbidden)
        }
    }
}
