import Domain
import HTTPTypes
import Operations

/// How a workspace begins, is called, ends and begins again.
enum WorkspaceLifeRoutes {
    static let all: [Route] = [create, rename, close, restore]

    private static let base = "/api/v1/workspaces"
    private static let item = "\(base)/{w}"

    /// What stands in the body of whoever closes something that large.
    static let confirmation: [BodyField] = [
        .required("slug", .text, "The slug of what is closed, as a confirmation."),
        .required("reason", .text, "3 to 500 characters; it goes into the trails."),
    ]

    private static let create = Route(
        .post,
        base,
        .init(
            operation: "workspace.create",
            summary: "Make a workspace on the free plan, and be its owner",
            tag: "Workspaces"
        ),
        access: .person,
        input: .init(
            headers: [.idempotencyKey],
            body: BodyShape(
                "NewWorkspace",
                [
                    .required("slug", .text, "3 to 63 lower-case letters, digits and hyphens."),
                    .required("name", .text, "1 to 100 characters."),
                ]
            )
        ),
        output: .created(
            "Tenant",
            errors: [
                .permissionDenied, .slugTaken, .planLimitReached, .validationError,
                .idempotencyKeyReused,
            ]
        )
    ) { exchange in
        let tenant = try await CreateWorkspace(exchange.environment)(
            slug: exchange.body.requiredText("slug"),
            name: exchange.body.requiredText("name"),
            idempotencyKey: exchange.idempotencyKey()?.text,
            by: exchange.caller()
        )
        var answer = Answer.json(WorkspaceJSON.tenant(tenant), version: tenant.version)
        answer.headers[.location] = "\(base)/\(tenant.id)"
        return answer
    }

    private static let rename = Route(
        .patch,
        item,
        .init(
            operation: "workspace.update",
            summary: "Give a workspace another name; its slug stays",
            tag: "Workspaces"
        ),
        access: .workspace(.workspaceUpdate),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape("WorkspaceChange", [.required("name", .text, "1 to 100 characters.")])
        ),
        output: .init(
            schema: .named("Tenant"),
            errors: WorkspaceRoutes.refused + [.versionConflict, .validationError]
        )
    ) { exchange in
        let tenant = try await UpdateWorkspace(exchange.environment)(
            name: exchange.body.requiredText("name"),
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
    }

    private static let close = Route(
        .delete,
        item,
        .init(
            operation: "workspace.close",
            summary: "Close a workspace; an owner can restore it until its data is deleted",
            tag: "Workspaces"
        ),
        access: .workspace(.workspaceDelete),
        input: .init(
            headers: [.ifMatch],
            body: BodyShape("WorkspaceClosing", confirmation + FreshProof.fields)
        ),
        output: .init(
            schema: .named("Tenant"),
            errors: WorkspaceRoutes.refused + [
                .versionConflict, .versionRequired, .legalHold, .invalidTransition,
            ] + FreshProof.refusals
        )
    ) { exchange in
        let tenant = try await CloseWorkspace(exchange.environment)(
            confirming: exchange.body.requiredText("slug"),
            reason: exchange.body.requiredText("reason"),
            version: exchange.requiredMatch(),
            proof: exchange.freshProof,
            by: exchange.tenantCaller()
        )
        return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
    }

    private static let restore = Route(
        .post,
        "\(item)/restore",
        .init(
            operation: "workspace.restore",
            summary: "Open a workspace again that an owner closed",
            tag: "Workspaces"
        ),
        access: .workspace(.workspaceDelete),
        input: .init(
            body: BodyShape("Reason", [.required("reason", .text, "3 to 500 characters.")])
        ),
        output: .init(
            schema: .named("Tenant"),
            errors: WorkspaceRoutes.refused + [
                .invalidTransition, .planLimitReached, .validationError,
            ]
        )
    ) { exchange in
        let tenant = try await RestoreWorkspace(exchange.environment)(
            exchange.pathValue("w"),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(WorkspaceJSON.tenant(tenant), version: tenant.version)
    }
}
