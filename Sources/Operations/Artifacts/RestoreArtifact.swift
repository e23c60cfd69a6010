package import Domain
import Storage

/// Brings a deleted artifact back, with its tags.
package struct RestoreArtifact: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The artifact's.
    ///   - caller: Needs `artifact.restore`.
    /// - Returns: The artifact at its new version.
    /// - Throws: `invalid_transition` when it is not deleted.
    package func callAsFunction(_ id: ArtifactID, by caller: TenantCaller) async throws -> Artifact
    {
        try await environment.database.write(.tenant(caller, .artifactRestore)) { scope in
            let artifacts = ArtifactStore(scope)
            let artifact = try artifacts.locked(id, for: caller, in: scope)
            guard artifact.deletedAt != nil else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The artifact \"\(artifact.name)\" is not deleted."
                )
            }
            let entry = AuditEntry(artifact: id, .restored, Changes(), in: scope)
            let event = TenantEvent(
                artifact: id,
                .restored,
                name: artifact.name,
                version: artifact.version + 1
            )
            return try artifacts.commit(
                try artifacts.restore(artifact, by: caller.caller.user),
                scope.record(entry, event: event)
            )
        }
    }
}
