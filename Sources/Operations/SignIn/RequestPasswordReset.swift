import Domain
import Storage

/// Sends a link by which a forgotten password is replaced.
package struct RequestPasswordReset: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Says nothing of whether anything was sent, and takes the same time either way.
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
            let mail = try LinkMail(environment, .reset).statements(
                to: known?.isActive == true ? known : nil,
                at: address,
                in: scope
            )
            let entry = AuditEntry(
                action: "user.password_reset_requested",
                operation: .other,
                resourceType: "user",
                resourceID: known?.user.description,
                requestID: nil
            )
            _ = try scope.last(mail + [scope.recordPlatform(entry)])
        }
    }
}
