package import Domain
package import Postgres

/// The tenant of the context: its head rows.
package struct TenantStore {
    let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    private static let columns: SQL = """
        t.id, d.slug, t.name, t.status, t.plan_id, t.settings, t.version, t.created_at,
        t.deleted_at, t.purge_began_at, t.purged_at
        """

    /// The tenant with its limits and its counts, in one round trip.
    package func detail() throws -> TenantDetail {
        let id = try scope.tenant
        let rows = try scope.batch([
            Self.find(id), QuotaStore.list(id), Self.figures(id), Self.owners,
        ])
        guard let row = rows[0].first else { throw Self.missing(id) }
        return TenantDetail(
            tenant: try Self.tenant(row),
            quotas: try rows[1].map(QuotaStore.quota),
            figures: try rows[2].first.flatMap(TenantDirectory.figures),
            owners: try rows[3].map(User.init(named:))
        )
    }

    /// The owners, for a context that may see all members; else nobody.
    private static let owners: SQL = """
        SELECT o.user_id, o.display_name, o.email FROM app.tenant_owners() AS o
        """

    /// The tenant, locked until the end of the transaction.
    package func lock() throws -> Tenant {
        let id = try scope.tenant
        let rows = try scope.query(Self.find(id) + " FOR NO KEY UPDATE OF t")
        guard let row = rows.first else { throw Self.missing(id) }
        return try Self.tenant(row)
    }

    package static func find(_ id: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM tenants AS t
        JOIN tenant_directory AS d ON d.tenant_id = t.id
        WHERE t.id = \(id)
        """
    }

    private static func figures(_ id: TenantID) -> SQL {
        """
        SELECT s.members, s.artifacts, s.ai_tokens, s.ai_cost_nano, s.storage_bytes,
            s.refreshed_at
        FROM tenant_stats AS s
        WHERE s.tenant_id = \(id)
        """
    }

    package static func tenant(_ row: Row) throws -> Tenant {
        var tenant = Tenant(
            id: try row.decode("id"),
            slug: try row.decode("slug"),
            name: try row.decode("name"),
            status: try row.decode("status", raw: TenantStatus.self),
            plan: try row.decode("plan_id", raw: Plan.self),
            settings: try row.decode("settings"),
            version: try row.decode("version"),
            createdAt: try row.decode("created_at")
        )
        let closedAt = try row.decode("deleted_at", as: Instant?.self)
        if tenant.status == .deleted, let closedAt {
            tenant.closing = TenantClosing(
                closedAt: closedAt,
                purgeBeganAt: try row.decode("purge_began_at"),
                purgedAt: try row.decode("purged_at")
            )
        }
        return tenant
    }

    private static func missing(_ id: TenantID) -> DomainError {
        .notFound("tenant", id.description)
    }
}

extension TenantStore {
    /// A new name, in the tenant and in the directory.
    package static func rename(_ id: TenantID, to name: String) -> [SQL] {
        [
            """
            UPDATE tenants
            SET name = \(name), version = version + 1, updated_at = clock_timestamp()
            WHERE id = \(id)
            """,
            "UPDATE tenant_directory SET name = \(name) WHERE tenant_id = \(id)",
        ]
    }

    /// The same from within the tenant, which writes nothing into the directory itself.
    package static func renameOwn(_ id: TenantID, to name: String) -> [SQL] {
        [rename(id, to: name)[0], "SELECT app.follow_name()"]
    }

    /// A new status; its version moves with it, so that caches can tell.
    ///
    /// - Parameters:
    ///   - status: the new one.
    ///   - id: whose.
    ///   - closer: who closes it; nil for every other status.
    /// - Returns: The statements.
    package static func setStatus(
        _ status: TenantStatus,
        of id: TenantID,
        closedBy closer: TenantCloser? = nil
    ) -> [SQL] {
        [
            """
            UPDATE tenants
            SET status = \(status.rawValue), closed_by = \(closer?.rawValue),
                deleted_at = CASE WHEN \(closer?.rawValue)::text IS NOT NULL
                    THEN clock_timestamp() END,
                version = version + 1, updated_at = clock_timestamp()
            WHERE id = \(id)
            """,
            """
            UPDATE tenant_directory
            SET status = \(status.rawValue), status_version = status_version + 1
            WHERE tenant_id = \(id)
            """,
            """
            UPDATE tenant_counters
            SET status_version = status_version + 1
            WHERE tenant_id = \(id)
            """,
        ]
    }

    /// Who closed the tenant: `closed_by`, NULL for one that is open.
    package static func closer(of id: TenantID) -> SQL {
        "SELECT t.closed_by FROM tenants AS t WHERE t.id = \(id)"
    }

    package static func closer(_ row: Row) throws -> TenantCloser? {
        try row.decode("closed_by", as: String?.self).flatMap(TenantCloser.init)
    }

    package static func setPlan(_ plan: Plan, of id: TenantID) -> [SQL] {
        [
            """
            UPDATE tenants
            SET plan_id = \(plan.rawValue), version = version + 1,
                updated_at = clock_timestamp()
            WHERE id = \(id)
            """,
            "UPDATE tenant_directory SET plan_id = \(plan.rawValue) WHERE tenant_id = \(id)",
        ]
    }

    /// Whether the tenant lets operators write in a support session.
    package static func setWriteConsent(_ consent: Bool, of id: TenantID) -> SQL {
        """
        UPDATE tenants
        SET settings = jsonb_set(settings, '{support}',
                coalesce(settings -> 'support', '{}')
                    || jsonb_build_object('write_consent', \(consent))),
            version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(id)
        """
    }
}
