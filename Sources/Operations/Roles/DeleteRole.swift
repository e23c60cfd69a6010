package import Domain
import Storage

/// Deletes a role of the tenant's own that nobody holds and no pending invitation offers.
package struct DeleteRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `system_role`, `role_in_use` (from the foreign keys, so no race gets around it),
    ///   `rank_violation`, `version_conflict`.
    package func callAsFunction(
        _ name: RoleName,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws {
        try await environment.database.write(.tenant(caller, .roleManage)) { scope in
            let authorization = try MemberLedger(scope).lock()
            let (old, listed) = try RoleStore.changeable(name, scope)
            try listed.requireVersion(version)
            try MemberRules.requireAbove(.custom(old), authorization)
            let draft = try RoleEdit().applied(to: old)
            let line = RoleTrail(scope: scope, id: old.id)
                .record("role.deleted", .delete, from: draft, to: nil)
            _ = try scope.last([RoleStore.delete(old.id, in: caller.tenant), line])
        }
    }
}
