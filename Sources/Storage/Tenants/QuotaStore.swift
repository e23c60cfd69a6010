package import Domain
package import Postgres

/// What a tenant may use: the rows that plans fill and operators change.
package enum QuotaStore {
    /// The first moment of the running month in UTC.
    private static let month: SQL =
        "(date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"

    /// The period that a resource is counted in now.
    private static let period: SQL =
        "CASE WHEN l.period = 'none' THEN timestamptz 'epoch' ELSE \(month) END"

    /// The limits of now; what an earlier month used is over.
    ///
    /// Tokens are counted by the plan's own AI budget and nowhere else: what it has used and holds
    /// is what the quota shows.
    package static func list(_ tenant: TenantID) -> SQL {
        """
        SELECT DISTINCT ON (q.resource) q.resource, q.soft, q.hard,
            CASE WHEN q.resource = 'ai_tokens' THEN coalesce(p.used, 0)
                WHEN \(current) THEN q.used ELSE 0 END AS used,
            CASE WHEN q.resource = 'ai_tokens' THEN coalesce(p.held, 0)
                WHEN \(current) THEN q.reserved ELSE 0 END AS reserved
        FROM tenant_quotas AS q
        LEFT JOIN ai_budgets AS b ON b.tenant_id = \(tenant) AND q.resource = 'ai_tokens'
            AND b.scope_kind = 'tenant' AND b.scope_id = '' AND b.metric = 'tokens'
            AND b.period = 'month'
        LEFT JOIN ai_budget_periods AS p ON p.tenant_id = \(tenant) AND p.budget_id = b.id
            AND p.period_start = \(month)
        WHERE q.tenant_id = \(tenant)
        ORDER BY q.resource, q.period_start DESC
        """
    }

    private static let current: SQL =
        "q.period_start = timestamptz 'epoch' OR q.period_start >= \(month)"

    package static func quota(_ row: Row) throws -> Quota {
        Quota(
            resource: try row.decode("resource", raw: Resource.self),
            soft: try row.decode("soft"),
            hard: try row.decode("hard"),
            used: try row.decode("used"),
            reserved: try row.decode("reserved")
        )
    }

    /// A plan's limits for a new tenant, whose owner takes the first seat.
    static func insert(_ tenant: TenantID, plan: Plan) -> SQL {
        """
        INSERT INTO tenant_quotas (tenant_id, resource, period_start, soft, hard, used)
        SELECT \(tenant), l.resource, \(period), l.soft, l.hard,
            CASE WHEN l.resource = 'users' THEN 1 ELSE 0 END
        FROM plan_limits AS l
        WHERE l.plan_id = \(plan.rawValue)
        """
    }

    /// Another plan's limits over those that were; use stays as it is.
    package static func follow(_ plan: Plan, for tenant: TenantID) -> SQL {
        """
        INSERT INTO tenant_quotas (tenant_id, resource, period_start, soft, hard)
        SELECT \(tenant), l.resource, \(period), l.soft, l.hard
        FROM plan_limits AS l
        WHERE l.plan_id = \(plan.rawValue)
        ON CONFLICT ON CONSTRAINT tenant_quotas_pkey DO UPDATE
        SET soft = excluded.soft, hard = excluded.hard
        """
    }

    /// One limit; a month that nobody used yet gets its row by this.
    package static func set(
        _ resource: Resource,
        soft: Int64?,
        hard: Int64,
        for tenant: TenantID,
        plan: Plan
    ) -> SQL {
        """
        INSERT INTO tenant_quotas (tenant_id, resource, period_start, soft, hard)
        SELECT \(tenant), l.resource, \(period), \(soft), \(hard)
        FROM plan_limits AS l
        WHERE l.plan_id = \(plan.rawValue) AND l.resource = \(resource.rawValue)
        ON CONFLICT ON CONSTRAINT tenant_quotas_pkey DO UPDATE
        SET soft = excluded.soft, hard = excluded.hard
        """
    }

    /// Takes one of a limit; the statement fails with `plan_limit_reached` when none is left.
    package static func take(_ resource: Resource, of tenant: TenantID) -> SQL {
        "SELECT app.take_quota(\(tenant), \(resource.rawValue), 1)"
    }

    /// Gives one back.
    package static func give(_ resource: Resource, of tenant: TenantID) -> SQL {
        "SELECT app.take_quota(\(tenant), \(resource.rawValue), -1)"
    }

    /// Takes the bytes of an artifact that is stored.
    static func takeStorage(of artifact: ArtifactID, in tenant: TenantID) -> SQL {
        """
        SELECT app.take_quota(a.tenant_id, 'storage_bytes', a.bytes)
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.id = \(artifact)
        """
    }

    /// Gives the bytes of an artifact back.
    static func giveStorage(of artifact: ArtifactID, in tenant: TenantID) -> SQL {
        """
        SELECT app.take_quota(a.tenant_id, 'storage_bytes', -a.bytes)
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.id = \(artifact)
        """
    }

    /// The plan's AI budget: tokens of the whole tenant in a month.
    static func insertBudget(_ id: BudgetID, for tenant: TenantID, plan: Plan) -> SQL {
        """
        INSERT INTO ai_budgets (tenant_id, id, scope_kind, metric, period, soft, hard)
        SELECT \(tenant), \(id), 'tenant', 'tokens', 'month', l.soft, l.hard
        FROM plan_limits AS l
        WHERE l.plan_id = \(plan.rawValue) AND l.resource = 'ai_tokens'
        """
    }

    /// Lets the AI budget follow the limit on tokens, the running month included.
    package static func alignBudget(of tenant: TenantID) -> [SQL] {
        [
            """
            UPDATE ai_budgets AS b
            SET soft = q.soft, hard = q.hard, version = b.version + 1,
                updated_at = clock_timestamp()
            FROM tenant_quotas AS q
            WHERE b.tenant_id = \(tenant) AND b.scope_kind = 'tenant' AND b.scope_id = ''
              AND b.metric = 'tokens' AND b.period = 'month'
              AND q.tenant_id = \(tenant) AND q.resource = 'ai_tokens'
              AND q.period_start = \(month)
            """,
            """
            UPDATE ai_budget_periods AS p
            SET hard_snapshot = b.hard, version = p.version + 1
            FROM ai_budgets AS b
            WHERE b.tenant_id = \(tenant) AND b.scope_kind = 'tenant' AND b.scope_id = ''
              AND b.metric = 'tokens' AND b.period = 'month'
              AND p.tenant_id = \(tenant) AND p.budget_id = b.id AND p.period_start = \(month)
            """,
        ]
    }
}
