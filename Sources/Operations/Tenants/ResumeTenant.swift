package import Domain

/// Opens a suspended tenant to its members again.
package struct ResumeTenant: Sendable {
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
        try await TenantTransition.resume(id, reason: reason, by: caller, in: environment)
    }
}
