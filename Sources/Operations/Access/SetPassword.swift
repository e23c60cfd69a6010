import Domain
import Storage

/// Gives a known person a password; the process itself asks, for the demo and for set-up.
///
/// Whoever had the old one is signed out.
package struct SetPassword: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` when nobody has the address.
    package func callAsFunction(email: String, password: [UInt8]) async throws {
        let address = try EmailAddress(email)
        try PasswordPolicy().check(password, email: address)
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
            _ = try scope.last(
                NewPassword(hash: hash, user: user).statements + [
                    UserStore.verify(user), scope.recordPlatform(entry),
                ]
            )
        }
    }
}
