import Domain

/// How workspaces, alias tenants, are written.
enum WorkspaceJSON {
    static func workspace(_ workspace: Workspace) -> JSON {
        names(workspace.id, slug: workspace.slug, name: workspace.name).adding([
            ("status", .string(workspace.status.rawValue)),
            ("plan", .string(workspace.plan.rawValue)),
            ("role", .string(workspace.role.name)),
            ("role_id", JSON(workspace.role.id)),
            ("created_at", JSON(workspace.createdAt)),
        ])
    }

    static func tenant(_ tenant: Tenant) -> JSON {
        names(tenant.id, slug: tenant.slug, name: tenant.name).adding([
            ("status", .string(tenant.status.rawValue)),
            ("plan", .string(tenant.plan.rawValue)),
            ("settings", .value(tenant.settings)),
            ("version", .integer(tenant.version)),
            ("created_at", JSON(tenant.createdAt)),
        ])
    }

    /// As members see it; the limits have an address of their own, with its own permission.
    static func workspace(_ detail: TenantDetail) -> JSON {
        tenant(detail.tenant).adding([
            ("figures", figures(detail.figures)), ("owners", .array(detail.owners.map(owner))),
        ])
    }

    private static func owner(_ user: User) -> JSON {
        ["id": JSON(user.id), "email": .string(user.email), "name": .string(user.name)]
    }

    /// As operators see it.
    static func detail(_ detail: TenantDetail) -> JSON {
        tenant(detail.tenant).adding([
            ("quotas", .array(detail.quotas.map(quota))),
            ("figures", figures(detail.figures)),
            ("owners", .array(detail.owners.map(owner))),
            ("closed_at", JSON(detail.tenant.closing?.closedAt)),
            ("purge_at", JSON(detail.tenant.closing?.purgeAt)),
            ("purged_at", JSON(detail.tenant.closing?.purgedAt)),
        ])
    }

    static func summary(_ tenant: TenantSummary) -> JSON {
        names(tenant.id, slug: tenant.slug, name: tenant.name).adding([
            ("status", .string(tenant.status.rawValue)),
            ("plan", .string(tenant.plan.rawValue)),
            ("created_at", JSON(tenant.createdAt)),
            ("figures", figures(tenant.figures)),
        ])
    }

    static func quota(_ quota: Quota) -> JSON {
        [
            "resource": .string(quota.resource.rawValue),
            "soft": JSON(quota.soft),
            "hard": .integer(quota.hard),
            "used": .integer(quota.used),
            "reserved": .integer(quota.reserved),
        ]
    }

    static func figures(_ figures: TenantFigures?) -> JSON {
        guard let figures else { return .null }
        return [
            "members": .integer(Int64(figures.members)),
            "artifacts": .integer(Int64(figures.artifacts)),
            "ai_tokens": .integer(figures.aiTokens),
            "ai_cost_usd": JSON(nanoUSD: figures.aiCostNano),
            "storage_bytes": .integer(figures.storageBytes),
            "refreshed_at": JSON(figures.refreshedAt),
        ]
    }

    /// The id under all the names that clients know it by.
    private static func names(_ id: TenantID, slug: String, name: String) -> JSON {
        [
            "id": JSON(id), "tenant_id": JSON(id), "workspace_id": JSON(id),
            "slug": .string(slug), "name": .string(name),
        ]
    }
}
