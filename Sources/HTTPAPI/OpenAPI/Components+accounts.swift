import Domain

extension Components {
    /// People, their sessions, their offices and the attempts to be them.
    static let accounts: [(String, Schema)] = [
        ("Account", .object(accountMembers)),
        ("AccountDetail", accountDetail),
        ("AccountSession", accountSession),
        ("PlatformGrant", platformGrant),
        ("SignInAttempts", signInAttempts),
    ]

    private static let accountMembers: [(String, Schema)] = [
        ("id", .uuid), ("email", .text), ("name", .text),
        ("status", .choice(AccountStatus.allCases.map(\.rawValue))),
        ("email_verified_at", .optional(.time)), ("locale", .text),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("version", .integer), ("created_at", .time),
    ]

    private static let accountDetail = Schema.object(
        accountMembers + [
            ("memberships", .array(accountPlace)),
            ("platform_roles", .array(.named("PlatformGrant"))), ("live_sessions", .integer),
        ]
    )

    private static let accountPlace = Schema.object([
        ("tenant_id", .uuid), ("slug", .text), ("name", .text), ("role", .optional(.text)),
        ("status", .choice(MemberStatus.allCases.map(\.rawValue))), ("joined_at", .time),
    ])

    private static let accountSession = Schema.object([
        ("id", .uuid), ("kind", .text), ("user_agent", .optional(.text)),
        ("ip", .optional(.text)), ("created_at", .time), ("last_seen_at", .time),
        ("expires_at", .time), ("revoked_at", .optional(.time)),
    ])

    private static let platformGrant = Schema.object([
        ("user_id", .uuid), ("email", .text), ("name", .text),
        ("role", .choice(PlatformRole.allCases.map(\.rawValue))),
        ("granted_by", .optional(.uuid)), ("granted_by_name", .optional(.text)),
        ("granted_at", .time), ("expires_at", .optional(.time)),
    ])

    private static let signInAttempts = Schema.object([
        ("minute", .time), ("network", .text), ("count", .integer),
        ("last_reason", .choice(SignInAttempts.Reason.allCases.map(\.rawValue))),
    ])
}
