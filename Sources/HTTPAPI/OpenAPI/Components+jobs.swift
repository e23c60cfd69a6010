import Domain

extension Components {
    /// What workers do and did.
    static let jobs: [(String, Schema)] = [
        (
            "Job",
            .object([
                ("id", .uuid), ("kind", .choice(Job.Kind.allCases.map(\.rawValue))),
                ("state", .choice(Job.State.allCases.map(\.rawValue))), ("name", .text),
                ("tenant_id", .optional(.uuid)), ("tenant_slug", .optional(.text)),
                ("subject_id", .optional(.uuid)), ("destination", .optional(.text)),
                ("attempts", .integer), ("steps_done", .optional(.integer)),
                ("steps_total", .optional(.integer)), ("created_at", .time),
                ("next_at", .optional(.time)), ("ended_at", .optional(.time)),
                ("last_error", .optional(.text)),
            ])
        )
    ]
}
