import Domain

extension Components {
    /// Workspaces as their members see them, tenants as operators do.
    static let workspaces: [(String, Schema)] = [
        ("Workspace", workspace),
        (
            "WorkspaceDetail",
            .object(
                tenantMembers + [
                    ("figures", .optional(.named("Figures"))), ("owners", .array(.named("User"))),
                ]
            )
        ),
        ("WorkspaceSettings", .object([("support", support)])),
        ("Tenant", .object(tenantMembers)),
        ("TenantDetail", tenantDetail),
        ("TenantSummary", summary),
        ("Quota", quota),
        ("Figures", figures),
    ]

    private static let workspaceMembers: [(String, Schema)] = [
        ("id", .uuid), ("tenant_id", .uuid), ("workspace_id", .uuid), ("slug", .text),
        ("name", .text), ("status", .choice(TenantStatus.allCases.map(\.rawValue))),
        ("plan", .choice(Plan.allCases.map(\.rawValue))),
    ]

    private static let workspace = Schema.object(
        workspaceMembers + [
            ("role", .text), ("role_id", .optional(.uuid)), ("created_at", .time),
        ]
    )

    private static let tenantMembers =
        workspaceMembers + [
            ("settings", .anyObject), ("version", .integer), ("created_at", .time),
        ]

    private static let tenantDetail = Schema.object(
        tenantMembers + [
            ("quotas", .array(.named("Quota"))), ("figures", .optional(.named("Figures"))),
            ("owners", .array(.named("User"))), ("closed_at", .optional(.time)),
            ("purge_at", .optional(.time)), ("purged_at", .optional(.time)),
        ]
    )

    private static let support = Schema.object([("write_consent", .boolean)])

    private static let quota = Schema.object([
        ("resource", .choice(Resource.allCases.map(\.rawValue))), ("soft", .optional(.integer)),
        ("hard", .integer), ("used", .integer), ("reserved", .integer),
    ])

    private static let figures = Schema.object([
        ("members", .integer), ("artifacts", .integer), ("ai_tokens", .integer),
        ("ai_cost_usd", .money), ("storage_bytes", .integer), ("refreshed_at", .time),
    ])

    private static let summary = Schema.object(
        workspaceMembers + [("created_at", .time), ("figures", .optional(.named("Figures")))]
    )
}
