import Domain
import HTTPTypes
import Operations

/// A workspace itself: what it is, its settings, its limits.
enum WorkspaceRoutes {
    static let all: [Route] =
        [
            Route(
                .get,
                "/api/v1/workspaces/{w}",
                .init(operation: "workspace.read", summary: "A workspace", tag: "Workspaces"),
                access: .workspace(.workspaceRead),
                output: .init(schema: .named("WorkspaceDetail"), errors: refused)
            ) { exchange in
                let detail = try await ShowWorkspace(exchange.environment)(
                    by: exchange.tenantCaller()
                )
                return .json(WorkspaceJSON.workspace(detail), version: detail.tenant.version)
            },
            Route(
                .get,
                "/api/v1/workspaces/{w}/settings",
                .init(
                    operation: "workspace.settings.read",
                    summary: "Settings of a workspace",
                    tag: "Workspaces"
                ),
                access: .workspace(.workspaceRead),
                output: .init(schema: .named("WorkspaceSettings"), errors: refused)
            ) { exchange in
                let tenant = try await ShowSettings(exchange.environment)(
                    by: exchange.tenantCaller()
                )
                return .json(settings(of: tenant), version: tenant.version)
            },
            Route(
                .patch,
                "/api/v1/workspaces/{w}/settings",
                .init(
                    operation: "workspace.settings",
                    summary: "Change settings; consent to writing support sessions is the owner's",
                    tag: "Workspaces"
                ),
                access: .workspace(.ownerManage),
                input: .init(headers: [.ifMatchOptional], body: settings),
                output: .init(
                    schema: .named("WorkspaceSettings"),
                    errors: refused + [.versionConflict, .validationError]
                ),
                handler: changeSettings
            ),
            Route(
                .get,
                "/api/v1/workspaces/{w}/quotas",
                .init(operation: "quota.list", summary: "Limits and their use", tag: "Workspaces"),
                access: .workspace(.quotaRead),
                output: .init(schema: .page(of: "Quota"), errors: refused)
            ) { exchange in
                let quotas = try await ListQuotas(exchange.environment)(by: exchange.tenantCaller())
                return .list(quotas.map(WorkspaceJSON.quota))
            },
        ] + WorkspaceLifeRoutes.all

    static let refused: [DomainError.Code] = [
        .permissionDenied, .tenantAccessDenied, .tenantSuspended,
    ]

    private static let settings = BodyShape(
        "WorkspaceSettingsChange",
        [.required("support", .object, "write_consent: may support change things here?")]
    )

    private static let support = BodyShape(
        "SupportSettings",
        [.required("write_consent", .boolean, "May support change things here?")]
    )

    @Sendable private static func changeSettings(_ exchange: Exchange) async throws -> Answer {
        let fields = try support.check(exchange.body["support"] ?? .null)
        let consent = fields.boolean("write_consent") ?? false
        let tenant = try await ChangeSettings(exchange.environment)(
            writeConsent: consent,
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .json(settings(of: tenant), version: tenant.version)
    }

    private static func settings(of tenant: Tenant) -> JSON {
        ["support": ["write_consent": .bool(tenant.allowsSupportToWrite)]]
    }
}
