package import Domain
import Storage

/// Makes a role of the tenant's own.
package struct CreateRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - draft: What the role is called and may do.
    ///   - caller: Somebody who may manage roles, of higher rank than the new one and with all its
    ///     permissions.
    /// - Returns: The role, which nobody holds yet.
    /// - Throws: `grant_exceeds_own`, `role_name_taken`.
    package func callAsFunction(
        _ draft: RoleDraft,
        by caller: TenantCaller
    ) async throws -> TenantRole {
        try await environment.database.write(.tenant(caller, .roleManage)) { scope in
            let authorization = try MemberLedger(scope).lock()
            let id = scope.newID(CustomRole.self)
            let role = CustomRole(id: id, draft)
            try MemberRules.requireGrant(of: .custom(role), by: authorization)
            let insert = RoleStore.insert(
                draft,
                id: id,
                by: caller.caller.user,
                in: caller.tenant
            )
            let line = RoleTrail(scope: scope, id: id)
                .record("role.created", .create, from: nil, to: draft)
            _ = try scope.last([insert, line])
            return TenantRole(role: .custom(role), members: 0, version: 1)
        }
    }
}

extension CustomRole {
    init(id: RoleID, _ draft: RoleDraft) {
        self.init(id: id, name: draft.name, rank: draft.rank, permissions: draft.permissions)
    }
}
