package import Domain
import Storage

/// Replaces one's own password by another; whoever else is signed in with it is signed out.
package struct ChangePassword: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Puts a new password in place of the current one; the device that asks stays known.
    ///
    /// - Parameters:
    ///   - current: the password until now, exactly as received.
    ///   - new: the one from now on.
    ///   - client: the machine that asks.
    ///   - caller: whose password it is.
    /// - Throws: `validation_error` for a wrong current password, `rate_limited` after several,
    ///   `password_policy`, `session_revoked`.
    package func callAsFunction(
        current: [UInt8],
        new: [UInt8],
        client: ClientInfo,
        by caller: Caller
    ) async throws {
        let person = try await credentials(caller)
        let address = try EmailAddress(person.email)
        try PasswordPolicy(field: "new_password").check(new, email: address)
        try await PasswordProof(environment, caller)
            .check(current, "current_password", of: person.email, against: person.passwordHash)
        guard current != new else {
            throw DomainError.invalid("new_password", "must be another one than the current one")
        }
        let hash = try await PasswordCheck(environment.passwords).hash(new)
        let device = DeviceToken(parsing: client.device, environment.sealer)
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: caller.user, mode: .readWrite),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
        try await environment.database.write(access) { scope in
            let entry = AuditEntry(
                action: "user.password_changed",
                operation: .update,
                resourceType: "user",
                resourceID: caller.user.description,
                requestID: nil
            )
            let change = NewPassword(
                hash: hash,
                user: caller.user,
                session: caller.session,
                deviceHash: device?.hash
            )
            _ = try scope.last(
                change.statements + [
                    try PasswordMail(environment).changed(address, scope, of: caller.user),
                    scope.recordPlatform(entry),
                ]
            )
        }
    }

    private func credentials(_ caller: Caller) async throws -> Credentials {
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: caller.user, mode: .readOnly),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
        let fetched = try await environment.database.fetch(
            access,
            SessionStore.findCredentials(of: caller.user)
        )
        guard let row = fetched.rows.first else { throw Refusals.sessionRevoked }
        return try SessionStore.credentials(row)
    }
}
