package import Domain
package import Postgres

/// Workspaces as the public sees them.
package enum StorefrontStore {
    /// Whether the context's tenant is open to the public.
    package static func isOpen(_ tenant: TenantID) -> SQL {
        """
        SELECT d.storefront_enabled AS is_open
        FROM tenant_directory AS d
        WHERE d.tenant_id = \(tenant)
        """
    }

    /// Opens the context's tenant to the public, or closes it; whether that changed anything.
    package static func set(open isOpen: Bool) -> SQL {
        "SELECT app.set_storefront(\(isOpen)) AS is_changed"
    }

    package static func isOpen(_ row: Row) throws -> Bool { try row.decode("is_open") }

    package static func isChanged(_ row: Row) throws -> Bool { try row.decode("is_changed") }

    /// The workspace whose storefront is open under a slug; for system contexts.
    package static func open(_ slug: String) -> SQL {
        """
        SELECT d.tenant_id, d.name
        FROM tenant_directory AS d
        WHERE d.slug = \(slug) AND d.status = 'active' AND d.storefront_enabled
        """
    }

    package static func found(_ row: Row) throws -> (tenant: TenantID, name: String) {
        (try row.decode("tenant_id"), try row.decode("name"))
    }
}
