import Domain
import Storage

/// Takes the second factor away from somebody who has lost app and recovery codes.
///
/// The process itself asks, on its own machine.
package struct ResetSecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` when nobody has the address; `mfa_conflict` when there is no factor.
    package func callAsFunction(email: String) async throws {
        let address = try EmailAddress(email)
        try await environment.database.system(reason: .setup) { scope in
            guard let user = try UserStore.find(address, in: scope) else {
                throw DomainError.notFound("person", email)
            }
            guard try scope.change(SecondFactorStore.delete(user)) == 1 else {
                throw SecondFactorRefusals.none
            }
            let entry = AuditEntry(
                action: "auth.mfa_reset",
                operation: .other,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil
            )
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }
}
