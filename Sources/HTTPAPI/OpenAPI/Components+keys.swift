import Domain

extension Components {
    /// API keys of a workspace, and the keys of the platform.
    static let keys: [(String, Schema)] = [
        ("APIKey", .object(apiKey)),
        ("IssuedAPIKey", .object(apiKey + [("secret", .text)])),
        ("Scope", scope),
        ("Key", key),
    ]

    private static let apiKey: [(String, Schema)] = [
        ("id", .uuid), ("name", .text), ("prefix", .text), ("scopes", .array(.text)),
        ("state", .choice(APIKey.State.allCases.map(\.rawValue))),
        ("blocked_by", .optional(.choice(APIKey.Block.allCases.map(\.rawValue)))),
        ("created_by", .uuid),
        ("created_at", .time), ("expires_at", .optional(.time)),
        ("last_used_at", .optional(.time)), ("previous_valid_until", .optional(.time)),
        ("rate_per_minute", .optional(.integer)), ("version", .integer),
    ]

    private static let scope = Schema.object([("scope", .text)])

    private static let key = Schema.object([
        ("kind", .choice(KeyKind.allCases.map(\.rawValue))), ("kid", .text), ("since", .time),
        ("until", .optional(.time)),
        ("state", .choice(InstalledKey.State.allCases.map(\.rawValue))),
    ])
}
