package import Domain
package import Postgres

/// The AI routes of the context's tenant.
package enum RouteStore {
    private static let columns: SQL = """
        r.name, r.targets, r.channels, r.max_attempts, r.allow_ambiguous_retry, r.cache_scope,
        r.cache_seconds, r.cache_max_temperature_milli, r.on_disconnect, r.default_max_tokens,
        r.version, r.updated_at
        """

    package static func list(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM ai_routes AS r WHERE r.tenant_id = \(tenant) ORDER BY r.name"
    }

    package static func find(_ name: String, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM ai_routes AS r
        WHERE r.tenant_id = \(tenant) AND r.name = \(name)
        """
    }

    package static func lock(_ name: String, in tenant: TenantID) -> SQL {
        find(name, in: tenant) + " FOR NO KEY UPDATE"
    }

    /// Makes the route, or gives it another plan.
    package static func put(_ name: String, _ plan: ModelRoutePlan, in tenant: TenantID) -> SQL {
        """
        INSERT INTO ai_routes AS r (tenant_id, name, targets, channels, max_attempts,
            allow_ambiguous_retry, cache_scope, cache_seconds, cache_max_temperature_milli,
            on_disconnect, default_max_tokens)
        VALUES (\(tenant), \(name), \(plan.targets), \(plan.channels.map(\.rawValue)),
            \(Int32(plan.retry.maxAttempts)), \(plan.retry.allowsAmbiguous),
            \(plan.cache.scope.rawValue), \(Int32(plan.cache.seconds)),
            \(Int32(plan.cache.maxTemperatureMilli)), \(plan.onDisconnect.rawValue),
            \(plan.defaultMaxTokens))
        ON CONFLICT ON CONSTRAINT ai_routes_pkey DO UPDATE
        SET targets = excluded.targets, channels = excluded.channels,
            max_attempts = excluded.max_attempts,
            allow_ambiguous_retry = excluded.allow_ambiguous_retry,
            cache_scope = excluded.cache_scope, cache_seconds = excluded.cache_seconds,
            cache_max_temperature_milli = excluded.cache_max_temperature_milli,
            on_disconnect = excluded.on_disconnect,
            default_max_tokens = excluded.default_max_tokens, version = r.version + 1,
            updated_at = clock_timestamp()
        RETURNING \(columns)
        """
    }

    package static func delete(_ name: String, in tenant: TenantID) -> SQL {
        "DELETE FROM ai_routes WHERE tenant_id = \(tenant) AND name = \(name)"
    }

    /// One row when a limit on cost can meet a call to one of these models.
    package static func costBudget(over models: [String], in tenant: TenantID) -> SQL {
        """
        SELECT b.id FROM ai_budgets AS b
        WHERE b.tenant_id = \(tenant) AND b.enabled AND b.metric = 'cost'
          AND (b.scope_kind <> 'model' OR b.scope_id = ANY (\(models)))
        LIMIT 1
        """
    }

    package static func route(_ row: Row) throws -> ModelRoute {
        let channels = try row.decode("channels", as: [String].self)
        return ModelRoute(
            name: try row.decode("name"),
            plan: try ModelRoutePlan(
                targets: row.decode("targets", as: [String].self),
                channels: channels.compactMap(AICall.Channel.init),
                retry: .init(
                    maxAttempts: Int(row.decode("max_attempts", as: Int32.self)),
                    allowsAmbiguous: row.decode("allow_ambiguous_retry")
                ),
                cache: .init(
                    scope: row.decode("cache_scope", raw: ModelRoutePlan.Cache.Scope.self),
                    seconds: Int(row.decode("cache_seconds", as: Int32.self)),
                    maxTemperatureMilli: Int(
                        row.decode("cache_max_temperature_milli", as: Int32.self)
                    )
                ),
                onDisconnect: row.decode("on_disconnect", raw: ModelRoutePlan.Disconnect.self),
                defaultMaxTokens: row.decode("default_max_tokens")
            ),
            version: try row.decode("version"),
            updatedAt: try row.decode("updated_at")
        )
    }
}
