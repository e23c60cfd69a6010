package import Domain
import Storage

/// Opens a workspace again that one of its owners closed.
package struct RestoreWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: the id or slug; a closed workspace is in no list of its members'.
    ///   - reason: goes into both trails.
    ///   - caller: an owner, who then owns no more free workspaces than one person may.
    /// - Returns: The workspace, open.
    /// - Throws: `tenant_access_denied`, `tenant_suspended`, `permission_denied`,
    ///   `invalid_transition`, `plan_limit_reached`.
    package func callAsFunction(
        _ name: String,
        reason: String,
        by caller: Caller
    ) async throws -> Tenant {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        let id = try await resolve(name, by: caller)
        let limit = environment.policy.ownWorkspaces
        let transition = TenantTransition.restore
        return try await environment.database.write(.selfService(caller, tenant: id)) { scope in
            let account = try scope.lockAccount(caller.user)
            try transition.lock(scope)
            let own = OwnWorkspaces(scope: scope, limit: limit)
            try own.requireOwner(caller.user)
            let tenant = try TenantStore(scope).lock()
            let closer = try scope.query(TenantStore.closer(of: id)).first
                .flatMap(TenantStore.closer)
            guard closer != .operator else { throw Self.closedByOperator }
            guard tenant.status != .suspended else { throw Refusals.tenantSuspended }
            if tenant.status == .deleted, tenant.plan == .free {
                try own.requireRoom(for: account)
            }
            return try transition.apply(to: tenant, reason: reason, in: scope)
        }
    }

    private func resolve(_ name: String, by caller: Caller) async throws -> TenantID {
        guard name.utf8.count <= 63, !name.utf8.contains(0) else {
            throw Refusals.tenantAccessDenied
        }
        let rows = try await environment.database.fetch(
            .selfService(caller),
            WorkspaceStore.find(name, of: caller.user)
        ).rows
        guard let id = try rows.first.flatMap(WorkspaceStore.tenant) else {
            throw Refusals.tenantAccessDenied
        }
        return id
    }

    private static let closedByOperator = DomainError(
        .forbidden,
        .permissionDenied,
        "An operator closed this workspace.",
        hint: "Only an operator can open it again."
    )
}
