package import Domain
import Storage

/// Gives a person another name or language.
package struct UpdateUser: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`; `version_conflict` when `version` is given and not the present one.
    package func callAsFunction(
        _ user: UserID,
        _ edit: AccountEdit,
        version: Int64?,
        by caller: Caller
    ) async throws -> Account {
        try await environment.database.write(.platform(caller, .platformUsersManage)) { scope in
            try AccountChange(scope: scope, user: user)(edit, version: version)
        }
    }
}
