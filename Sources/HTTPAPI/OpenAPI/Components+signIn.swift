import Domain

extension Components {
    /// Sessions, who one is, and the second factor.
    static let signIn: [(String, Schema)] = [
        ("Session", session),
        ("User", user),
        ("Me", me),
        ("LiveSession", liveSession),
        ("LinkedIdentity", identity),
        ("SecondFactor", secondFactor),
        ("SecondFactorEnrolment", .object([("secret", .text), ("uri", .text)])),
        ("RecoveryCodes", .object([("recovery_codes", .array(.text))])),
        (
            "SecondFactorSession",
            .object([("session", .named("Session")), ("recovery_codes", .array(.text))])
        ),
    ]

    private static let session = Schema.object([
        ("access_token", .text), ("token_type", .choice(["Bearer"])), ("expires_in", .integer),
        ("expires_at", .time), ("user", .named("User")),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("workspace_id", .optional(.uuid)), ("refresh_token", .optional(.text)),
        ("refresh_expires_at", .optional(.time)),
    ])

    private static let user = Schema.object([
        ("id", .uuid), ("email", .text), ("name", .text),
    ])

    private static let me = Schema.object([
        ("id", .uuid), ("email", .text), ("name", .text),
        ("locale", .choice(AccountEdit.locales)), ("time_zone", .optional(.text)),
        ("version", .integer),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("workspaces", .array(.named("Workspace"))),
    ])

    private static let liveSession = Schema.object([
        ("id", .uuid), ("kind", .choice(Session.Kind.allCases.map(\.rawValue))),
        ("current", .boolean), ("workspace_id", .optional(.uuid)),
        ("user_agent", .optional(.text)), ("ip", .optional(.text)), ("created_at", .time),
        ("last_seen_at", .time), ("expires_at", .time),
    ])

    private static let identity = Schema.object([
        ("provider", .text), ("email", .optional(.text)), ("linked_at", .time),
        ("last_used_at", .time),
    ])

    private static let secondFactor = Schema.object([
        ("enabled", .boolean), ("confirmed_at", .optional(.time)),
        ("recovery_codes_left", .integer),
    ])
}
