package import Domain
import Storage

/// The tenant behind the id or slug that an address names.
///
/// Says nothing of whether the caller may enter: that is the guard's to say, and an unknown slug
/// gets the guard's answer to a stranger.
package struct ResolveWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `tenant_access_denied` for a slug that no tenant has.
    package func callAsFunction(_ name: String, by caller: Caller) async throws -> TenantID {
        if let id = TenantID(name) { return id }
        if let known = environment.workspaces.find(name) { return known }
        // What is no slug cannot be in the directory.
        guard name.utf8.count <= 63, !name.utf8.contains(0) else {
            throw Refusals.tenantAccessDenied
        }
        let fetched = try await environment.database.fetch(
            .person(caller),
            WorkspaceStore.resolve(name)
        )
        guard let id = try fetched.rows.first.flatMap(WorkspaceStore.tenant) else {
            throw Refusals.tenantAccessDenied
        }
        environment.workspaces.keep(id, for: name)
        return id
    }
}
