package import Domain
import Storage

/// Finds the person whom an operator means.
package struct FindPerson: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - email: the person's mail address.
    ///   - caller: needs `platform.users.manage`.
    /// - Returns: The person's id.
    /// - Throws: `not_found`, `validation_error`.
    package func callAsFunction(_ email: String, by caller: Caller) async throws -> UserID {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformUsersManage),
            ErasureStore.find(try EmailAddress(email))
        )
        guard let id = try fetched.rows.first.flatMap(ErasureStore.person) else {
            throw DomainError.notFound("person", email)
        }
        return id
    }

    /// Whether there is such a person, and the operator may act on them.
    func check(_ subject: UserID, by caller: Caller) async throws {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformUsersManage),
            ErasureStore.exists(subject)
        )
        guard fetched.rows.first != nil else {
            throw DomainError.notFound("person", subject.description)
        }
    }
}
