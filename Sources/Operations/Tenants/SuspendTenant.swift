package import Domain

/// Closes a tenant to its members until it is resumed; nothing is deleted.
package struct SuspendTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `invalid_transition` when it is so already.
    package func callAsFunction(
        _ id: TenantID,
        reason: String,
        by caller: Caller
    ) async throws -> Tenant {
        try await TenantTransition.suspend(id, reason: reason, by: caller, in: environment)
    }
}
