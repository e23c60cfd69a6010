import Domain

extension Components {
    /// The audit trail and the verdict on its chain.
    static let audit: [(String, Schema)] = [
        ("AuditEvent", auditEvent),
        ("ChainVerdict", verdict),
    ]

    private static let auditEvent = Schema.object([
        ("id", .uuid), ("seq", .integer), ("created_at", .time), ("actor", actor),
        ("action", .text), ("operation", .choice(AuditEntry.Operation.allCases.map(\.rawValue))),
        ("resource_type", .text), ("resource_id", .optional(.text)),
        ("outcome", .choice(AuditEntry.Outcome.allCases.map(\.rawValue))),
        ("request_id", .optional(.text)), ("changes", .anyObject), ("payload_hash", .text),
        ("previous_hash", .text), ("hash", .text),
    ])

    private static let actor = Schema.object([
        ("kind", .choice(AuditActor.Kind.allCases.map(\.rawValue))), ("id", .optional(.uuid)),
        ("acting_id", .optional(.uuid)), ("session_id", .optional(.uuid)),
        ("support_session_id", .optional(.uuid)),
    ])

    private static let verdict = Schema.object([
        ("valid", .boolean), ("checked", .integer), ("last_hash", .text),
        ("fault", .optional(.object([("seq", .integer), ("kind", .text)]))),
    ])
}
