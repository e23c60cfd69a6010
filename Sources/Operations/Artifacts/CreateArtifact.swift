package import Domain
import Sealing
import Storage

/// Makes an artifact: one round trip, or two with an idempotency key.
package struct CreateArtifact: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - draft: The checked fields.
    ///   - idempotencyKey: With the key and the input of an earlier call, the artifact of that call
    ///     is returned as that call made it: who may create may not always read.
    ///   - caller: Needs `artifact.create`.
    /// - Returns: The artifact at version 1.
    /// - Throws: `idempotency_key_reused` when the key stands for another input.
    package func callAsFunction(
        _ draft: ArtifactDraft,
        idempotencyKey: String? = nil,
        by caller: TenantCaller
    ) async throws -> Artifact {
        try await environment.database.write(.tenant(caller, .artifactCreate)) { scope in
            let artifacts = ArtifactStore(scope)
            let id = scope.newID(Artifact.self)
            if let idempotencyKey,
                let earlier = try claim(idempotencyKey, for: draft, id: id, in: scope)
            {
                guard let artifact = try artifacts.lock(earlier) else {
                    throw DomainError.notFound("artifact", earlier.description)
                }
                return artifact.asMade(of: draft)
            }
            let entry = AuditEntry(artifact: id, .created, draft.changes(from: nil), in: scope)
            let event = TenantEvent(artifact: id, .created, name: draft.name, version: 1)
            return try artifacts.commit(
                try artifacts.insert(draft, id: id, by: caller.caller.user),
                scope.record(entry, event: event)
            )
        }
    }

    private func claim(
        _ key: String,
        for draft: ArtifactDraft,
        id: ArtifactID,
        in scope: Scope
    ) throws -> ArtifactID? {
        let earlier = try IdempotencyStore(scope).claim(
            key,
            route: "artifact.create",
            fingerprint: Digest.sha256(draft.fingerprint),
            result: .object(["id": .string(id.description)])
        )
        guard case .string(let text)? = earlier?["id"] else { return nil }
        return ArtifactID(text)
    }
}

extension Artifact {
    /// What it was before others changed or deleted it.
    fileprivate func asMade(of draft: ArtifactDraft) -> Artifact {
        guard version > 1 else { return self }
        return Artifact(
            id: id,
            name: draft.name,
            description: draft.description,
            tags: draft.tags,
            metadata: draft.metadata,
            createdBy: createdBy,
            createdAt: createdAt,
            updatedBy: createdBy,
            updatedAt: createdAt,
            version: 1,
            deletedAt: nil
        )
    }
}

extension ArtifactDraft {
    /// The same text for the same input, whatever the order of the metadata's members.
    fileprivate var fingerprint: String {
        JSONValue.object([
            "name": .string(name),
            "description": .string(description),
            "tags": .array(tags.map(JSONValue.string)),
            "metadata": metadata,
        ]).canonical
    }
}
