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
        let fetched = try await environment.fetch(.artifactRead, by: caller) { user in
            try ArtifactStore.list(filter, request, in: caller.tenant, reachedBy: user)
        }
        let listed = try fetched.rows.map { try ArtifactStore.listed($0, filter) }
        let page = Page(surplus: listed, request: request, position: \.position)
        return ArtifactPage(
            page: page.map(\.artifact),
            ranked: filter.words != nil && page.items.allSatisfy(\.ranked)
        )
    }
}
