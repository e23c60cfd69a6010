package import Domain
package import Postgres

/// The end of what a closed tenant has; for the process itself.
package enum PurgeStore {
    /// The tenants whose time is over, some at a time.
    package static func due(days: Int) -> SQL {
        "SELECT t AS tenant_id FROM app.tenants_to_purge(\(Int32(days))) AS t"
    }

    package static func tenants(_ rows: Rows) throws -> [TenantID] {
        try rows.map { try $0.decode("tenant_id") }
    }

    /// From here on nobody opens the tenant again; changes no row when it has begun, is open, is
    /// under a legal hold, or has time left.
    package static func begin(_ tenant: TenantID, days: Int) -> SQL {
        """
        UPDATE tenants AS t
        SET purge_began_at = clock_timestamp(), version = t.version + 1,
            updated_at = clock_timestamp()
        WHERE t.id = \(tenant) AND t.status = 'deleted' AND t.purge_began_at IS NULL
          AND t.deleted_at < statement_timestamp() - \(Int64(days)) * interval '1 day'
          AND NOT EXISTS (SELECT FROM legal_holds AS l
                WHERE l.tenant_id = \(tenant) AND l.released_at IS NULL)
        """
    }

    /// Deletes about so many rows of the context's tenant.
    package static func purge(most: Int) -> SQL {
        "SELECT app.purge_tenant(\(Int32(most)))::bigint AS gone"
    }

    /// How many went; nil when it is not to be purged, or somebody else has it in hand.
    package static func gone(_ rows: Rows) throws -> Int? {
        try rows.first?.decode("gone", as: Int64?.self).map { Int($0) }
    }

    /// Notes that nothing is left; changes no row when that was noted, or a call to a model is.
    package static func finish(_ tenant: TenantID) -> SQL {
        """
        UPDATE tenants AS t
        SET purged_at = clock_timestamp(), settings = '{}', version = t.version + 1,
            updated_at = clock_timestamp()
        WHERE t.id = \(tenant) AND t.purge_began_at IS NOT NULL AND t.purged_at IS NULL
          AND NOT EXISTS (SELECT FROM ai_requests AS r WHERE r.tenant_id = \(tenant))
        """
    }
}
