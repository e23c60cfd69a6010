package import Domain
package import Postgres

/// Workspaces as the public sees them; for system contexts.
package enum StorefrontStore {
    /// The workspace whose storefront is open under a slug.
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
