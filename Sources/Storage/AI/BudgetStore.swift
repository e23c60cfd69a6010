package import Domain
package import Postgres

/// Budgets and use of AI in the context's tenant.
package enum BudgetStore {
    /// All budgets with what the running period took; of one person only, when there is one.
    package static func list(of person: UserID?, in tenant: TenantID) -> SQL {
        let current: SQL = """
            date_trunc(b.period, statement_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            """
        var statement: SQL = """
            SELECT b.id, b.scope_kind, b.scope_id, b.metric, b.period, b.soft, b.hard,
                b.overage_allowance, b.enabled, \(current) AS period_start,
                coalesce(p.used, 0) AS used, coalesce(p.held, 0) AS held
            FROM ai_budgets AS b
            LEFT JOIN ai_budget_periods AS p
                ON p.tenant_id = \(tenant) AND p.budget_id = b.id AND p.period_start = \(current)
            WHERE b.tenant_id = \(tenant)
            """
        if let person {
            statement += " AND b.scope_kind = 'user' AND b.scope_id = \(person.description)"
        }
        return statement + " ORDER BY b.scope_kind, b.scope_id, b.metric, b.period"
    }
}

extension Budget {
    /// Reads a row of `BudgetStore.list`.
    package init(_ row: Row) throws {
        self.init(
            id: try row.decode("id"),
            scope: try row.decode("scope_kind", raw: Budget.Scope.self),
            scopeID: try row.decode("scope_id"),
            metric: try row.decode("metric", raw: Budget.Metric.self),
            period: try row.decode("period", raw: Budget.Period.self),
            limits: BudgetLimits(
                soft: try row.decode("soft"),
                hard: try row.decode("hard"),
                overageAllowance: try row.decode("overage_allowance")
            ),
            enabled: try row.decode("enabled"),
            use: BudgetUse(
                periodStart: try row.decode("period_start"),
                used: try row.decode("used"),
                held: try row.decode("held")
            )
        )
    }
}
