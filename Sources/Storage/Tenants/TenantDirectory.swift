package import Domain
import FoundationEssentials
package import Postgres

/// The operators' list of tenants: the directory with the figures that were counted last.
package enum TenantDirectory {
    /// One page, and one row more that says whether another follows.
    ///
    /// - Throws: `cursor_invalid` for a position that this order cannot have made.
    package static func page(_ filter: TenantFilter, _ request: PageRequest) throws -> SQL {
        let rows =
            columns + """
                 FROM tenant_directory AS d
                LEFT JOIN tenant_stats AS s ON s.tenant_id = d.tenant_id
                """
        return rows + " WHERE " + conditions(filter) + (try after(filter, request.after))
            + order(filter) + " LIMIT \(request.limit + 1)"
    }

    private static let columns: SQL = """
        SELECT d.tenant_id, d.slug, d.name, d.name_norm, d.status, d.plan_id, d.created_at,
            s.members, s.artifacts, s.ai_tokens, s.ai_cost_nano, s.storage_bytes, s.refreshed_at
        """

    /// Those with AI cost this month, the highest first, by an index: however many there are.
    package static func dearest(_ count: Int) -> SQL {
        columns + """
             FROM tenant_stats AS s
            JOIN tenant_directory AS d ON d.tenant_id = s.tenant_id
            WHERE s.ai_cost_nano > 0 AND d.status <> 'deleted'
            ORDER BY s.ai_cost_nano DESC, s.tenant_id DESC
            LIMIT \(count)
            """
    }

    /// The names behind ids.
    package static func names(_ ids: Set<TenantID>) -> SQL {
        """
        SELECT d.tenant_id, d.name FROM tenant_directory AS d
        WHERE d.tenant_id = ANY (\(ids.map(\.uuid)))
        """
    }

    /// Reads a row of `names`.
    package static func named(_ row: Row) throws -> (TenantID, String) {
        (try row.decode("tenant_id"), try row.decode("name"))
    }

    private static func conditions(_ filter: TenantFilter) -> SQL {
        var conditions: SQL = filter.statuses.any.isEmpty ? "d.status <> 'deleted'" : "true"
        conditions += filter.statuses.condition(on: "d.status", \.rawValue)
        conditions += filter.plans.condition(on: "d.plan_id", \.rawValue)
        if let from = filter.createdFrom { conditions += " AND d.created_at >= \(from)" }
        if let end = filter.createdTo { conditions += " AND d.created_at < \(end)" }
        if let pattern = SearchPattern.containing(filter.search) {
            conditions += """
                 AND (d.name_norm LIKE app.fold(\(pattern)) COLLATE "C"
                    OR d.slug LIKE lower(\(pattern)))
                """
        }
        return conditions
    }

    private static func after(_ filter: TenantFilter, _ position: PagePosition?) throws -> SQL {
        guard let position else { return "" }
        guard position.keys.count == 2 else { throw PagePosition.invalid }
        let id = try position.id(at: 1, of: Tenant.self)
        let last: SQL =
            switch filter.order {
            case .newest: "\(try position.instant(at: 0))"
            case .name: "\(try position.text(at: 0))"
            case .members, .tokens, .cost, .artifacts, .storage:
                "\(try position.integer(at: 0))"
            }
        let side: SQL = filter.isAscending ? ">" : "<"
        return " AND (" + key(filter) + ", d.tenant_id) " + side + " (" + last + ", \(id))"
    }

    /// Read backwards, an index serves the other direction as well.
    private static func order(_ filter: TenantFilter) -> SQL {
        let way: SQL = filter.isAscending ? "" : " DESC"
        return " ORDER BY " + key(filter) + way + ", d.tenant_id" + way
    }

    /// What an order sorts by; a tenant that was never counted stands behind all others.
    private static func key(_ filter: TenantFilter) -> SQL {
        let unknown = filter.unknownFigure
        return switch filter.order {
        case .newest: "d.created_at"
        case .name: "d.name_norm"
        case .members: "coalesce(s.members, \(unknown))::bigint"
        case .tokens: "coalesce(s.ai_tokens, \(unknown))::bigint"
        case .cost: "coalesce(s.ai_cost_nano, \(unknown))::bigint"
        case .artifacts: "coalesce(s.artifacts, \(unknown))::bigint"
        case .storage: "coalesce(s.storage_bytes, \(unknown))::bigint"
        }
    }

    package static func summary(_ row: Row) throws -> TenantSummary {
        TenantSummary(
            id: try row.decode("tenant_id"),
            slug: try row.decode("slug"),
            name: try row.decode("name"),
            nameKey: try row.decode("name_norm"),
            status: try row.decode("status", raw: TenantStatus.self),
            plan: try row.decode("plan_id", raw: Plan.self),
            createdAt: try row.decode("created_at"),
            figures: try figures(row)
        )
    }

    /// Nil for a tenant that was never counted.
    static func figures(_ row: Row) throws -> TenantFigures? {
        guard let refreshedAt = try row.decode("refreshed_at", as: Instant?.self) else {
            return nil
        }
        return TenantFigures(
            members: try row.decode("members"),
            artifacts: try row.decode("artifacts"),
            aiTokens: try row.decode("ai_tokens"),
            aiCostNano: try row.decode("ai_cost_nano"),
            storageBytes: try row.decode("storage_bytes"),
            refreshedAt: refreshedAt
        )
    }

    /// The platform at a glance.
    package static let overview: SQL = """
        SELECT o.tenants_active, o.tenants_suspended, o.members, o.artifacts, o.tokens_today,
            o.cost_today_nano, o.tokens_yesterday, o.cost_yesterday_nano, o.refreshed_at
        FROM app.platform_overview() AS o
        """

    package static func overview(_ row: Row) throws -> PlatformOverview {
        PlatformOverview(
            activeTenants: try row.decode("tenants_active"),
            suspendedTenants: try row.decode("tenants_suspended"),
            members: try row.decode("members"),
            artifacts: try row.decode("artifacts"),
            today: AISpend(
                tokens: try row.decode("tokens_today"),
                costNano: try row.decode("cost_today_nano")
            ),
            yesterday: AISpend(
                tokens: try row.decode("tokens_yesterday"),
                costNano: try row.decode("cost_yesterday_nano")
            ),
            refreshedAt: try row.decode("refreshed_at")
        )
    }

    /// Counts anew, for some tenants or for all; how many.
    package static func refresh(_ tenants: [TenantID]?, in scope: Scope) throws -> Int {
        let ids = tenants.map { $0.map(\.uuid) }
        let rows = try scope.query("SELECT app.refresh_tenant_stats(\(ids)) AS counted")
        return try rows.first?.decode("counted") ?? 0
    }
}
