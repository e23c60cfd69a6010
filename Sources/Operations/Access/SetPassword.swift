import Domain
import Storage

/// Gives a known person a password; the process itself asks, for the demo and for set-up.
package struct SetPassword: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` when nobody has the address.
    package func callAsFunction(email: String, password: [UInt8]) async throws {
        let address = try EmailAddress(email)
        try PasswordCheck.checkNew(password)
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        try await environment.database.system(reason: .demo) { scope in
            guard let user = try UserStore.find(address, in: scope) else {
                throw DomainError.notFound("person", email)
            }
            let entry = AuditEntry(
                action: "user.password_set",
                operation: .update,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil
            )
            _ = try scope.last([
                UserStore.setPassword(hash, of: user), scope.recordPlatform(entry),
            ])
        }
    }
}
