package import Domain
import Storage

/// Lists the history of an artifact, deleted or not, newest first.
package struct ListRevisions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The artifact's.
    ///   - request: How many, after which.
    ///   - caller: Needs `artifact.read`.
    /// - Returns: A page of versions with what each changed.
    /// - Throws: Not found for an id that is missing or another tenant's.
    package func callAsFunction(
        _ id: ArtifactID,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<ArtifactRevision> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .artifactRead),
            try ArtifactStore.revisions(of: id, request, in: caller.tenant)
        )
        guard let author = try ArtifactStore.author(fetched.rows) else {
            throw DomainError.notFound("artifact", id.description)
        }
        try await environment.requireReach(fetched.authorization, to: id, of: author, for: caller)
        return Page(
            surplus: try fetched.rows.compactMap(ArtifactRevision.init),
            request: request
        ) { PagePosition([String($0.version)]) }
    }
}
