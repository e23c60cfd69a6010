package import Domain
import Postgres

/// The alerts of the context's tenant.
package struct AlertLedger {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// Raises the alerts that no charge raised: those of limits that were edited.
    package func raiseMissing() throws {
        let tenant = try scope.tenant
        _ = try scope.query(
            """
            INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard)
            SELECT p.tenant_id, p.budget_id, p.period_start, t.share, p.used, b.hard
            FROM ai_budgets AS b
            JOIN ai_budget_periods AS p ON p.tenant_id = \(tenant) AND p.budget_id = b.id
                AND p.period_start = date_trunc(b.period, clock_timestamp() AT TIME ZONE 'UTC')
                    AT TIME ZONE 'UTC'
            CROSS JOIN LATERAL unnest(
                CASE WHEN b.soft > 0 THEN b.thresholds || 0 ELSE b.thresholds END) AS t (share)
            WHERE b.tenant_id = \(tenant) AND b.enabled AND b.hard > 0 AND p.used > 0
              AND CASE t.share WHEN 0 THEN p.used >= b.soft
                  ELSE p.used::numeric * 100 >= b.hard::numeric * t.share END
            ON CONFLICT ON CONSTRAINT ai_alerts_pkey DO NOTHING
            """
        )
    }

    /// Takes the alerts that nobody was told of; each is taken once.
    package func takeUntold() throws -> [BudgetAlert] {
        let tenant = try scope.tenant
        return try scope.query(
            """
            UPDATE ai_alerts AS a
            SET notified_at = clock_timestamp()
            FROM ai_budgets AS b
            WHERE a.tenant_id = \(tenant) AND a.notified_at IS NULL
              AND b.tenant_id = \(tenant) AND b.id = a.budget_id
            RETURNING a.budget_id, a.period_start, a.threshold, a.used, a.hard, b.scope_kind,
                b.metric
            """
        ).map(BudgetAlert.init)
    }

    /// Who is told of budgets: active owners and admins.
    package struct Reader: Hashable, Sendable {
        package let name: String
        package let email: String
        package let language: Mail.Language
    }

    package func readers() throws -> [Reader] {
        try scope.query(
            """
            SELECT u.display_name, u.email, u.locale
            FROM memberships AS m
            JOIN users AS u ON u.id = m.user_id AND u.status = 'active'
            WHERE m.tenant_id = \(scope.tenant) AND m.status = 'active'
              AND m.role_key IN ('owner', 'admin')
            ORDER BY m.user_id
            """
        ).map { row in
            Reader(
                name: try row.decode("display_name"),
                email: try row.decode("email"),
                language: Mail.Language(rawValue: try row.decode("locale")) ?? .english
            )
        }
    }

    /// What the tenant is called.
    package func workspace() throws -> String {
        try scope.query("SELECT t.name FROM tenants AS t WHERE t.id = \(scope.tenant)")
            .first?.decode("name") ?? ""
    }
}

extension BudgetAlert {
    fileprivate init(_ row: Row) throws {
        self.init(
            budget: try row.decode("budget_id"),
            periodStart: try row.decode("period_start"),
            threshold: Int(try row.decode("threshold", as: Int32.self)),
            used: try row.decode("used"),
            hard: try row.decode("hard"),
            scope: try row.decode("scope_kind", raw: Budget.Scope.self),
            metric: try row.decode("metric", raw: Budget.Metric.self)
        )
    }
}
