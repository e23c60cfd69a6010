package import Domain
import Storage

/// Makes a person an operator of the platform; the process itself asks, on its own machine.
package struct CreateOperator: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Gives the role and the password to the person with that address, who is made when unknown.
    package func callAsFunction(
        email: String,
        name: String,
        password: [UInt8],
        role: PlatformRole
    ) async throws -> UserID {
        let address = try EmailAddress(email)
        let shown = try Validation.text(name, field: "name", length: 1...200)
        try PasswordPolicy().check(password, email: address)
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        return try await environment.database.system(reason: .setup) { scope in
            let user = try UserStore.ensure(address, name: shown, in: scope)
            var changes = Changes()
            changes.note("role", from: .null, to: .string(role.rawValue))
            let entry = AuditEntry(
                action: "operator.created",
                operation: .create,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil,
                changes: changes.canonical
            )
            _ = try scope.last(
                NewPassword(hash: hash, user: user).statements + [
                    UserStore.verify(user),
                    UserStore.grant(role, to: user),
                    scope.recordPlatform(entry),
                ]
            )
            return user
        }
    }
}
