package import Domain
import Storage

/// The settings of the caller's workspace, with the version to change them by.
package struct ShowSettings: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> Tenant {
        let rows = try await environment.database.fetch(
            .tenant(caller, .workspaceRead),
            TenantStore.find(caller.tenant)
        ).rows
        guard let row = rows.first else { throw Refusals.tenantAccessDenied }
        return try TenantStore.tenant(row)
    }
}
