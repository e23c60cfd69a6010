package import Domain
import FoundationEssentials
package import Postgres

/// The workspaces of one person, and the way from a name to a tenant.
package enum WorkspaceStore {
    /// The acting person's workspaces, by name.
    package static let mine: SQL = """
        SELECT w.tenant_id, w.slug, w.name, w.status, w.plan_id, w.role_key, w.created_at
        FROM app.my_workspaces() AS w
        """

    package static func workspace(_ row: Row) throws -> Workspace {
        Workspace(
            id: try row.decode("tenant_id"),
            slug: try row.decode("slug"),
            name: try row.decode("name"),
            status: try row.decode("status", raw: TenantStatus.self),
            plan: try row.decode("plan_id", raw: Plan.self),
            role: try row.decode("role_key", as: MemberRole.self),
            createdAt: try row.decode("created_at")
        )
    }

    /// The tenant of a slug, for any proven context: `tenant_id`, perhaps NULL.
    package static func resolve(_ slug: String) -> SQL {
        "SELECT app.resolve_slug(\(slug)) AS tenant_id"
    }

    /// The tenant of an id or slug in the directory, for operators: closed ones too, whose slugs
    /// stay taken.
    package static func find(_ name: String) -> SQL {
        """
        SELECT d.tenant_id
        FROM tenant_directory AS d
        WHERE d.slug = \(name) OR d.tenant_id = \(TenantID(name))
        """
    }

    /// The same among the tenants that a person belongs to, for who acts on a proven session.
    package static func find(_ name: String, of user: UserID) -> SQL {
        """
        SELECT d.tenant_id
        FROM tenant_directory AS d
        JOIN user_tenants AS u ON u.tenant_id = d.tenant_id AND u.user_id = \(user)
        WHERE d.slug = \(name) OR d.tenant_id = \(TenantID(name))
        """
    }

    package static func tenant(_ row: Row) throws -> TenantID? {
        try row.decode("tenant_id")
    }

    /// What sign-in may enter: the tenants a person belongs to, with their status.
    package static func entrances(of user: UserID) -> SQL {
        """
        SELECT t.tenant_id, d.slug, d.status
        FROM user_tenants AS t
        JOIN tenant_directory AS d ON d.tenant_id = t.tenant_id AND d.status <> 'deleted'
        WHERE t.user_id = \(user)
        ORDER BY d.created_at, d.tenant_id
        """
    }

    package static func entrance(_ row: Row) throws -> Entrance {
        Entrance(
            tenant: try row.decode("tenant_id"),
            slug: try row.decode("slug"),
            status: try row.decode("status", raw: TenantStatus.self)
        )
    }
}

/// A tenant that a person belongs to, before any role is asked for.
package struct Entrance: Sendable {
    package let tenant: TenantID
    package let slug: String
    package let status: TenantStatus
}
