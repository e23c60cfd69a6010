import Domain

extension Components {
    /// What workers do and did, and what somebody should look at.
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
        ),
        (
            "PlatformAlert",
            .object([
                ("id", .text), ("kind", .choice(PlatformAlert.Kind.allCases.map(\.rawValue))),
                ("sentence", .text), ("acknowledged_at", .optional(.time)),
                ("acknowledged_by", .optional(.text)),
            ])
        ),
    ]
}
