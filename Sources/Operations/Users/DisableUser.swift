package import Domain
import Storage

// DESIGN
//
// 1. All changes of who may sign in happen one after the other, under the lock of the platform's
//    counters: of two owners of one tenant who are disabled at once, the second is refused.
// 2. Sessions are ended and not only shut out, so that enabling somebody revives none.

/// Shuts a person out everywhere, at once.
package struct DisableUser: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `sole_owner` when a tenant would have no owner who can sign in,
    ///   `last_super_admin`, `invalid_transition`, `not_found`.
    package func callAsFunction(
        _ user: UserID,
        reason: String,
        by caller: Caller
    ) async throws -> Account {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformUsersManage)
        ) { scope in
            _ = try PlatformRoleStore.lock(in: scope)
            let account = try scope.lockAccount(user)
            try Self.check(account, caller, scope)
            let ended = try scope.change(SessionStore.revokeAll(of: user))
            return try AccountSwitch(scope: scope, account: account).turn(
                .disabled,
                "user.disabled",
                reason: reason,
                ended: ended
            )
        }
    }

    private static func check(_ account: Account, _ caller: Caller, _ scope: Scope) throws {
        guard account.id != caller.user else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "You cannot disable yourself.",
                hint: "Another super-admin can."
            )
        }
        guard account.status == .active else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The person is already \(account.status.rawValue)."
            )
        }
        let slugs = try AccountStore.soleOwnerships(of: account.id, in: scope)
        guard slugs.isEmpty else {
            throw DomainError.soleOwner(
                of: slugs,
                hint: "Make somebody else an owner there first, or suspend the tenant."
            )
        }
    }
}

/// Lets a disabled person sign in again.
package struct EnableUser: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `invalid_transition` for somebody who is not disabled, `not_found`.
    package func callAsFunction(
        _ user: UserID,
        reason: String,
        by caller: Caller
    ) async throws -> Account {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformUsersManage)
        ) { scope in
            _ = try PlatformRoleStore.lock(in: scope)
            let account = try scope.lockAccount(user)
            guard account.status == .disabled else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The person is \(account.status.rawValue), not disabled."
                )
            }
            return try AccountSwitch(scope: scope, account: account).turn(
                .active,
                "user.enabled",
                reason: reason
            )
        }
    }
}

/// The last step of shutting somebody out or letting them in.
private struct AccountSwitch {
    let scope: Scope
    let account: Account

    func turn(
        _ status: AccountStatus,
        _ action: String,
        reason: String,
        ended: Int? = nil
    ) throws -> Account {
        var changes = Changes()
        changes.note(
            "status",
            from: .string(account.status.rawValue),
            to: .string(status.rawValue)
        )
        changes.note("reason", from: .null, to: .string(reason))
        if let ended { changes.note("sessions_ended", from: .null, to: .integer(Int64(ended))) }
        let trail = AccountTrail(scope: scope, user: account.id)
        _ = try scope.last([
            AccountStore.setStatus(status, of: account.id),
            SupportSessionStore.endAll(of: account.id), PlatformRoleStore.recount,
            trail.record(action, changes: changes),
        ])
        var changed = account
        changed.status = status
        changed.version += 1
        return changed
    }
}
