package import Domain
import Storage

/// Deletes an artifact softly: it leaves lists and searches and can be restored.
package struct DeleteArtifact: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The artifact's.
    ///   - version: When given, the artifact must still be at it.
    ///   - reason: Why, for the trail.
    ///   - caller: Needs `artifact.delete`.
    /// - Throws: Not found, gone when deleted already, `version_conflict`.
    package func callAsFunction(
        _ id: ArtifactID,
        version: Int64? = nil,
        reason: String? = nil,
        by caller: TenantCaller
    ) async throws {
        let reason = try Validation.reason(reason)
        try await environment.database.write(.tenant(caller, .artifactDelete)) { scope in
            let artifacts = ArtifactStore(scope)
            let artifact = try artifacts.locked(id, for: caller, in: scope)
            try artifact.requireLive()
            if let version { try artifact.requireVersion(version) }
            var changes = Changes()
            changes.note("reason", from: .null, to: reason.map(JSONValue.string) ?? .null)
            let entry = AuditEntry(artifact: id, .deleted, changes, in: scope)
            let event = TenantEvent(
                artifact: id,
                .deleted,
                name: artifact.name,
                version: artifact.version + 1
            )
            _ = try artifacts.commit(
                try artifacts.delete(artifact, by: caller.caller.user),
                scope.record(entry, event: event)
            )
        }
    }
}
