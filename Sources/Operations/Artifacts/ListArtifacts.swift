package import Domain
import Storage

/// Lists artifacts, or searches them: in one round trip.
package struct ListArtifacts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - filter: Which, and in which order; words rank by relevance instead.
    ///   - request: How many, after which.
    ///   - caller: Needs `artifact.read`; with a grant for one's own only, finds only what
    ///     they made or were given.
    /// - Returns: A page, and whether relevance ordered it.
    /// - Throws: `cursor_invalid` for a position of another list.
    package func callAsFunction(
        _ filter: ArtifactFilter,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> ArtifactPage {
        let user = caller.caller.user
        let fetched = try await fetch(filter, request, by: caller)
        guard fetched.authorization?.grant == .own, filter.author != user else {
            return try page(fetched, filter, request)
        }
        return try page(try await fetch(filter, request, by: caller, only: user), filter, request)
    }

    private func fetch(
        _ filter: ArtifactFilter,
        _ request: PageRequest,
        by caller: TenantCaller,
        only user: UserID? = nil
    ) async throws -> Fetched {
        try await environment.database.fetch(
            .tenant(caller, .artifactRead),
            try ArtifactStore.list(filter, request, in: caller.tenant, reachedBy: user)
        )
    }

    private func page(
        _ fetched: Fetched,
        _ filter: ArtifactFilter,
        _ request: PageRequest
    ) throws -> ArtifactPage {
        let listed = try fetched.rows.map { try ArtifactStore.listed($0, filter) }
        let page = Page(surplus: listed, request: request, position: \.position)
        return ArtifactPage(
            page: page.map(\.artifact),
            ranked: filter.words != nil && page.items.allSatisfy(\.ranked)
        )
    }
}
