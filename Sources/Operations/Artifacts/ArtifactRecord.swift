import Domain
import Storage

/// What every change of an artifact leaves behind, and what it may refuse.
extension AuditEntry {
    init(
        artifact id: ArtifactID,
        _ action: ArtifactRevision.Action,
        _ changes: Changes,
        in scope: Scope
    ) {
        let operation: Operation =
            switch action {
            case .created: .create
            case .updated, .restored: .update
            case .deleted: .delete
            }
        self.init(
            action: "artifact.\(action.rawValue)",
            operation: operation,
            resourceType: "artifact",
            resourceID: id.description,
            requestID: scope.access.requestID,
            changes: changes.canonical
        )
    }
}

extension TenantEvent {
    init(
        artifact id: ArtifactID,
        _ action: ArtifactRevision.Action,
        name: String,
        version: Int64
    ) {
        self.init(
            "artifact.\(action.rawValue)",
            data: .object([
                "id": .string(id.description),
                "name": .string(name),
                "version": .integer(version),
            ])
        )
    }
}

extension Artifact {
    /// Refuses somebody who may touch only what they made, and did not make this.
    static func requireReach(
        _ authorization: Authorization?,
        of user: UserID,
        author: UserID
    )
        throws(DomainError)
    {
        guard authorization?.grant == .own, author != user else { return }
        throw .forbidden(.permissionDenied, "You may do this only with artifacts that you made.")
    }

    /// Refuses a change that was prepared on another version.
    func requireVersion(_ wanted: Int64) throws(DomainError) {
        guard wanted != version else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The artifact \"\(name)\" is at version \(version), your change is of version"
                + " \(wanted).",
            hint: "Load it again and repeat your change."
        )
    }

    /// Refuses a change of something that is deleted.
    func requireLive() throws(DomainError) {
        guard deletedAt != nil else { return }
        throw DomainError(
            .notFound,
            .notFound,
            "The artifact \"\(name)\" is deleted.",
            hint: "Restore it first."
        )
    }
}

extension ArtifactStore {
    /// The artifact, locked, for a caller who may touch it.
    ///
    /// - Throws: Not found for an id that is missing or another tenant's.
    func locked(_ id: ArtifactID, for caller: TenantCaller, in scope: Scope) throws -> Artifact {
        guard let artifact = try lock(id) else {
            throw DomainError.notFound("artifact", id.description)
        }
        try Artifact.requireReach(
            try scope.authorization(),
            of: caller.caller.user,
            author: artifact.createdBy
        )
        return artifact
    }
}
