package import Domain
import Storage

/// Reads one artifact in one round trip.
package struct FindArtifact: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The artifact's.
    ///   - deletedToo: Whether a deleted one is found as well; otherwise it looks missing.
    ///   - caller: Needs `artifact.read`.
    /// - Returns: The artifact with all its fields.
    /// - Throws: Not found for an id that is missing or another tenant's.
    package func callAsFunction(
        _ id: ArtifactID,
        deletedToo: Bool = false,
        by caller: TenantCaller
    ) async throws -> Artifact {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .artifactRead),
            ArtifactStore.find(id, in: caller.tenant)
        )
        guard let artifact = try fetched.rows.first.map(Artifact.init),
            deletedToo || artifact.deletedAt == nil
        else { throw DomainError.notFound("artifact", id.description) }
        try await environment.requireReach(
            fetched.authorization,
            to: id,
            of: artifact.createdBy,
            for: caller
        )
        return artifact
    }
}
