package import Domain
import Storage

/// The caller as a person: name, platform role, workspaces.
package struct ShowMe: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> Me {
        try await environment.database.read(.person(caller)) { scope in
            let rows = try scope.last([UserStore.me(caller.user), WorkspaceStore.mine])
            guard let row = rows[0].first else { throw Refusals.sessionRevoked }
            let standing = try UserStore.standing(row)
            return Me(
                user: try UserStore.user(row),
                locale: standing.locale,
                timeZone: standing.timeZone,
                version: standing.version,
                platformRole: try UserStore.platformRole(row),
                workspaces: try rows[1].map(WorkspaceStore.workspace)
            )
        }
    }
}

/// What a person sees of themselves.
package struct Me: Hashable, Sendable {
    package var user: User
    /// The language of mails.
    package var locale: String
    /// Where the person reads times; nil for wherever the machine is.
    package var timeZone: String?
    package var version: Int64
    package var platformRole: PlatformRole?
    package var workspaces: [Workspace]
}
