package import Domain
import Storage

/// Closes the caller's workspace: nobody gets in any more, nothing is deleted, and an owner can
/// open it again.
package struct CloseWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - slug: the workspace's own, typed as a confirmation.
    ///   - reason: goes into both trails.
    ///   - version: what the caller saw; nil for any.
    ///   - proof: that it is the caller and not who found the token.
    ///   - caller: needs `workspace.delete`.
    /// - Returns: The workspace, closed.
    /// - Throws: A validation error for another slug, `version_conflict`, `legal_hold`,
    ///   ``FreshProofRequired``.
    package func callAsFunction(
        confirming slug: String,
        reason: String,
        version: Int64?,
        proof: FreshProof,
        by caller: TenantCaller
    ) async throws -> Tenant {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        // Who may not is told so before anything is asked of them.
        let rows = try await environment.database.fetch(
            .tenant(caller, .workspaceDelete),
            TenantStore.find(caller.tenant)
        ).rows
        guard let seen = try rows.first.map(TenantStore.tenant) else {
            throw Refusals.tenantAccessDenied
        }
        try seen.requireConfirmation(slug)
        try seen.requireVersion(version)
        try await FreshProofCheck(environment, caller.caller)(proof)
        let transition = TenantTransition.close(by: .owner)
        let person = caller.caller
        let limit = environment.policy.ownWorkspaces
        return try await environment.database.write(
            .selfService(person, tenant: caller.tenant)
        ) { scope in
            try transition.lock(scope)
            try OwnWorkspaces(scope: scope, limit: limit).requireOwner(person.user)
            let tenant = try TenantStore(scope).lock()
            try tenant.requireVersion(version)
            return try transition.apply(to: tenant, reason: reason, in: scope)
        }
    }
}
