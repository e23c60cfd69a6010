import Domain
import Storage

/// Proves a mail address by the link that was sent to it.
package struct VerifyEmail: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `link_expired`.
    package func callAsFunction(token: String, requestID: String) async throws {
        guard let token = URLToken(parsing: token) else { throw Refusals.linkExpired }
        try await environment.database.system(reason: .signIn, requestID: requestID) { scope in
            guard let user = try LinkStore.use(token.hash, kind: .verify, in: scope) else {
                throw Refusals.linkExpired
            }
            let entry = AuditEntry(
                action: "user.email_verified",
                operation: .update,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil
            )
            _ = try scope.last([UserStore.verify(user), scope.recordPlatform(entry)])
        }
    }
}

/// Sends the link once more to somebody who registered and has not followed it.
package struct ResendVerification: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Says nothing of whether anything was sent.
    ///
    /// - Throws: A validation error for what is no address; `rate_limited`.
    package func callAsFunction(
        email: String,
        client: ClientInfo,
        requestID: String
    ) async throws {
        let address = try EmailAddress(email)
        try await SignInThrottle(environment).countForm(client, requestID: requestID)
        let known = try await FindCredentials(environment)(address)
        try await environment.database.system(
            reason: .signIn,
            user: known?.user,
            requestID: requestID
        ) { scope in
            let mail = try VerificationMail(environment)
                .statements(for: known, at: address, in: scope)
            let entry = AuditEntry(
                action: "user.verification_requested",
                operation: .other,
                resourceType: "user",
                resourceID: known?.user.description,
                requestID: nil
            )
            _ = try scope.last(mail + [scope.recordPlatform(entry)])
        }
    }
}
