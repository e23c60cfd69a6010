package import Domain

/// Closes a tenant for good, as far as people see; its rows stay, and an operator can restore it.
package struct CloseTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the tenant.
    ///   - slug: its slug, typed as a confirmation.
    ///   - reason: goes into both trails.
    ///   - caller: an operator who may manage tenants.
    /// - Returns: The tenant, closed.
    /// - Throws: A validation error for another slug; `invalid_transition`, `legal_hold`.
    package func callAsFunction(
        _ id: TenantID,
        confirming slug: String,
        reason: String,
        by caller: Caller
    ) async throws -> Tenant {
        let tenant = try await FindTenant(environment)(id, by: caller).tenant
        try tenant.requireConfirmation(slug)
        return try await TenantTransition.close(by: .operator)(
            id,
            reason: reason,
            by: caller,
            in: environment
        )
    }
}

/// Opens a closed tenant again, whoever closed it.
package struct RestoreTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `invalid_transition` for one that is not closed.
    package func callAsFunction(
        _ id: TenantID,
        reason: String,
        by caller: Caller
    ) async throws -> Tenant {
        try await TenantTransition.restore(id, reason: reason, by: caller, in: environment)
    }
}

extension Tenant {
    /// A slip of the hand closes nothing.
    func requireConfirmation(_ typed: String) throws(DomainError) {
        guard typed == slug else {
            throw .invalid("slug", "must be the workspace's own slug, as a confirmation")
        }
    }

    func requireVersion(_ expected: Int64?) throws(DomainError) {
        guard let expected, expected != version else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The tenant is at version \(version), not \(expected).",
            hint: "Look at it again before you change it."
        )
    }
}
