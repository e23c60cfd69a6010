import Domain

extension Components {
    /// Artifacts, their history and their tags.
    static let artifacts: [(String, Schema)] = [
        ("Artifact", artifact),
        ("ArtifactRevision", revision),
        ("Tag", tag),
    ]

    private static let artifact = Schema.object([
        ("id", .uuid), ("name", .text), ("description", .text), ("tags", .array(.text)),
        ("metadata", .anyObject), ("created_by", .uuid), ("created_at", .time),
        ("updated_by", .uuid), ("updated_at", .time), ("version", .integer),
        ("deleted_at", .optional(.time)),
    ])

    private static let revision = Schema.object([
        ("version", .integer),
        ("action", .choice(ArtifactRevision.Action.allCases.map(\.rawValue))),
        ("actor_id", .uuid), ("at", .time), ("changes", .anyObject),
    ])

    private static let tag = Schema.object([("tag", .text), ("count", .integer)])
}
