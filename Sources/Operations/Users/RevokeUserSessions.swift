package import Domain
import Storage

/// Ends all sessions of a person, who may sign in anew.
package struct RevokeUserSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many sessions lived until now.
    /// - Throws: `not_found`.
    @discardableResult
    package func callAsFunction(
        _ user: UserID,
        reason: String,
        by caller: Caller
    ) async throws -> Int {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformUsersManage)
        ) { scope in
            _ = try scope.lockAccount(user)
            let ended = try scope.change(SessionStore.revokeAll(of: user))
            var changes = Changes()
            changes.note("sessions_ended", from: .null, to: .integer(Int64(ended)))
            changes.note("reason", from: .null, to: .string(reason))
            let trail = AccountTrail(scope: scope, user: user)
            _ = try scope.last([
                SupportSessionStore.endAll(of: user),
                trail.record("user.sessions_revoked", changes: changes),
            ])
            return ended
        }
    }
}
