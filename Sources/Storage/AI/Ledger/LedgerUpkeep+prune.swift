package import Postgres

extension LedgerUpkeep {
    /// Some of the tenants that have calls older than so many days.
    package static func tenantsToPrune(days: Int) -> SQL {
        "SELECT t AS tenant_id FROM app.ai_tenants_to_prune(\(before(days))) AS t"
    }

    /// Forgets calls of the context's tenant that are older than so many days, the oldest first.
    package static func prune(days: Int, most: Int) -> SQL {
        "SELECT app.ai_prune(\(before(days)), \(Int32(most)))::bigint AS written"
    }

    private static func before(_ days: Int) -> SQL {
        "statement_timestamp() - \(Int64(days)) * interval '1 day'"
    }
}
