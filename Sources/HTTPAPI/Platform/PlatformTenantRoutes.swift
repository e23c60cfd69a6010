import Domain
import HTTPTypes
import Operations

/// All tenants, for operators.
enum PlatformTenantRoutes {
    static let all: [Route] = [overview, list, create, find, update] + PlatformStandingRoutes.all

    static let item = "/api/v1/admin/tenants/{id}"
    private static let refused: [DomainError.Code] = [.permissionDenied]

    private static let overview = Route(
        .get,
        "/api/v1/admin/overview",
        .init(operation: "platform.overview", summary: "The platform at a glance", tag: "Platform"),
        access: .platform(.platformTenantsRead),
        output: .init(schema: .named("Overview"), errors: refused)
    ) { exchange in
        let overview = try await ShowOverview(exchange.environment)(by: exchange.caller())
        return .json(PlatformJSON.overview(overview))
    }

    private static let create = Route(
        .post,
        "/api/v1/admin/tenants",
        .init(operation: "tenant.provision", summary: "Provision a tenant", tag: "Platform"),
        access: .platform(.platformTenantsManage),
        input: .init(
            headers: [.idempotencyKey],
            body: BodyShape(
                "NewTenant",
                [
                    .required("slug", .text, "3 to 63 lower-case letters, digits and hyphens."),
                    .required("name", .text, "1 to 100 characters."),
                    .required("plan", .text, "free, pro or enterprise."),
                    .required("owner_email", .text, "The owner's mail address."),
                    .optional("owner_name", .text, "What to call an owner who is new here."),
                ]
            )
        ),
        output: .created(
            "Tenant",
            errors: refused + [.slugTaken, .validationError, .idempotencyKeyReused]
        ),
        handler: provision
    )

    private static let find = Route(
        .get,
        item,
        .init(operation: "tenant.read", summary: "A tenant", tag: "Platform"),
        access: .platform(.platformTenantsRead),
        output: .init(schema: .named("TenantDetail"), errors: refused + [.notFound])
    ) { exchange in
        let detail = try await FindTenant(exchange.environment)(
            exchange.tenantID(),
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.detail(detail), version: detail.tenant.version)
    }

    private static let update = Route(
        .patch,
        item,
        .init(operation: "tenant.rename", summary: "Rename a tenant", tag: "Platform"),
        access: .platform(.platformTenantsManage),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape("TenantChange", [.required("name", .text, "1 to 100 characters.")])
        ),
        output: .init(
            schema: .named("Tenant"),
            errors: refused + [.notFound, .versionConflict, .validationError]
        )
    ) { exchange in
        let tenant = try await UpdateTenant(exchange.environment)(
            exchange.tenantID(),
            name: exchange.body.requiredText("name"),
            version: exchange.expectedVersion(),
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
    }

    @Sendable private static func provision(_ exchange: Exchange) async throws -> Answer {
        let body = exchange.body
        let tenant = try await ProvisionTenant(exchange.environment)(
            NewTenant(
                slug: body.requiredText("slug"),
                name: body.requiredText("name"),
                plan: body.requiredText("plan"),
                ownerEmail: body.requiredText("owner_email"),
                ownerName: body.text("owner_name")
            ),
            idempotencyKey: exchange.idempotencyKey()?.text,
            by: exchange.caller()
        )
        var answer = Answer.json(WorkspaceJSON.tenant(tenant), version: tenant.version)
        answer.headers[.location] = "/api/v1/admin/tenants/\(tenant.id)"
        return answer
    }
}

extension PlatformTenantRoutes {
    private static let list = Route(
        .get,
        "/api/v1/admin/tenants",
        .init(operation: "tenant.list", summary: "All tenants", tag: "Platform"),
        access: .platform(.platformTenantsRead),
        input: .init(
            query: [
                QueryParameter(name: "search", kind: .text, note: "Part of a name or slug."),
                QueryParameter(
                    name: "status",
                    kind: .choice(TenantStatus.allCases.map(\.rawValue)),
                    note: "Only this status."
                ),
                QueryParameter(
                    name: "plan",
                    kind: .choice(Plan.allCases.map(\.rawValue)),
                    note: "Only this plan."
                ),
                QueryParameter(
                    name: "sort",
                    kind: .choice(TenantSort.allCases.map(\.rawValue)),
                    note: "The newest first unless told; a minus puts the greatest first. "
                        + "Figures are those of the last count; who was never counted is last."
                ),
                .filter(.tenants),
            ] + QueryParameter.page
        ),
        output: .init(schema: .page(of: "TenantSummary"), errors: refused + [.cursorInvalid])
    ) { exchange in
        let page = try await ListTenants(exchange.environment)(
            filter(exchange),
            page: exchange.pageRequest(of: "tenants"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "tenants", as: WorkspaceJSON.summary)
    }

    private static func filter(_ exchange: Exchange) throws(DomainError) -> TenantFilter {
        let sort: TenantSort? = try exchange.query.choice("sort")
        let order = sort?.order ?? .newest
        let isReversed = sort?.isReversed ?? false
        if let reading = try exchange.filter(.tenants) {
            let clock = exchange.filterClock
            return try TenantFilter(reading, clock, order: order, isReversed: isReversed)
        }
        return TenantFilter(
            search: exchange.query.text("search"),
            status: try exchange.query.choice("status"),
            plan: try exchange.query.choice("plan"),
            order: order,
            isReversed: isReversed
        )
    }

    private typealias TenantSort = FieldSort<TenantFilter.Order>
}
