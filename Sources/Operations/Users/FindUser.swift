package import Domain
import Storage

/// A person with memberships, platform roles and the number of live sessions.
package struct FindUser: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`.
    package func callAsFunction(
        _ user: UserID,
        by caller: Caller
    ) async throws -> AccountDetail {
        try await environment.database.read(.platform(caller, .platformUsersManage)) { scope in
            let rows = try scope.batch([
                AccountStore.find(user), AccountStore.places(user), PlatformRoleStore.live(user),
                AccountSessionStore.live(user),
            ])
            guard let row = rows[0].first else {
                throw DomainError.notFound("person", user.description)
            }
            return AccountDetail(
                account: try AccountStore.account(row),
                places: try rows[1].map(AccountStore.place),
                roles: try rows[2].map(PlatformRoleStore.grant),
                liveSessions: try AccountSessionStore.count(rows[3])
            )
        }
    }
}

/// The person whom an operator names by mail address or id.
package struct ResolveUser: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, also for what is neither an address nor an id.
    package func callAsFunction(_ name: String, by caller: Caller) async throws -> UserID {
        if let id = UserID(name) { return id }
        guard let address = try? EmailAddress(name) else {
            throw DomainError.notFound("person", String(name.prefix(100)))
        }
        return try await environment.database.read(
            .platform(caller, .platformUsersManage)
        ) { scope in
            guard let user = try UserStore.find(address, in: scope) else {
                throw DomainError.notFound("person", address.description)
            }
            return user
        }
    }
}
