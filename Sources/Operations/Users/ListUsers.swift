package import Domain
import Storage

/// One page of the people that the platform knows, for operators who manage them.
package struct ListUsers: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        _ filter: AccountFilter,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<Account> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformUsersManage),
            AccountStore.page(filter, page)
        )
        return Page(
            surplus: try fetched.rows.map(AccountStore.account),
            request: page,
            position: \.position
        )
    }
}

/// One page of a person's sessions, the newest first.
package struct ListUserSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` for an unknown person.
    package func callAsFunction(
        of user: UserID,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<AccountSession> {
        try await environment.database.read(.platform(caller, .platformUsersManage)) { scope in
            let rows = try scope.batch([
                AccountStore.find(user), AccountSessionStore.page(user, page),
            ])
            guard rows[0].first != nil else {
                throw DomainError.notFound("person", user.description)
            }
            return Page(
                surplus: try rows[1].map(AccountSessionStore.session),
                request: page,
                position: \.position
            )
        }
    }
}
