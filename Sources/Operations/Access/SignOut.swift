package import Domain
import Storage

/// Ends the caller's session.
package struct SignOut: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `session_revoked` when it had ended before.
    package func callAsFunction(by caller: Caller) async throws {
        try await environment.database.system(
            reason: .signIn,
            user: caller.user,
            requestID: caller.requestID
        ) { scope in
            let ended = try scope.change(SessionStore.revoke(caller.session, of: caller.user))
            guard ended == 1 else { throw Refusals.sessionRevoked }
            let entry = AuditEntry(
                action: "auth.logout",
                operation: .other,
                resourceType: "session",
                resourceID: caller.session.description,
                requestID: nil
            )
            _ = try scope.last([
                RefreshTokenStore.revoke(of: caller.user), scope.recordPlatform(entry),
            ])
        }
    }
}
