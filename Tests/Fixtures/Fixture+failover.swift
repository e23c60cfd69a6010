import Postgres

extension Fixture {
    /// Takes the ledger back to before the calls in flight, as a standby has it that was behind by
    /// these commits.
    ///
    /// - Parameter withPeriods: Whether the periods that count nothing else were opened by them.
    /// - Throws: When the database cannot.
    package func failOver(withPeriods: Bool = false) async throws {
        _ = try await migrated.admin([
            """
            UPDATE ai_budget_periods AS p SET held = p.held - h.amount
            FROM (
                SELECT x.tenant_id, x.budget_id, x.period_start, sum(x.amount)::bigint AS amount
                FROM ai_holds AS x
                JOIN ai_requests AS r ON r.tenant_id = x.tenant_id AND r.id = x.request_id
                WHERE r.state = 'in_flight' GROUP BY 1, 2, 3
            ) AS h
            WHERE p.tenant_id = h.tenant_id AND p.budget_id = h.budget_id
              AND p.period_start = h.period_start
            """,
            """
            DELETE FROM ai_holds AS h USING ai_requests AS r
            WHERE r.tenant_id = h.tenant_id AND r.id = h.request_id AND r.state = 'in_flight'
            """,
            """
            DELETE FROM ai_attempts AS a USING ai_requests AS r
            WHERE r.tenant_id = a.tenant_id AND r.id = a.request_id AND r.state = 'in_flight'
            """,
            "DELETE FROM ai_requests WHERE state = 'in_flight'",
        ])
        guard withPeriods else { return }
        _ = try await migrated.admin(
            """
            DELETE FROM ai_budget_periods AS p
            WHERE p.used = 0 AND p.held = 0 AND NOT EXISTS (SELECT FROM ai_holds AS h
                WHERE h.tenant_id = p.tenant_id AND h.budget_id = p.budget_id
                  AND h.period_start = p.period_start)
            """
        )
    }
}
