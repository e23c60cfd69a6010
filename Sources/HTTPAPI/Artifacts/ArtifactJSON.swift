import Domain

/// How artifacts are written and read.
enum ArtifactJSON {
    @Sendable static func artifact(_ artifact: Artifact) -> JSON {
        [
            "id": JSON(artifact.id),
            "name": .string(artifact.name),
            "description": .string(artifact.description),
            "tags": .array(artifact.tags.map { .string($0) }),
            "metadata": .value(artifact.metadata),
            "created_by": JSON(artifact.createdBy),
            "created_at": JSON(artifact.createdAt),
            "updated_by": JSON(artifact.updatedBy),
            "updated_at": JSON(artifact.updatedAt),
            "version": .integer(artifact.version),
            "deleted_at": JSON(artifact.deletedAt),
        ]
    }

    static func answer(_ artifact: Artifact) -> Answer {
        .json(self.artifact(artifact), version: artifact.version)
    }

    @Sendable static func revision(_ revision: ArtifactRevision) -> JSON {
        let changes = revision.changes.fields.sorted { $0.key < $1.key }
        return [
            "version": .integer(revision.version),
            "action": .string(revision.action.rawValue),
            "actor_id": JSON(revision.actor),
            "at": JSON(revision.at),
            "changes": .object(
                changes.map { field, change in
                    (field, ["old": .value(change.old), "new": .value(change.new)])
                }
            ),
        ]
    }

    static let draft = BodyShape(
        "ArtifactDraft",
        [
            .required("name", .text, "1 to 255 characters."),
            .optional("description", .text, "At most 65,536 bytes."),
            .optional("tags", .texts, "At most 20, of 1 to 50 characters; kept in lower case."),
            .optional("metadata", .object, "Any JSON object of at most 65,536 bytes."),
        ]
    )

    static let edit = BodyShape(
        "ArtifactEdit",
        draft.fields.map { .optional($0.name, $0.kind, $0.note) }
    )

    static func draft(_ body: BodyFields) throws(DomainError) -> ArtifactDraft {
        try ArtifactDraft(
            name: body.requiredText("name"),
            description: body.text("description") ?? "",
            tags: body.texts("tags") ?? [],
            metadata: body["metadata"] ?? .object([:])
        )
    }
}
