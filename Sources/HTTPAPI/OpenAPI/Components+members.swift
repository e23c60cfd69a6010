import Domain

extension Components {
    /// Members, their roles and grants, and invitations.
    static let members: [(String, Schema)] = [
        ("Member", member),
        ("Role", role),
        ("Permission", permission),
        ("MyPermissions", myPermissions),
        ("Grant", grant),
        ("Invitation", invitation),
        ("ReceivedInvitation", receivedInvitation),
        ("JoinedWorkspace", joined),
    ]

    private static let member = Schema.object([
        ("id", .uuid), ("user_id", .uuid), ("email", .text), ("name", .text),
        ("role", .text), ("role_id", .optional(.uuid)),
        ("status", .choice(MemberStatus.allCases.map(\.rawValue))), ("joined_at", .time),
        ("last_seen_at", .optional(.time)), ("version", .integer),
    ])

    private static let role = Schema.object([
        ("id", .optional(.uuid)), ("name", .text), ("kind", .choice(["system", "custom"])),
        ("rank", .integer), ("permissions", .array(.text)), ("members", .integer),
        ("version", .optional(.integer)),
    ])

    private static let permission = Schema.object([
        ("id", .integer), ("name", .text), ("description", .text), ("assignable", .boolean),
        ("roles", .array(.text)),
    ])

    private static let myPermissions = Schema.object([
        ("role", .text), ("role_id", .optional(.uuid)), ("rank", .integer),
        ("permissions", .array(.text)),
    ])

    private static let grant = Schema.object([
        ("kind", .choice(MemberGrant.Kind.allCases.map(\.rawValue))), ("resource_id", .uuid),
        ("name", .optional(.text)), ("permissions", .array(.text)), ("granted_by", .uuid),
        ("created_at", .time),
        ("version", .integer),
    ])

    private static let invitation = Schema.object([
        ("id", .uuid), ("email", .text), ("role", .text),
        ("status", .choice(InvitationStatus.allCases.map(\.rawValue))), ("invited_by", .uuid),
        ("created_at", .time), ("sent_at", .time), ("expires_at", .time), ("version", .integer),
    ])

    private static let receivedInvitation = Schema.object([
        ("id", .uuid), ("workspace_id", .uuid), ("workspace", .text), ("slug", .text),
        ("role", .text), ("inviter", .text), ("email", .optional(.text)), ("created_at", .time),
        ("expires_at", .time),
    ])

    private static let joined = Schema.object([
        ("workspace_id", .uuid), ("slug", .text), ("name", .text), ("member", .named("Member")),
    ])
}
