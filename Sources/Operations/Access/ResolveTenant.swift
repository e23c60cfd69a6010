package import Domain
import Storage

/// The tenant that an operator names by id or slug.
package struct ResolveTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: what was typed.
    ///   - evenClosed: whether a closed tenant counts as one.
    ///   - caller: needs `platform.tenants.read`.
    /// - Returns: The tenant's id.
    /// - Throws: `not_found`.
    package func callAsFunction(
        _ name: String,
        evenClosed: Bool = false,
        by caller: Caller
    ) async throws -> TenantID {
        guard !name.utf8.contains(0) else { throw DomainError.notFound("tenant", name) }
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformTenantsRead),
            WorkspaceStore.find(name, evenClosed: evenClosed)
        )
        guard let id = try fetched.rows.first.flatMap(WorkspaceStore.tenant) else {
            throw DomainError.notFound("tenant", name)
        }
        return id
    }
}
