import Domain
import HTTPTypes
import Operations

/// Whether a tenant is let in, on which plan, and how much it may use: for operators.
enum PlatformStandingRoutes {
    static let all: [Route] = [
        status("suspend", "tenant.suspend", "Shut a tenant out") {
            environment,
            id,
            reason,
            caller in
            try await SuspendTenant(environment)(id, reason: reason, by: caller)
        },
        status("resume", "tenant.resume", "Let a tenant in again") {
            environment,
            id,
            reason,
            caller in
            try await ResumeTenant(environment)(id, reason: reason, by: caller)
        },
        plan, quota, close,
        status("restore", "tenant.restore", "Open a closed tenant again") {
            environment,
            id,
            reason,
            caller in
            try await RestoreTenant(environment)(id, reason: reason, by: caller)
        },
    ]

    private static let item = PlatformTenantRoutes.item
    private static let refused: [DomainError.Code] = [.permissionDenied]

    private static let plan = Route(
        .post,
        "\(item)/plan",
        .init(operation: "tenant.plan", summary: "Move a tenant to a plan", tag: "Platform"),
        access: .platform(.platformTenantsManage),
        input: .init(
            body: BodyShape(
                "PlanChange",
                [.required("plan", .choice(Plan.allCases.map(\.rawValue)), "The new plan.")]
            )
        ),
        output: .init(
            schema: .named("TenantDetail"),
            errors: refused + [.notFound, .invalidTransition]
        )
    ) { exchange in
        let detail = try await ChangePlan(exchange.environment)(
            exchange.tenantID(),
            to: exchange.body.choice("plan") ?? .free,
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.detail(detail), version: detail.tenant.version)
    }

    private static let close = Route(
        .delete,
        item,
        .init(
            operation: "tenant.close",
            summary: "Close a tenant; nothing is deleted, and it can be restored",
            tag: "Platform"
        ),
        access: .platform(.platformTenantsManage),
        input: .init(body: BodyShape("TenantClosing", WorkspaceLifeRoutes.confirmation)),
        output: .init(
            schema: .named("Tenant"),
            errors: refused + [.notFound, .invalidTransition, .legalHold, .validationError]
        )
    ) { exchange in
        let tenant = try await CloseTenant(exchange.environment)(
            exchange.tenantID(),
            confirming: exchange.body.requiredText("slug"),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
    }

    private static let quota = Route(
        .post,
        "\(item)/quotas",
        .init(operation: "tenant.quota", summary: "Change a limit of a tenant", tag: "Platform"),
        access: .platform(.platformTenantsManage),
        input: .init(
            body: BodyShape(
                "QuotaChange",
                [
                    .required(
                        "resource",
                        .choice(Resource.allCases.map(\.rawValue)),
                        "What is limited."
                    ),
                    .optional("soft", .integer, "Where warnings begin."),
                    .required("hard", .integer, "Where it ends."),
                ]
            )
        ),
        output: .init(
            schema: .named("TenantDetail"),
            errors: refused + [.notFound, .validationError]
        )
    ) { exchange in
        let detail = try await ChangeQuota(exchange.environment)(
            exchange.tenantID(),
            resource: exchange.body.choice("resource") ?? .users,
            soft: exchange.body.integer("soft"),
            hard: exchange.body.integer("hard") ?? 0,
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.detail(detail), version: detail.tenant.version)
    }

    private static func status(
        _ verb: String,
        _ operation: String,
        _ summary: String,
        change:
            @escaping @Sendable (Operations.Environment, TenantID, String, Caller) async throws ->
            Tenant
    ) -> Route {
        Route(
            .post,
            "\(item)/\(verb)",
            .init(operation: operation, summary: summary, tag: "Platform"),
            access: .platform(.platformTenantsManage),
            input: .init(
                body: BodyShape("Reason", [.required("reason", .text, "3 to 500 characters.")])
            ),
            output: .init(
                schema: .named("Tenant"),
                errors: refused + [.notFound, .invalidTransition, .validationError]
            )
        ) { exchange in
            let tenant = try await change(
                exchange.environment,
                exchange.tenantID(),
                exchange.body.requiredText("reason"),
                exchange.caller()
            )
            return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
        }
    }
}

extension Exchange {
    /// The tenant in the path, which the log of the request names.
    func tenantID() throws(DomainError) -> TenantID {
        let id: TenantID = try pathID("id", noun: "tenant")
        context.trace.note { $0.tenant = id }
        return id
    }
}
