package import Domain
import Storage

/// The tenant that an operator names by id or slug, a closed one too.
package struct ResolveTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: what was typed.
    ///   - caller: needs `platform.tenants.read`.
    /// - Returns: The tenant's id.
    /// - Throws: `not_found`.
    package func callAsFunction(
        _ name: String,
        by caller: Caller
    ) async throws -> TenantID {
        guard !name.utf8.contains(0) else { throw DomainError.notFound("tenant", name) }
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformTenantsRead),
            WorkspaceStore.find(name)
        )
        guard let id = try fetched.rows.first.flatMap(WorkspaceStore.tenant) else {
            throw DomainError.notFound("tenant", name)
        }
        return id
    }
}
