import Domain

// What lists write that are larger than what their columns show: values as machines want them.

extension MembersScreen {
    func record(_ member: Member, _ context: ScreenContext) -> [ExportField] {
        [
            ("user_id", .string(member.user.description)), ("name", .string(member.name)),
            ("email", .string(member.email)), ("role", .string(member.role.name)),
            ("status", .string(member.status.rawValue)),
            ("joined_at", .string(member.joinedAt.rfc3339)),
            ("last_seen_at", .time(member.lastSeenAt)),
        ]
    }
}

extension ArtifactsScreen {
    func record(_ artifact: Artifact, _ context: ScreenContext) -> [ExportField] {
        [
            ("id", .string(artifact.id.description)), ("name", .string(artifact.name)),
            ("description", .string(artifact.description)),
            ("tags", .array(artifact.tags.map(JSONValue.string))),
            ("metadata", artifact.metadata), ("version", .integer(artifact.version)),
            ("created_at", .string(artifact.createdAt.rfc3339)),
            ("created_by", .string(artifact.createdBy.description)),
            ("updated_at", .string(artifact.updatedAt.rfc3339)),
            ("updated_by", .string(artifact.updatedBy.description)),
            ("deleted_at", .time(artifact.deletedAt)),
        ]
    }
}

extension APIKeysScreen {
    func record(_ key: APIKey, _ context: ScreenContext) -> [ExportField] {
        [
            ("id", .string(key.id.description)), ("name", .string(key.name)),
            ("prefix", .string(key.prefix)),
            ("state", .string(key.state(at: context.now).rawValue)),
            ("blocked_by", key.block(at: context.now).map { .string($0.rawValue) } ?? .null),
            ("scopes", .array(key.scopes.map { .string($0.description) })),
            ("rate_per_minute", key.ratePerMinute.map { .integer(Int64($0)) } ?? .null),
            ("created_by", .string(key.createdBy.description)),
            ("created_at", .string(key.createdAt.rfc3339)),
            ("expires_at", .time(key.expiresAt)), ("last_used_at", .time(key.lastUsedAt)),
        ]
    }
}

extension TenantsScreen {
    func record(_ tenant: TenantSummary, _ context: ScreenContext) -> [ExportField] {
        let figures = tenant.figures
        return [
            ("id", .string(tenant.id.description)), ("slug", .string(tenant.slug)),
            ("name", .string(tenant.name)), ("status", .string(tenant.status.rawValue)),
            ("plan", .string(tenant.plan.rawValue)),
            ("created_at", .string(tenant.createdAt.rfc3339)),
            ("members", figures.map { .integer(Int64($0.members)) } ?? .null),
            ("artifacts", figures.map { .integer(Int64($0.artifacts)) } ?? .null),
            ("ai_tokens", figures.map { .integer($0.aiTokens) } ?? .null),
            ("ai_cost_nano_usd", figures.map { .integer($0.aiCostNano) } ?? .null),
            ("storage_bytes", figures.map { .integer($0.storageBytes) } ?? .null),
        ]
    }
}

extension UsersScreen {
    func record(_ account: Account, _ context: ScreenContext) -> [ExportField] {
        [
            ("id", .string(account.id.description)), ("name", .string(account.user.name)),
            ("email", .string(account.user.email)),
            ("status", .string(account.status.rawValue)),
            ("platform_role", account.platformRole.map { .string($0.rawValue) } ?? .null),
            ("locale", .string(account.locale)),
            ("created_at", .string(account.createdAt.rfc3339)),
            ("email_verified_at", .time(account.emailVerifiedAt)),
        ]
    }
}

extension JSONValue {
    fileprivate static func time(_ instant: Instant?) -> JSONValue {
        instant.map { .string($0.rfc3339) } ?? .null
    }
}
