package import Domain
import Storage

/// Gives a person a role on the platform, or another end to one they have.
package struct GrantPlatformRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `last_super_admin` when the last super-admin for good would get an end,
    ///   `invalid_transition` for a person who is disabled, `not_found`.
    package func callAsFunction(
        _ wanted: NewPlatformGrant,
        to user: UserID,
        by caller: Caller
    ) async throws -> PlatformGrant {
        try await environment.database.write(.platform(caller, .platformRolesManage)) { scope in
            _ = try PlatformRoleStore.lock(in: scope)
            let account = try scope.lockAccount(user)
            guard account.status == .active else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The person is \(account.status.rawValue) and can have no role."
                )
            }
            let before = try PlatformGrants(scope: scope).live(wanted.role, of: user)
            if let before, before.expiresAt == wanted.expiresAt { return before }
            let give = PlatformRoleStore.give(
                wanted.role,
                to: user,
                until: wanted.expiresAt,
                by: caller.user
            )
            _ = try scope.change(give)
            // A session that was opened before proves no second factor.
            if environment.policy.operatorsNeedSecondFactor, before == nil {
                _ = try scope.change(SessionStore.revokeAll(of: user, but: caller.session))
            }
            guard let after = try PlatformGrants(scope: scope).live(wanted.role, of: user) else {
                throw DomainError(.internal, .internalError, "The role was not granted.")
            }
            let trail = AccountTrail(scope: scope, user: user)
            _ = try scope.last([
                PlatformRoleStore.recount,
                trail.record(
                    "platform_role.granted",
                    .create,
                    changes: Self.changes(before, after, wanted.reason)
                ),
            ])
            return after
        }
    }

    private static func changes(
        _ before: PlatformGrant?,
        _ after: PlatformGrant,
        _ reason: String
    ) -> Changes {
        var changes = Changes()
        let role = JSONValue.string(after.role.rawValue)
        changes.note("role", from: before == nil ? .null : role, to: role)
        changes.note(
            "expires_at",
            from: before?.expiresAt.map { .string($0.rfc3339) } ?? .null,
            to: after.expiresAt.map { .string($0.rfc3339) } ?? .null
        )
        changes.note("reason", from: .null, to: .string(reason))
        return changes
    }
}

/// What people are on the platform, read inside a transaction.
struct PlatformGrants {
    let scope: Scope

    /// The grant that holds now.
    func live(_ role: PlatformRole, of user: UserID) throws -> PlatformGrant? {
        try scope.query(PlatformRoleStore.live(user)).map(PlatformRoleStore.grant)
            .first { $0.role == role }
    }
}
