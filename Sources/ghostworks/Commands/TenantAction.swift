import Domain
import Operations

/// Does one thing to a tenant that an operator named, and shows the tenant afterwards.
struct TenantAction {
    let global: GlobalOptions
    let output: FormatOptions
    let slug: String

    /// For what answers with the tenant alone.
    func change(_ body: (ShellSession, TenantID) async throws -> Tenant) async throws {
        let settings = try await global.settings()
        try await ShellSession.with(settings) { session in
            let id = try await TenantNames(session: session).resolve(slug)
            let tenant = try await body(session, id)
            TenantColumns.write(tenant, output, settings)
        }
    }

    /// For what answers with the tenant, its quotas and counts.
    func show(_ body: (ShellSession, TenantID) async throws -> TenantDetail) async throws {
        let settings = try await global.settings()
        try await ShellSession.with(settings) { session in
            let id = try await TenantNames(session: session).resolve(slug)
            let detail = try await body(session, id)
            let zone = settings.view.timeZone
            Listing(columns: TenantColumns.detail, format: output.format, zone: zone)
                .write(one: detail)
            guard output.format == .table else { return }
            StandardStream.output.line("")
            Listing(columns: TenantColumns.quota, format: .table, zone: zone)
                .write(detail.quotas)
        }
    }
}

/// The columns of listings of tenants.
enum TenantColumns {
    static let summary: [Column<TenantSummary>] = [
        Column("slug") { .identifier($0.slug) },
        Column("name") { Cell($0.name) },
        Column("plan") { Cell($0.plan.rawValue) },
        Column("status") { Cell($0.status.rawValue) },
        Column("members") { Cell($0.figures.map { Int64($0.members) }) },
        Column("artifacts") { Cell($0.figures.map { Int64($0.artifacts) }) },
        Column("ai_tokens") { Cell($0.figures?.aiTokens) },
        Column("created_at") { Cell($0.createdAt) },
        Column("id", isShown: false) { Cell($0.id) },
        Column("ai_cost_nano_usd", isShown: false) { Cell($0.figures?.aiCostNano) },
        Column("storage_bytes", isShown: false) { Cell($0.figures?.storageBytes) },
        Column("figures_at", isShown: false) { Cell($0.figures?.refreshedAt) },
    ]

    static let tenant: [Column<Tenant>] = [
        Column("slug") { .identifier($0.slug) },
        Column("name") { Cell($0.name) },
        Column("plan") { Cell($0.plan.rawValue) },
        Column("status") { Cell($0.status.rawValue) },
        Column("id") { Cell($0.id) },
        Column("version") { Cell($0.version) },
        Column("created_at") { Cell($0.createdAt) },
        Column("settings", isShown: false) { .json($0.settings) },
    ]

    static let detail: [Column<TenantDetail>] =
        tenant.map { column in
            Column(column.name, isShown: column.isShown) { column.cell($0.tenant) }
        } + [
            Column("members") { Cell($0.figures.map { Int64($0.members) }) },
            Column("artifacts") { Cell($0.figures.map { Int64($0.artifacts) }) },
            Column("ai_tokens") { Cell($0.figures?.aiTokens) },
            Column("storage_bytes") { Cell($0.figures?.storageBytes) },
            Column("owners") { .list($0.owners.map(\.email)) },
            Column("closed_at") { Cell($0.tenant.closing?.closedAt) },
            Column("purge_at") { Cell($0.tenant.closing?.purgeAt) },
            Column("purged_at") { Cell($0.tenant.closing?.purgedAt) },
            Column("quotas", isShown: false) { detail in
                .json(.array(detail.quotas.map(quotaObject)))
            },
        ]

    static let quota: [Column<Quota>] = [
        Column("resource") { Cell($0.resource.rawValue) },
        Column("used") { Cell($0.used) },
        Column("reserved") { Cell($0.reserved) },
        Column("soft") { Cell($0.soft) },
        Column("hard") { Cell($0.hard) },
    ]

    static func write(_ tenant: Tenant, _ output: FormatOptions, _ settings: Settings) {
        Listing(columns: Self.tenant, format: output.format, zone: settings.view.timeZone)
            .write(one: tenant)
    }

    private static func quotaObject(_ item: Quota) -> JSONValue {
        .object(
            Dictionary(quota.map { ($0.name, $0.cell(item).json) }) { first, _ in first }
        )
    }
}
