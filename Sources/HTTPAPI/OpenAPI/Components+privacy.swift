import Domain

extension Components {
    /// Requests for personal data, and legal holds.
    static let privacy: [(String, Schema)] = [
        ("DataRequest", dataRequest),
        ("LegalHold", legalHold),
    ]

    private static let dataRequest = Schema.object([
        ("id", .uuid), ("kind", .choice(DataRequest.Kind.allCases.map(\.rawValue))),
        ("subject_id", .uuid), ("workspace_id", .optional(.uuid)), ("requested_by", .uuid),
        ("status", .choice(DataRequest.Status.allCases.map(\.rawValue))),
        ("progress", .object([("done", .integer), ("total", .integer)])),
        (
            "file",
            .optional(.object([("bytes", .integer), ("sha256", .text), ("expires_at", .time)]))
        ),
        ("created_at", .time), ("due_at", .time), ("finished_at", .optional(.time)),
    ])

    private static let legalHold = Schema.object([
        ("id", .uuid), ("subject_id", .optional(.uuid)), ("reason", .text),
        ("created_by", .uuid), ("created_at", .time), ("released_at", .optional(.time)),
    ])
}
