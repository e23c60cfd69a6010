package import Domain
package import Postgres

/// Budgets and use of AI in the context's tenant.
package enum BudgetStore {
    /// The first moment of the period that runs now, in UTC.
    private static let current: SQL = """
        date_trunc(b.period, statement_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        """

    /// All budgets with what the running period took; of one person only, when there is one.
    package static func list(of person: UserID?, in tenant: TenantID) -> SQL {
        var statement = selection(tenant)
        if let person {
            statement += " AND b.scope_kind = 'user' AND b.scope_id = \(person.description)"
        }
        return statement + " ORDER BY b.scope_kind, b.scope_id, b.metric, b.period"
    }

    /// One of them.
    package static func find(_ id: BudgetID, in tenant: TenantID) -> SQL {
        selection(tenant) + " AND b.id = \(id)"
    }

    /// The one about the same thing.
    package static func find(like new: NewBudget, in tenant: TenantID) -> SQL {
        selection(tenant) + """
             AND b.scope_kind = \(new.scope.rawValue) AND b.scope_id = \(new.scopeID)
              AND b.metric = \(new.metric.rawValue) AND b.period = \(new.period.rawValue)
            """
    }

    /// One of them, locked until the end of the transaction.
    package static func lock(_ id: BudgetID, in tenant: TenantID) -> SQL {
        find(id, in: tenant) + " FOR NO KEY UPDATE OF b"
    }

    private static func selection(_ tenant: TenantID) -> SQL {
        """
        SELECT b.id, b.scope_kind, b.scope_id, b.metric, b.period, b.soft, b.hard,
            b.overage_allowance, b.thresholds, b.on_soft, b.on_hard, b.on_lost, b.enabled,
            b.version,
            \(current) AS period_start, coalesce(p.used, 0) AS used, coalesce(p.held, 0) AS held
        FROM ai_budgets AS b
        LEFT JOIN ai_budget_periods AS p
            ON p.tenant_id = \(tenant) AND p.budget_id = b.id AND p.period_start = \(current)
        WHERE b.tenant_id = \(tenant)
        """
    }
}

extension BudgetStore {
    package static func insert(_ new: NewBudget, id: BudgetID, in tenant: TenantID) -> SQL {
        """
        INSERT INTO ai_budgets (tenant_id, id, scope_kind, scope_id, metric, period, soft, hard,
            overage_allowance, thresholds, on_soft, on_hard, on_lost, enabled)
        VALUES (\(tenant), \(id), \(new.scope.rawValue), \(new.scopeID), \(new.metric.rawValue),
            \(new.period.rawValue), \(new.limits.soft), \(new.limits.hard),
            \(new.limits.overageAllowance), \(new.policy.thresholds.map { Int32($0) }),
            \(new.policy.onSoft.rawValue), \(new.policy.onHard.rawValue),
            \(new.policy.onLost.rawValue), \(new.enabled))
        """
    }

    /// Writes what may change, and lets the running period follow.
    package static func update(_ budget: Budget, in tenant: TenantID) -> [SQL] {
        [
            """
            UPDATE ai_budgets AS b
            SET soft = \(budget.limits.soft), hard = \(budget.limits.hard),
                overage_allowance = \(budget.limits.overageAllowance),
                thresholds = \(budget.policy.thresholds.map { Int32($0) }),
                on_soft = \(budget.policy.onSoft.rawValue),
                on_hard = \(budget.policy.onHard.rawValue),
                on_lost = \(budget.policy.onLost.rawValue), enabled = \(budget.enabled),
                version = b.version + 1, updated_at = clock_timestamp()
            WHERE b.tenant_id = \(tenant) AND b.id = \(budget.id)
            """,
            """
            UPDATE ai_budget_periods AS p
            SET hard_snapshot = \(budget.limits.hard), version = p.version + 1
            WHERE p.tenant_id = \(tenant) AND p.budget_id = \(budget.id)
              AND p.period_start = \(budget.use.periodStart)
              AND p.hard_snapshot <> \(budget.limits.hard)
            """,
        ]
    }

    /// One row when the budget ever counted anything.
    package static func anyPeriod(of id: BudgetID, in tenant: TenantID) -> SQL {
        """
        SELECT p.period_start FROM ai_budget_periods AS p
        WHERE p.tenant_id = \(tenant) AND p.budget_id = \(id) LIMIT 1
        """
    }

    package static func delete(_ id: BudgetID, in tenant: TenantID) -> SQL {
        "DELETE FROM ai_budgets WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// The running period of a budget, locked.
    package static func lockPeriod(of budget: Budget, in tenant: TenantID) -> SQL {
        periods(budget.id, tenant) + """
             AND p.period_start = \(budget.use.periodStart) FOR NO KEY UPDATE
            """
    }

    /// Starts the running period over: what calls hold stays held, and what was used is carried
    /// as a negative amount, so that the books still agree.
    package static func forgive(_ budget: Budget, in tenant: TenantID) -> SQL {
        """
        UPDATE ai_budget_periods AS p
        SET carried = p.carried - p.used, used = 0, version = p.version + 1
        WHERE p.tenant_id = \(tenant) AND p.budget_id = \(budget.id)
          AND p.period_start = \(budget.use.periodStart)
        """
    }

    /// One page of a budget's periods, the newest first, and one row more.
    package static func periods(
        of id: BudgetID,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement = periods(id, tenant)
        if let after = request.after {
            guard after.keys.count == 1 else { throw PagePosition.invalid }
            statement += " AND p.period_start < \(try after.instant(at: 0))"
        }
        return statement + " ORDER BY p.period_start DESC LIMIT \(request.limit + 1)"
    }

    private static func periods(_ id: BudgetID, _ tenant: TenantID) -> SQL {
        """
        SELECT p.period_start, p.hard_snapshot, p.used, p.held, p.overage
        FROM ai_budget_periods AS p
        WHERE p.tenant_id = \(tenant) AND p.budget_id = \(id)
        """
    }

    package static func period(_ row: Row) throws -> BudgetPeriod {
        BudgetPeriod(
            start: try row.decode("period_start"),
            hard: try row.decode("hard_snapshot"),
            used: try row.decode("used"),
            held: try row.decode("held"),
            overage: try row.decode("overage")
        )
    }
}

extension BudgetStore {
    /// One row when the workspace has what a budget shall be about; nil where nothing is asked.
    package static func holder(of new: NewBudget, in tenant: TenantID) -> SQL? {
        switch new.scope {
        case .tenant, .purpose: nil
        case .storefront:
            """
            SELECT d.tenant_id FROM tenant_directory AS d
            WHERE d.tenant_id = \(tenant) AND d.slug = \(new.scopeID)
            """
        case .user:
            """
            SELECT m.user_id FROM memberships AS m
            WHERE m.tenant_id = \(tenant) AND m.user_id = \(UserID(new.scopeID))
            """
        case .apiKey:
            """
            SELECT k.id FROM api_keys AS k
            WHERE k.tenant_id = \(tenant) AND k.id = \(APIKeyID(new.scopeID))
            """
        case .model: "SELECT m.id FROM ai_models AS m WHERE m.id = \(new.scopeID)"
        }
    }

    /// The plan's tokens a month, which no budget of the workspace's own making goes beyond.
    package static func planLimit(in tenant: TenantID) -> SQL {
        """
        SELECT q.hard FROM tenant_quotas AS q
        WHERE q.tenant_id = \(tenant) AND q.resource = 'ai_tokens'
        ORDER BY q.period_start DESC LIMIT 1
        """
    }

    package static func limit(_ row: Row) throws -> Int64 { try row.decode("hard") }
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
            ),
            policy: BudgetPolicy(
                thresholds: try row.decode("thresholds", as: [Int32].self).map { Int($0) },
                onSoft: try row.decode("on_soft", raw: BudgetPolicy.SoftAction.self),
                onHard: try row.decode("on_hard", raw: BudgetPolicy.HardAction.self),
                onLost: try row.decode("on_lost", raw: BudgetPolicy.LostAction.self)
            ),
            version: try row.decode("version")
        )
    }
}
