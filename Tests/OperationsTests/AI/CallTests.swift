import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite struct CallTests {
    @Test func `calls are listed by page and filter, the newest first`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let old = try await fixture.plantCall(of: acme.owner, at: 1)
            let middle = try await fixture.plantCall(of: acme.owner, at: 2, state: .inFlight)
            let new = try await fixture.plantCall(of: acme.owner, at: 3, model: "offline/writer")
            let list = ListCalls(fixture.environment)
            let first = try await list(page: PageRequest(limit: 2), by: acme.owner)
            #expect(first.items.map(\.id) == [new, middle])
            let rest = try await list(
                page: PageRequest(limit: 2, after: first.next),
                by: acme.owner
            )
            #expect(rest.items.map(\.id) == [old])
            #expect(rest.next == nil)
            for (filter, expected) in [
                (AICallFilter(state: .inFlight), [middle]),
                (AICallFilter(model: "offline/writer"), [new]),
                (AICallFilter(user: acme.owner.caller.user, channel: .api), [new, middle, old]),
                (AICallFilter(channel: .public), []), (AICallFilter(purpose: "other"), []),
                (AICallFilter(to: Instant(seconds: 0)), []),
            ] as [(AICallFilter, [AICallID])] {
                let page = try await list(filter, page: PageRequest(), by: acme.owner)
                #expect(page.items.map(\.id) == expected)
            }
            let invalid = await #expect(throws: DomainError.self) {
                try await list(
                    page: PageRequest(after: PagePosition(["x", "y"])),
                    by: acme.owner
                )
            }
            #expect(invalid?.code == .cursorInvalid)
        }
    }

    @Test func `a call is explained by its tries, price and holds`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let id = try await fixture.plantCall(of: acme.owner)
            let budget = try await fixture.makeBudget(.cost, hard: 100, in: acme)
            try await fixture.plantPeriod(budget, used: 7, held: 0, in: acme)
            let start = Timestamp(microseconds: budget.use.periodStart.microseconds)
            _ = try await fixture.migrated.admin(
                """
                INSERT INTO ai_holds (tenant_id, request_id, budget_id, period_start, amount,
                    charged)
                VALUES (\(acme.id.uuid), \(id.uuid), \(budget.id.uuid), \(start), 0, 7)
                """
            )
            let call = try await ExplainCall(fixture.environment)(id, by: acme.owner)
            #expect(call.record.usage == TokenUsage(input: 8, output: 5))
            #expect(call.record.money.charge == 7_000)
            #expect(call.attempts.map(\.outcome) == ["answered"])
            #expect(call.holds.map(\.charged) == [7])
            #expect(call.holds.map(\.metric) == [.cost])
            #expect(call.price?.input == 150_000)
            #expect(call.output.asked == 20)
        }
    }

    @Test func `a member sees and cancels only calls of their own`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let owners = try await fixture.plantCall(of: acme.owner, state: .inFlight)
            let own = try await fixture.plantCall(of: member, state: .inFlight)
            let environment = fixture.environment
            let listed = try await ListCalls(environment)(page: PageRequest(), by: member)
            #expect(listed.items.map(\.id) == [own])
            #expect(try await ExplainCall(environment)(own, by: member).record.id == own)
            let hidden = await #expect(throws: DomainError.self) {
                try await ExplainCall(environment)(owners, by: member)
            }
            #expect(hidden?.code == .notFound)
            let denied = await #expect(throws: DomainError.self) {
                try await CancelCall(environment)(owners, by: member)
            }
            #expect(denied?.code == .permissionDenied)
            #expect(try await CancelCall(environment)(own, by: member).times.cancelRequested != nil)
            #expect(try await CancelCall(environment)(owners, by: acme.owner).id == owners)
            _ = try await CancelCall(environment)(owners, by: acme.owner)
            #expect(
                try await fixture.actions(of: acme, "ai.call")
                    == ["ai.call_cancel_requested", "ai.call_cancel_requested"]
            )
        }
    }

    @Test func `a call that has ended or is nobody's cannot be cancelled`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let ended = try await fixture.plantCall(of: acme.owner)
            let cancel = CancelCall(fixture.environment)
            let late = await #expect(throws: DomainError.self) {
                try await cancel(ended, by: acme.owner)
            }
            #expect(late?.code == .invalidTransition)
            let missing = await #expect(throws: DomainError.self) {
                try await cancel(AICallID(UUID()), by: acme.owner)
            }
            #expect(missing?.code == .notFound)
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            let denied = await #expect(throws: DomainError.self) {
                try await cancel(ended, by: viewer)
            }
            #expect(denied?.code == .permissionDenied)
        }
    }

    @Test func `the log is read in parts, whole and only once`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            _ = try await fixture.migrated.admin(
                """
                INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model,
                    purpose, channel, user_id, tokens_in, tenant_charge_nano, created_at)
                SELECT \(acme.id.uuid), gen_random_uuid(), 1, '2026-02-01', 'usage', 'm', 'p',
                    'api', CASE WHEN n % 500 = 0 THEN \(member.caller.user.uuid)
                        ELSE \(acme.owner.caller.user.uuid) END, n, n,
                    '2026-02-03T00:00:00Z'::timestamptz + n / 7 * interval '1 second'
                FROM generate_series(1, 1500) AS n
                """
            )
            let export = ExportUsage(fixture.environment)
            let from = try #require(Instant(rfc3339: "2026-02-01"))
            let end = try #require(Instant(rfc3339: "2026-03-01"))
            let first = try await export(from: from, to: end, by: acme.owner)
            #expect(first.entries.count == 1_000)
            let rest = try await export(from: from, to: end, after: first.next, by: acme.owner)
            #expect(rest.next == nil)
            let tokens = (first.entries + rest.entries).map(\.usage.read)
            #expect(tokens.count == 1_500)
            #expect(Set(tokens).count == 1_500)
            let own = try await export(from: from, to: end, by: member)
            #expect(Set(own.entries.map(\.usage.read)) == [500, 1_000, 1_500])
            let backwards = await #expect(throws: DomainError.self) {
                try await export(from: end, to: from, by: acme.owner)
            }
            #expect(backwards?.code == .validationError)
        }
    }
}
