import Domain

extension Components {
    /// What operators see of the whole platform, and their visits to tenants.
    static let platform: [(String, Schema)] = [
        ("Overview", overview),
        ("SupportSession", supportSession),
        ("SupportConsent", .object(consentMembers)),
        ("GivenSupportConsent", .object(consentMembers + [("token", .text)])),
    ]

    private static let overview = Schema.object([
        ("active_tenants", .integer), ("suspended_tenants", .integer), ("members", .integer),
        ("artifacts", .integer), ("ai_today", spend), ("ai_yesterday", spend),
        ("refreshed_at", .optional(.time)), ("health", .optional(platformHealth)),
        ("queue", queue),
    ])

    /// How much waits for workers, and what they gave up.
    private static let queue = Schema.object([
        ("mails_waiting", .optional(.integer)), ("mails_failed", .optional(.integer)),
        ("copies_waiting", .optional(.integer)), ("copies_failed", .optional(.integer)),
    ])

    private static let spend = Schema.object([("tokens", .integer), ("cost_usd", .money)])

    /// What the serving processes measured in their last minute.
    private static let platformHealth = Schema.object([
        ("processes", .integer), ("requests", .integer), ("errors", .integer),
        ("p50_us", .optional(.integer)), ("p99_us", .optional(.integer)),
        (
            "pool",
            .object([
                ("size", .integer), ("in_use", .integer), ("waiting", .integer),
                ("timeouts", .integer),
            ])
        ),
        ("measured_at", .optional(.time)), ("alerts", .array(.text)),
    ])

    private static let supportSession = Schema.object([
        ("id", .uuid), ("staff_id", .uuid), ("staff_name", .text), ("tenant_id", .uuid),
        ("tenant_slug", .text), ("reason", .text), ("ticket", .optional(.text)),
        ("mode", .choice(AccessMode.allCases.map(\.rawValue))),
        ("consent_id", .optional(.uuid)), ("personal_data", .boolean), ("started_at", .time),
        ("expires_at", .time), ("ended_at", .optional(.time)),
    ])

    private static let consentMembers: [(String, Schema)] = [
        ("id", .uuid), ("note", .optional(.text)), ("personal_data", .boolean),
        ("granted_by", .uuid), ("created_at", .time), ("expires_at", .time),
        ("revoked_at", .optional(.time)),
        ("state", .choice(SupportConsent.State.allCases.map(\.rawValue))),
    ]
}
