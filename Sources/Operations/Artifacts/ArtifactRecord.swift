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
        try requireReach(to: artifact, for: caller, in: scope)
        return artifact
    }

    /// Refuses somebody who may touch only what they made or were given, and neither is so.
    private func requireReach(
        to artifact: Artifact,
        for caller: TenantCaller,
        in scope: Scope
    ) throws {
        let authorization = try scope.authorization()
        guard authorization.grant == .own, artifact.createdBy != caller.caller.user else { return }
        guard let permission = scope.access.guard.permission else { throw Refusals.outOfReach }
        let given = try scope.query(
            GrantStore.isGiven(
                permission,
                on: artifact.id,
                to: caller.caller.user,
                in: caller.tenant
            )
        )
        guard !given.isEmpty else { throw Refusals.outOfReach }
    }
}

extension Environment {
    /// The same for readers: a second round trip, for those only whose role reaches no further.
    func requireReach(
        _ authorization: Authorization?,
        to id: ArtifactID,
        of author: UserID,
        for caller: TenantCaller
    ) async throws {
        guard authorization?.grant == .own, author != caller.caller.user else { return }
        let given = try await database.fetch(
            .tenant(caller, .artifactRead),
            GrantStore.isGiven(
                .artifactRead,
                on: id,
                to: caller.caller.user,
                in: caller.tenant
            )
        )
        guard !given.rows.isEmpty else { throw Refusals.outOfReach }
    }
}

extension Refusals {
    static let outOfReach = DomainError.forbidden(
        .permissionDenied,
        "You may do this only with artifacts that you made or were given."
    )
}
