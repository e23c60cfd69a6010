package import Domain
import Storage

/// Puts names to the ids of people who act or acted in the workspace.
package struct NamePeople: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - ids: Whom; somebody who never was in the workspace is left out.
    ///   - caller: Needs `workspace.read`.
    /// - Returns: The people who were found, by id.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ ids: Set<UserID>,
        by caller: TenantCaller
    ) async throws -> [UserID: User] {
        guard !ids.isEmpty else { return [:] }
        let fetched = try await environment.database.fetch(
            .tenant(caller, .workspaceRead),
            PeopleStore.named(ids)
        )
        return try PeopleStore.people(fetched.rows)
    }
}

/// Puts names to the ids of people who act on the platform, for those who read its trail.
package struct NameOperators: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The people who were found, by id.
    package func callAsFunction(
        _ ids: Set<UserID>,
        by caller: Caller
    ) async throws -> [UserID: User] {
        guard !ids.isEmpty else { return [:] }
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAuditRead),
            PeopleStore.known(ids)
        )
        return try PeopleStore.people(fetched.rows)
    }
}
