package import Domain
import Postgres

/// The demonstration's rows outside any tenant, and how far a load has come.
package struct DemoPlatform {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// Whether a load has run to its end.
    package func isLoaded() throws -> Bool {
        let statement: SQL = """
            SELECT EXISTS (SELECT FROM platform_audit_events AS e
                WHERE e.action = 'demo.loaded') AS loaded
            """
        return try scope.query(statement).first?.decode("loaded") ?? false
    }

    /// Whether there is any tenant: of a load that was cut short, or somebody's own.
    package func hasTenants() throws -> Bool {
        let statement: SQL = "SELECT EXISTS (SELECT FROM tenant_directory) AS present"
        return try scope.query(statement).first?.decode("present") ?? false
    }

    package func makePartitions(from start: Instant) throws {
        _ = try scope.query(
            "SELECT app.ensure_partitions((\(start)::timestamptz AT TIME ZONE 'UTC')::date)"
        )
    }

    package func setPassword(_ hash: String, of user: UserID) throws {
        _ = try scope.query("UPDATE users SET password_hash = \(hash) WHERE id = \(user)")
    }

    package func insertOperator(
        email: String,
        name: String,
        role: PlatformRole,
        hash: String?
    )
        throws
    {
        let id = scope.newID(User.self)
        _ = try scope.batch([
            """
            INSERT INTO users (id, email, email_norm, display_name, password_hash,
                email_verified_at)
            VALUES (\(id), \(email), \(email), \(name), \(hash), statement_timestamp())
            """,
            "INSERT INTO platform_roles (user_id, role) VALUES (\(id), \(role.rawValue))",
            PlatformRoleStore.recount,
            scope.recordPlatform(
                AuditEntry(
                    action: "operator.created",
                    operation: .create,
                    resourceType: "user",
                    resourceID: id.description,
                    requestID: nil
                )
            ),
        ])
    }

    /// Suspends a tenant as an operator would, with the reason in its trail.
    package func suspend(_ tenant: TenantID) throws {
        var changes = Changes()
        changes.note("status", from: .string("active"), to: .string("suspended"))
        changes.note("reason", from: .null, to: .string("Invoice overdue for 90 days"))
        let entry = AuditEntry(
            action: "tenant.suspended",
            operation: .update,
            resourceType: "tenant",
            resourceID: tenant.description,
            requestID: nil,
            changes: changes.canonical
        )
        _ = try scope.batch([
            "UPDATE tenants SET status = 'suspended', version = 2 WHERE id = \(tenant)",
            """
            UPDATE tenant_directory SET status = 'suspended', status_version = 2
            WHERE tenant_id = \(tenant)
            """,
            scope.record(entry, event: TenantEvent("tenant.suspended", data: .object([:]))),
        ])
    }

    /// Counts all tenants anew and notes that the load has run to its end.
    package func finish() throws {
        _ = try scope.batch([
            "SELECT app.refresh_tenant_stats()",
            "SELECT app.ai_roll_up(statement_timestamp() - interval '62 days')",
            scope.recordPlatform(
                AuditEntry(
                    action: "demo.loaded",
                    operation: .other,
                    resourceType: "platform",
                    resourceID: nil,
                    requestID: nil
                )
            ),
        ])
    }
}
