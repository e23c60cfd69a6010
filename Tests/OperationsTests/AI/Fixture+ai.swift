import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres

extension Fixture {
    @discardableResult
    func makeBudget(
        _ metric: Budget.Metric,
        hard: Int64,
        scope: Budget.Scope = .tenant,
        of holder: String = "",
        in tenant: TestTenant
    ) async throws -> Budget {
        let new = try NewBudget(
            scope: scope,
            scopeID: holder,
            metric: metric,
            period: .day,
            limits: BudgetLimits(soft: nil, hard: hard, overageAllowance: 0)
        )
        return try await CreateBudget(environment)(new, by: tenant.owner)
    }

    /// The running period of a budget, as if calls had been charged.
    func plantPeriod(
        _ budget: Budget,
        used: Int64,
        held: Int64,
        in tenant: TestTenant
    ) async throws {
        _ = try await migrated.admin(
            """
            INSERT INTO ai_budget_periods
                (tenant_id, budget_id, period_start, hard_snapshot, used, held, carried)
            VALUES (\(tenant.id.uuid), \(budget.id.uuid),
                \(Timestamp(microseconds: budget.use.periodStart.microseconds)),
                \(budget.limits.hard), \(used), \(held), \(used))
            """
        )
    }

    func plantAlert(_ budget: Budget, _ threshold: Int, in tenant: TestTenant) async throws {
        _ = try await migrated.admin(
            """
            INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard)
            VALUES (\(tenant.id.uuid), \(budget.id.uuid),
                \(Timestamp(microseconds: budget.use.periodStart.microseconds)),
                \(Int32(threshold)), 90, 100)
            """
        )
    }

    /// A call as the ledger writes one, with a try, and a line in the log when it has ended.
    @discardableResult
    func plantCall(
        of caller: TenantCaller,
        at seconds: Int64 = 0,
        state: AICall.State = .settled,
        model: String = "offline/search"
    ) async throws -> AICallID {
        let id = AICallID(UUID())
        let ended: Int64? = state == .inFlight ? nil : seconds
        _ = try await migrated.admin(
            """
            INSERT INTO ai_requests (tenant_id, id, principal, user_id, channel, purpose, state,
                targets, model, input_tokens, asked_output, output_cap, held_output, slice,
                tokens_in, tokens_out, charge_nano, price_version, node_id, reserved_at,
                expires_at, ended_at)
            VALUES (\(caller.tenant.uuid), \(id.uuid), 'member', \(caller.caller.user.uuid),
                'api', 'answer', \(state.rawValue), ARRAY[\(model)], \(model), 10, 20, 20, 20,
                20, 8, 5, 7000, '2025-01-01T00:00:00Z', gen_random_uuid(),
                now() - interval '1 hour' + \(seconds) * interval '1 second',
                now() + interval '1 hour', now() + \(ended) * interval '1 second')
            """
        )
        _ = try await migrated.admin(
            """
            INSERT INTO ai_attempts (tenant_id, request_id, n, provider, model, sent, outcome)
            VALUES (\(caller.tenant.uuid), \(id.uuid), 1, 'offline', \(model), true, 'answered')
            """
        )
        return id
    }

    /// The actions in a tenant's trail that begin so, in their order.
    func actions(of tenant: TestTenant, _ prefix: String) async throws -> [String] {
        try await migrated.admin(
            """
            SELECT e.action FROM audit_events AS e
            WHERE e.tenant_id = \(tenant.id.uuid) AND starts_with(e.action, \(prefix))
            ORDER BY e.seq
            """
        ).map { try $0.decode("action", as: String.self) }
    }

    /// The actions in the platform's trail that begin so, in their order.
    func platformActions(_ prefix: String) async throws -> [String] {
        try await migrated.admin(
            """
            SELECT e.action FROM platform_audit_events AS e
            WHERE starts_with(e.action, \(prefix)) ORDER BY e.seq
            """
        ).map { try $0.decode("action", as: String.self) }
    }
}
