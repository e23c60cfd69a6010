package import Domain
package import Postgres

extension TenantStore {
    /// The tenant, its name in the directory and the person who will own it.
    ///
    /// - Returns: The owner.
    /// - Throws: `slug_taken`.
    package func insert(_ new: NewTenant) throws -> UserID {
        let id = try scope.tenant
        let rows = try scope.batch([
            """
            INSERT INTO tenants (id, name, plan_id)
            VALUES (\(id), \(new.name), \(new.plan.rawValue))
            """,
            """
            INSERT INTO tenant_directory (slug, tenant_id, name, plan_id)
            VALUES (\(new.slug.description), \(id), \(new.name), \(new.plan.rawValue))
            """,
            UserStore.ensure(scope.newID(), email: new.ownerEmail, name: new.ownerName),
        ])
        guard let owner = rows[2].first else {
            throw DomainError(.internal, .internalError, "The owner was not made.")
        }
        return try owner.decode("user_id")
    }

    /// Everything that must exist besides: counters, the plan's limits and budget, the owner's
    /// membership, the ledger.
    package func furnish(owner: UserID, plan: Plan) throws -> [SQL] {
        let id = try scope.tenant
        return [
            """
            INSERT INTO tenant_counters (tenant_id, owner_count, member_count)
            VALUES (\(id), 1, 1)
            """,
            QuotaStore.insert(id, plan: plan),
            """
            INSERT INTO memberships (tenant_id, user_id, role_key)
            VALUES (\(id), \(owner), 'owner')
            """,
            "INSERT INTO user_tenants (user_id, tenant_id) VALUES (\(owner), \(id))",
            """
            UPDATE users
            SET default_tenant_id = \(id)
            WHERE id = \(owner) AND default_tenant_id IS NULL
            """,
            QuotaStore.insertBudget(scope.newID(), for: id, plan: plan),
            "SELECT app.open_ledger()",
        ]
    }
}
