package import Domain
import Storage

/// Gives the caller's workspace another name; its slug stays.
package struct UpdateWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `version_conflict` when `version` is given and not the present one.
    package func callAsFunction(
        name: String,
        version: Int64?,
        by caller: TenantCaller
    ) async throws -> Tenant {
        let name = try Validation.text(name, field: "name", length: 1...100)
        return try await environment.database.write(.tenant(caller, .workspaceUpdate)) { scope in
            var tenant = try TenantStore(scope).lock()
            try tenant.requireVersion(version)
            guard tenant.name != name else { return tenant }
            var changes = Changes()
            changes.note("name", from: .string(tenant.name), to: .string(name))
            let entry = AuditEntry(
                action: "tenant.updated",
                operation: .update,
                resourceType: "tenant",
                resourceID: tenant.id.description,
                requestID: nil,
                changes: changes.canonical
            )
            let event = TenantEvent("tenant.updated", data: .object(["name": .string(name)]))
            _ = try scope.last(
                TenantStore.renameOwn(tenant.id, to: name) + [scope.record(entry, event: event)]
            )
            tenant.name = name
            tenant.version += 1
            return tenant
        }
    }
}
