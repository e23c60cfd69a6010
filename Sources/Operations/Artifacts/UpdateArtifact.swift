package import Domain
import Storage

/// Changes fields of an artifact that nobody else has changed meanwhile.
package struct UpdateArtifact: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The artifact's.
    ///   - edit: The fields to change.
    ///   - version: The version that the change was prepared on.
    ///   - caller: Needs `artifact.update`.
    /// - Returns: The artifact at its new version; as it is when the edit changes nothing.
    /// - Throws: `version_conflict`, which names both versions.
    package func callAsFunction(
        _ id: ArtifactID,
        _ edit: ArtifactEdit,
        version: Int64,
        by caller: TenantCaller
    ) async throws -> Artifact {
        try await environment.database.write(.tenant(caller, .artifactUpdate)) { scope in
            let artifacts = ArtifactStore(scope)
            let artifact = try artifacts.locked(id, for: caller, in: scope)
            try artifact.requireLive()
            try artifact.requireVersion(version)
            let draft = try edit.applied(to: artifact)
            let changes = draft.changes(from: artifact)
            guard !changes.isEmpty else { return artifact }
            let event = TenantEvent(
                artifact: id,
                .updated,
                name: draft.name,
                version: version + 1
            )
            let statements = try artifacts.update(
                artifact,
                to: draft,
                changes: changes,
                by: caller.caller.user
            )
            let entry = AuditEntry(artifact: id, .updated, changes, in: scope)
            return try artifacts.commit(statements, scope.record(entry, event: event))
        }
    }
}
