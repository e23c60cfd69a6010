import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite(.withinOneDay) struct UsageTests {
    @Test func `the plan's budget shows what the running month took`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let before = try await ListBudgets(fixture.environment)(by: acme.owner)
            let budget = try #require(before.first)
            #expect(before.count == 1)
            #expect(budget.scope == .tenant)
            #expect(budget.metric == .tokens)
            #expect(budget.period == .month)
            #expect(budget.limits.hard == 5_000_000)
            #expect(budget.use.used == 0)
            #expect(budget.use.periodStart.date.day == 1)
            for (start, used) in [(budget.use.periodStart, Int64(70)), (Instant(seconds: 0), 9)] {
                _ = try await fixture.migrated.admin(
                    """
                    INSERT INTO ai_budget_periods
                        (tenant_id, budget_id, period_start, hard_snapshot, used, held)
                    VALUES (\(acme.id.uuid), \(budget.id.uuid),
                        \(Timestamp(microseconds: start.microseconds)), 1, \(used), 5)
                    """
                )
            }
            let after = try await ListBudgets(fixture.environment)(by: acme.owner)
            #expect(after.map(\.use.used) == [70])
            #expect(after.map(\.use.held) == [5])
        }
    }

    @Test func `keys have names for those who may see them`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let globex = try await fixture.makeTenant("globex", by: root)
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            let owners = try await fixture.makeKey(["ai.use"], by: acme.owner).key
            let own = try await fixture.makeKey(["ai.use"], by: member).key
            _ = try await RevokeAPIKey(fixture.environment)(owners.id, by: acme.owner)
            let name = NameAPIKeys(fixture.environment)
            let ids: Set = [owners.id, own.id]
            #expect(Set(try await name(ids, by: acme.owner).keys) == ids)
            #expect(try await name(ids, by: acme.owner)[owners.id]?.prefix == owners.prefix)
            #expect(try await name(ids, by: member) == [own.id: own])
            #expect(try await name(ids, by: viewer).isEmpty)
            #expect(try await name(ids, by: globex.owner).isEmpty)
        }
    }

    @Test func `use is summed under the wanted heading`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            try await fixture.plantUse(acme, "2026-01-31T23:59:59Z", "a", nil, 1)
            try await fixture.plantUse(acme, "2026-02-01T00:00:00Z", "a", nil, 10)
            try await fixture.plantUse(acme, "2026-02-01T09:00:00Z", "b", member, 100)
            try await fixture.plantUse(acme, "2026-02-02T09:00:00Z", "b", member, 1_000)
            try await fixture.plantUse(acme, "2026-03-01T00:00:00Z", "b", member, 10_000)
            let days = try await fixture.sums(.day, by: acme.owner)
            #expect(days.map(\.key) == ["2026-02-01", "2026-02-02"])
            #expect(days.map(\.tokensIn) == [110, 1_000])
            #expect(days.map(\.requests) == [2, 1])
            let models = try await fixture.sums(.model, by: acme.owner)
            #expect(models.map(\.key) == ["b", "a"])
            #expect(models.map(\.costNano) == [11_000, 100])
            let members = try await fixture.sums(.member, by: acme.owner)
            #expect(members.map(\.key) == [member.caller.user.description, ""])
            #expect(try await fixture.sums(.purpose, by: acme.owner).map(\.tokensOut) == [2_220])
            // A member sees only their own use.
            #expect(try await fixture.sums(.day, by: member).map(\.tokensIn) == [100, 1_000])
            #expect(try await ListBudgets(fixture.environment)(by: member).isEmpty)
        }
    }

    @Test func `use is summed for each part of the time`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            try await fixture.plantUse(acme, "2026-02-01T00:10:00Z", "a", nil, 10)
            try await fixture.plantUse(acme, "2026-02-01T00:50:00Z", "b", member, 100)
            try await fixture.plantUse(acme, "2026-02-01T09:00:00Z", "b", member, 1_000)
            try await fixture.plantUse(acme, "2026-02-28T23:59:59Z", "b", member, 10_000)
            let hours = try await fixture.parts(.hour, nil, by: acme.owner)
            #expect(
                hours.map { $0.start?.rfc3339 } == [
                    "2026-02-01T00:00:00.000000Z", "2026-02-01T09:00:00.000000Z",
                    "2026-02-28T23:00:00.000000Z",
                ]
            )
            #expect(hours.map(\.tokensIn) == [110, 1_000, 10_000])
            #expect(hours.map(\.key) == ["total", "total", "total"])
            let days = try await fixture.parts(.day, .model, by: acme.owner)
            #expect(days.map(\.key) == ["b", "a", "b"])
            #expect(days.map(\.tokensIn) == [1_100, 10, 10_000])
            let months = try await fixture.parts(.month, .member, by: acme.owner)
            #expect(months.map(\.tokensIn) == [11_100, 10])
            #expect(Set(months.map { $0.start?.rfc3339 }) == ["2026-02-01T00:00:00.000000Z"])
            // A member sees only their own use.
            let own = try await fixture.parts(.day, nil, by: member)
            #expect(own.map(\.tokensIn) == [1_100, 10_000])
        }
    }

    @Test func `parts that are too many are refused`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let error = await #expect(throws: DomainError.self) {
                try await ShowUsage(fixture.environment)(
                    each: .hour,
                    grouping: nil,
                    from: Instant(seconds: 0),
                    to: Instant(seconds: 3_600 * 1_001),
                    by: acme.owner
                )
            }
            #expect(error?.code == .validationError)
            #expect(error?.message.contains("hour gives more than 1000 parts of this time") == true)
        }
    }

    /// A call whose process was lost is one, with the tokens that it is charged.
    @Test func `a lost call counts as a request`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plantUse(acme, "2026-02-01T00:10:00Z", "a", nil, 10)
            _ = try await fixture.migrated.admin("UPDATE ai_usage_log SET kind = 'expired'")
            #expect(try await fixture.sums(.day, by: acme.owner).map(\.requests) == [1])
        }
    }

    @Test(arguments: [(0, 0), (10, 5), (0, 367 * 86_400)] as [(Int64, Int64)])
    func `a time that is empty or too long is refused`(from: Int64, end: Int64) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let error = await #expect(throws: DomainError.self) {
                try await ShowUsage(fixture.environment)(
                    grouping: .day,
                    from: Instant(seconds: from),
                    to: Instant(seconds: end),
                    by: acme.owner
                )
            }
            #expect(error?.code == .validationError)
        }
    }
}

extension Fixture {
    fileprivate func sums(
        _ grouping: UsageGrouping,
        by caller: TenantCaller
    ) async throws
        -> [UsageSum]
    {
        try await ShowUsage(environment)(
            grouping: grouping,
            from: try #require(Instant(rfc3339: "2026-02-01")),
            to: try #require(Instant(rfc3339: "2026-03-01")),
            by: caller
        )
    }

    fileprivate func parts(
        _ granularity: UsageGranularity,
        _ grouping: UsageGrouping?,
        by caller: TenantCaller
    ) async throws -> [UsageSum] {
        try await ShowUsage(environment)(
            each: granularity,
            grouping: grouping,
            from: try #require(Instant(rfc3339: "2026-02-01")),
            to: try #require(Instant(rfc3339: "2026-03-01")),
            by: caller
        )
    }

    fileprivate func plantUse(
        _ tenant: TestTenant,
        _ time: String,
        _ model: String,
        _ person: TenantCaller?,
        _ tokens: Int64
    ) async throws {
        _ = try await migrated.admin(
            """
            INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
                channel, user_id, tokens_in, tokens_out, tenant_charge_nano, created_at)
            SELECT \(tenant.id.uuid), gen_random_uuid(), 1,
                date_trunc('month', t.at AT TIME ZONE 'UTC')::date, 'usage', \(model), 'answer',
                'api', \(person?.caller.user.uuid), \(tokens), \(2 * tokens), \(10 * tokens), t.at
            FROM (SELECT \(time)::text::timestamptz AS at) AS t
            """
        )
    }
}
