package import Domain
import Storage

/// Changes a role of the tenant's own; who holds it may do the new things on the next request.
package struct EditRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: Which role.
    ///   - edit: What shall change.
    ///   - version: The version that the caller saw; nil for any.
    ///   - caller: Somebody of higher rank than the role, before and after, and with all its
    ///     permissions.
    /// - Returns: The role as changed, or as before when nothing would change.
    /// - Throws: `system_role`, `rank_violation`, `grant_exceeds_own`, `role_name_taken`,
    ///   `version_conflict`.
    package func callAsFunction(
        _ name: RoleName,
        _ edit: RoleEdit,
        version: Int64?,
        by caller: TenantCaller
    ) async throws -> TenantRole {
        guard !edit.isEmpty else {
            throw DomainError.invalid("body", "must have name, rank or permissions")
        }
        return try await environment.database.write(.tenant(caller, .roleManage)) { scope in
            let authorization = try MemberLedger(scope).lock()
            let (old, listed) = try RoleStore.changeable(name, scope)
            try listed.requireVersion(version)
            try MemberRules.requireAbove(.custom(old), authorization)
            let draft = try edit.applied(to: old)
            let changed = CustomRole(id: old.id, draft)
            try MemberRules.requireGrant(of: .custom(changed), by: authorization)
            guard changed != old else { return listed }
            let update = RoleStore.update(old.id, to: draft, in: caller.tenant)
            let before = try RoleEdit().applied(to: old)
            let line = RoleTrail(scope: scope, id: old.id)
                .record("role.changed", .update, from: before, to: draft)
            _ = try scope.last([update, line])
            return TenantRole(
                role: .custom(changed),
                members: listed.members,
                version: listed.version.map { $0 + 1 }
            )
        }
    }
}
