package import Domain
import Storage

/// Gives the caller another name, language or time zone.
package struct UpdateMe: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The caller as they are now, with their workspaces.
    /// - Throws: A validation error for a zone that there is not; `version_conflict` when `version`
    ///   is given and not the present one.
    package func callAsFunction(
        _ edit: AccountEdit,
        version: Int64?,
        by caller: Caller
    ) async throws -> Me {
        _ = try await environment.database.write(.signedIn(caller)) { scope in
            try AccountChange(scope: scope, user: caller.user)(edit, version: version)
        }
        return try await ShowMe(environment)(by: caller)
    }
}
