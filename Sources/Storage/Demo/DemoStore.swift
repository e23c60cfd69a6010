package import Domain
import Postgres

/// Loads many rows at once, through the normal constraints and walls.
///
/// Rows travel as arrays that `unnest` turns into a table: COPY into a walled table is refused.
package struct DemoStore {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    package func insert(people: [DemoPerson]) throws {
        _ = try scope.query(
            """
            INSERT INTO users (id, email, email_norm, display_name, locale, status, created_at,
                updated_at, email_verified_at)
            SELECT p.id, p.email, p.email, p.name, p.locale, 'active', p.at, p.at, p.at
            FROM unnest(\(people.map(\.id.uuid)), \(people.map(\.email)), \(people.map(\.name)),
                \(people.map(\.locale)), \(people.map(\.createdAt.timestamp)))
                AS p (id, email, name, locale, at)
            """
        )
    }

    /// A tenant with its directory entry, counters, quotas, budget, members and empty ledger.
    package func insert(_ tenant: DemoTenantRow) throws {
        let seats = tenant.members.filter { $0.status != .removed }.count
        let owners = tenant.members.filter { $0.role == .owner && $0.status == .active }.count
        let settings = JSONValue.object([
            "support": .object(["write_consent": .bool(true)])
        ])
        _ = try scope.batch([
            """
            INSERT INTO tenants (id, name, plan_id, settings, created_at, updated_at)
            VALUES (\(tenant.id), \(tenant.name), \(tenant.plan.rawValue), \(settings),
                \(tenant.createdAt), \(tenant.createdAt))
            """,
            """
            INSERT INTO tenant_directory (slug, tenant_id, name, plan_id, created_at)
            VALUES (\(tenant.slug), \(tenant.id), \(tenant.name), \(tenant.plan.rawValue),
                \(tenant.createdAt))
            """,
            """
            INSERT INTO tenant_counters (tenant_id, owner_count, member_count)
            VALUES (\(tenant.id), \(Int32(owners)), \(Int32(seats)))
            """,
            """
            INSERT INTO tenant_quotas (tenant_id, resource, period_start, soft, hard, used)
            SELECT \(tenant.id), l.resource,
                CASE l.period WHEN 'none' THEN 'epoch' ELSE
                    date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC')
                        AT TIME ZONE 'UTC' END,
                l.soft, l.hard, CASE l.resource WHEN 'users' THEN \(Int64(seats)) ELSE 0 END
            FROM plan_limits AS l WHERE l.plan_id = \(tenant.plan.rawValue)
            """,
            "SELECT app.open_ledger()",
        ])
        try insert(tenant.members, of: tenant.id)
    }

    private func insert(_ members: [DemoMembership], of tenant: TenantID) throws {
        let users = members.map(\.user.uuid)
        _ = try scope.batch([
            """
            INSERT INTO memberships (tenant_id, user_id, role_key, status, joined_at, updated_at,
                last_seen_at)
            SELECT \(tenant), m.user_id, m.role, m.status, m.at, m.at, nullif(m.seen, m.at)
            FROM unnest(\(users), \(members.map(\.role.rawValue)),
                \(members.map(\.status.rawValue)), \(members.map(\.joinedAt.timestamp)),
                \(members.map { ($0.lastSeenAt ?? $0.joinedAt).timestamp }))
                AS m (user_id, role, status, at, seen)
            """,
            """
            INSERT INTO user_tenants (user_id, tenant_id)
            SELECT m.user_id, \(tenant) FROM unnest(\(users)) AS m (user_id)
            """,
            """
            UPDATE users SET default_tenant_id = \(tenant)
            WHERE id = ANY (\(users)) AND default_tenant_id IS NULL
            """,
        ])
    }

    package func insert(_ artifacts: [Artifact], of tenant: TenantID) throws {
        let ids = artifacts.map(\.id.uuid)
        _ = try scope.batch([
            """
            INSERT INTO artifacts (tenant_id, id, name, description, tags, metadata, created_by,
                created_at, updated_by, updated_at, version)
            SELECT \(tenant), a.id, a.name, a.description, string_to_array(a.tags, ','),
                a.metadata::jsonb, a.created_by, a.created_at, a.updated_by, a.updated_at,
                a.version
            FROM unnest(\(ids), \(artifacts.map(\.name)), \(artifacts.map(\.description)),
                \(artifacts.map { $0.tags.joined(separator: ",") }),
                \(artifacts.map(\.metadata.canonical)), \(artifacts.map(\.createdBy.uuid)),
                \(artifacts.map(\.createdAt.timestamp)), \(artifacts.map(\.updatedBy.uuid)),
                \(artifacts.map(\.updatedAt.timestamp)), \(artifacts.map(\.version)))
                AS a (id, name, description, tags, metadata, created_by, created_at, updated_by,
                    updated_at, version)
            """,
            """
            INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
            SELECT \(tenant), t.tag, a.created_at, a.id
            FROM unnest(\(ids), \(artifacts.map(\.createdAt.timestamp)),
                \(artifacts.map { $0.tags.joined(separator: ",") })) AS a (id, created_at, tags),
                unnest(string_to_array(a.tags, ',')) AS t (tag)
            """,
            """
            UPDATE tenant_quotas
            SET used = used + \(Int64(artifacts.count))
            WHERE tenant_id = \(tenant) AND resource = 'artifacts'
            """,
            """
            UPDATE tenant_quotas
            SET used = (
                SELECT coalesce(sum(a.bytes), 0) FROM artifacts AS a
                WHERE a.tenant_id = \(tenant) AND a.deleted_at IS NULL
            )
            WHERE tenant_id = \(tenant) AND resource = 'storage_bytes'
            """,
        ])
    }

    package func insert(_ revisions: [DemoRevision], of tenant: TenantID) throws {
        _ = try scope.query(
            """
            INSERT INTO artifact_revisions (tenant_id, artifact_id, version, month, actor_id,
                action, changes, created_at)
            SELECT \(tenant), r.artifact_id, r.version,
                date_trunc('month', r.at AT TIME ZONE 'UTC')::date, r.actor_id, r.action,
                r.changes, r.at
            FROM unnest(\(revisions.map(\.artifact.uuid)), \(revisions.map(\.version)),
                \(revisions.map(\.actor.uuid)), \(revisions.map(\.action.rawValue)),
                \(revisions.map(\.changes)), \(revisions.map(\.at.timestamp)))
                AS r (artifact_id, version, actor_id, action, changes, at)
            """
        )
    }

    package func insert(_ uses: [DemoUse], of tenant: TenantID) throws {
        _ = try scope.query(
            """
            INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
                channel, user_id, tokens_in, tokens_out, tenant_charge_nano, platform_cost_nano,
                price_version, created_at)
            SELECT \(tenant), u.id, 1, date_trunc('month', u.at AT TIME ZONE 'UTC')::date, 'usage',
                u.model, u.purpose, 'api', u.user_id, u.tokens_in, u.tokens_out, u.cost, u.cost,
                '2025-01-01T00:00:00Z', u.at
            FROM unnest(\(uses.map(\.request.uuid)), \(uses.map(\.model)), \(uses.map(\.purpose)),
                \(uses.map(\.user.uuid)), \(uses.map(\.tokensIn)), \(uses.map(\.tokensOut)),
                \(uses.map(\.costNano)), \(uses.map(\.at.timestamp)))
                AS u (id, model, purpose, user_id, tokens_in, tokens_out, cost, at)
            """
        )
    }

    /// The plan's token budget and a cost budget, with what this month's log says was used: carried
    /// over, because no call holds it.
    package func insertBudgets(
        tokens: BudgetID,
        cost: BudgetID,
        costLimitNano: Int64,
        of tenant: TenantID
    ) throws {
        let month: SQL = """
            date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            """
        _ = try scope.batch([
            """
            INSERT INTO ai_budgets (tenant_id, id, scope_kind, metric, period, soft, hard)
            SELECT \(tenant), \(tokens), 'tenant', 'tokens', 'month', l.soft, l.hard
            FROM tenants AS t
            JOIN plan_limits AS l ON l.plan_id = t.plan_id AND l.resource = 'ai_tokens'
            WHERE t.id = \(tenant)
            UNION ALL
            SELECT \(tenant), \(cost), 'tenant', 'cost', 'month', \(costLimitNano / 10 * 8),
                \(costLimitNano)
            """,
            """
            INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot, used,
                carried)
            SELECT b.tenant_id, b.id, \(month), b.hard, u.used, u.used
            FROM ai_budgets AS b
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(CASE b.metric WHEN 'tokens' THEN l.tokens_in + l.tokens_out
                    ELSE l.tenant_charge_nano END), 0)::bigint AS used
                FROM ai_usage_log AS l
                WHERE l.tenant_id = \(tenant) AND l.created_at >= \(month)
            ) AS u
            WHERE b.tenant_id = \(tenant)
            """,
            """
            INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard,
                notified_at)
            SELECT p.tenant_id, p.budget_id, p.period_start, t.share, p.used, b.hard,
                clock_timestamp()
            FROM ai_budgets AS b
            JOIN ai_budget_periods AS p ON p.tenant_id = b.tenant_id AND p.budget_id = b.id
            CROSS JOIN LATERAL unnest(b.thresholds || 0) AS t (share)
            WHERE b.tenant_id = \(tenant) AND b.hard > 0 AND p.used > 0
              AND CASE t.share WHEN 0 THEN p.used >= b.soft
                  ELSE p.used::numeric * 100 >= b.hard::numeric * t.share END
            """,
            """
            UPDATE tenant_quotas SET used = p.used
            FROM ai_budgets AS b
            JOIN ai_budget_periods AS p ON p.tenant_id = b.tenant_id AND p.budget_id = b.id
            WHERE b.tenant_id = \(tenant) AND b.metric = 'tokens'
              AND tenant_quotas.tenant_id = \(tenant) AND tenant_quotas.resource = 'ai_tokens'
            """,
        ])
    }
}

extension Instant {
    /// For arrays, which bind PostgreSQL's own type.
    var timestamp: Timestamp { Timestamp(microseconds: microseconds) }
}
