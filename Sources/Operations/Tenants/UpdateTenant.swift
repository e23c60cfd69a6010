package import Domain
import Storage

/// Gives a tenant another name.
package struct UpdateTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `version_conflict` when `version` is given and not the present one.
    package func callAsFunction(
        _ id: TenantID,
        name: String,
        version: Int64?,
        by caller: Caller
    ) async throws -> Tenant {
        let name = try Validation.text(name, field: "name", length: 1...100)
        return try await environment.database.write(
            .platform(caller, .platformTenantsManage, tenant: id)
        ) { scope in
            var tenant = try TenantStore(scope).lock()
            try tenant.requireVersion(version)
            guard tenant.name != name else { return tenant }
            var changes = Changes()
            changes.note("name", from: .string(tenant.name), to: .string(name))
            _ = try scope.last(
                TenantStore.rename(id, to: name)
                    + TenantTrail(scope: scope, tenant: id).record(
                        "tenant.updated",
                        changes: changes,
                        event: .object(["name": .string(name)])
                    )
            )
            tenant.name = name
            tenant.version += 1
            return tenant
        }
    }
}
