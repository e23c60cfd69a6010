package import Domain
package import Postgres

/// The alerts of the context's tenant; the ledger raises them.
package enum BudgetAlertStore {
    private static let selection: SQL = """
        SELECT a.budget_id, a.period_start, a.threshold, a.used, a.hard, a.raised_at,
            a.acknowledged_at, a.acknowledged_by, b.scope_kind, b.scope_id, b.metric
        FROM ai_alerts AS a
        JOIN ai_budgets AS b ON b.tenant_id = a.tenant_id AND b.id = a.budget_id
        """

    /// One page, the newest first, and one row more; only what nobody acknowledged unless told.
    package static func page(
        acknowledgedToo: Bool,
        of person: UserID?,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement = selection + " WHERE a.tenant_id = \(tenant)"
        if !acknowledgedToo { statement += " AND a.acknowledged_at IS NULL" }
        if let person {
            statement += " AND b.scope_kind = 'user' AND b.scope_id = \(person.description)"
        }
        if let after = request.after {
            guard after.keys.count == 4 else { throw PagePosition.invalid }
            let budget = try after.id(at: 1, of: Budget.self)
            statement += """
                 AND (a.raised_at, a.budget_id, a.period_start, a.threshold)
                    < (\(try after.instant(at: 0)), \(budget), \(try after.instant(at: 2)),
                        \(try after.integer(at: 3)))
                """
        }
        return statement + """
             ORDER BY a.raised_at DESC, a.budget_id DESC, a.period_start DESC, a.threshold DESC
            LIMIT \(request.limit + 1)
            """
    }

    package static func lock(_ id: ListedAlert.ID, in tenant: TenantID) -> SQL {
        selection + """
             WHERE a.tenant_id = \(tenant) AND a.budget_id = \(id.budget)
              AND a.period_start = \(id.periodStart) AND a.threshold = \(Int32(id.threshold))
            FOR NO KEY UPDATE OF a
            """
    }

    package static func acknowledge(
        _ id: ListedAlert.ID,
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        UPDATE ai_alerts
        SET acknowledged_at = clock_timestamp(), acknowledged_by = \(user)
        WHERE tenant_id = \(tenant) AND budget_id = \(id.budget)
          AND period_start = \(id.periodStart) AND threshold = \(Int32(id.threshold))
        """
    }

    package static func alert(_ row: Row) throws -> ListedAlert {
        ListedAlert(
            id: ListedAlert.ID(
                budget: try row.decode("budget_id"),
                periodStart: try row.decode("period_start"),
                threshold: Int(try row.decode("threshold", as: Int32.self))
            ),
            scope: try row.decode("scope_kind", raw: Budget.Scope.self),
            scopeID: try row.decode("scope_id"),
            metric: try row.decode("metric", raw: Budget.Metric.self),
            used: try row.decode("used"),
            hard: try row.decode("hard"),
            raisedAt: try row.decode("raised_at"),
            acknowledgedAt: try row.decode("acknowledged_at"),
            acknowledgedBy: try row.decode("acknowledged_by")
        )
    }
}
