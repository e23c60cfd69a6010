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
    ///   - caller: Needs `artifact.read`; with a grant for one's own only, finds only those.
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
        guard filter.author == nil else {
            return ArtifactPage(page: Page(items: [], next: nil, hasPrevious: false), ranked: false)
        }
        var own = filter
        own.author = user
        return try page(try await fetch(own, request, by: caller), own, request)
    }

    private func fetch(
        _ filter: ArtifactFilter,
        _ request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Fetched {
        try await environment.database.fetch(
            .tenant(caller, .artifactRead),
            try ArtifactStore.list(filter, request, in: caller.tenant)
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
