package import Domain
import Storage

/// The caller's workspace with its limits and counts.
package struct ShowWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> TenantDetail {
        try await environment.database.read(.tenant(caller, .workspaceRead)) { scope in
            try TenantStore(scope).detail()
        }
    }
}
