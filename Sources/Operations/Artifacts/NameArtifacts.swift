package import Domain
import Storage

/// Puts names to the ids of artifacts, deleted ones too, as a trail tells of them.
package struct NameArtifacts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - ids: Which; those of another workspace are left out.
    ///   - caller: Needs `artifact.read` on all of them; who may read only their own gets no names.
    /// - Returns: The names that were found, by id.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ ids: Set<ArtifactID>,
        by caller: TenantCaller
    ) async throws -> [ArtifactID: String] {
        guard !ids.isEmpty else { return [:] }
        let fetched = try await environment.database.fetch(
            .tenant(caller, .artifactRead),
            ArtifactStore.names(ids, in: caller.tenant)
        )
        guard fetched.authorization?.grant == .all else { return [:] }
        let names = try fetched.rows.map(ArtifactStore.named)
        return Dictionary(names) { first, _ in first }
    }
}
