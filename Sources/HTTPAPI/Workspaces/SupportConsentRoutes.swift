import Domain
import HTTPTypes
import Operations

/// What a workspace decides and sees about operators inside it.
enum SupportConsentRoutes {
    static let all: [Route] = [create, list, revoke, sessions]

    private static let base = "/api/v1/workspaces/{w}/support-consents"

    private static let create = Route(
        .post,
        base,
        .init(
            operation: "support_consent.create",
            summary: "Let support write for some hours; the token is shown once",
            tag: "Workspaces"
        ),
        access: .workspace(.ownerManage),
        input: .init(
            body: BodyShape(
                "NewSupportConsent",
                [
                    .optional("hours", .integer, "1 to 168; 24 unless told."),
                    .optional("note", .text, "What for; 1 to 200 characters."),
                    .optional(
                        "personal_data",
                        .boolean,
                        "Whether customers' personal data may be seen; false unless told."
                    ),
                ]
            )
        ),
        output: .created(
            "GivenSupportConsent",
            errors: WorkspaceRoutes.refused + [.validationError]
        )
    ) { exchange in
        let body = exchange.body
        let hours = body.integer("hours") ?? Int64(ConsentRequest.standardHours)
        let request = try ConsentRequest(
            hours: Int(clamping: hours),
            note: body.text("note"),
            allowsPersonalData: body.boolean("personal_data") ?? false
        )
        let given = try await CreateSupportConsent(exchange.environment)(
            request,
            by: exchange.tenantCaller()
        )
        return .json(consent(given.consent).adding([("token", .string(given.token))]))
    }

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "support_consent.list",
            summary: "Consents given to support, the last first",
            tag: "Workspaces"
        ),
        access: .workspace(.auditRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "SupportConsent"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListSupportConsents(exchange.environment)(
            page: exchange.pageRequest(of: "support-consents", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "support-consents",
            scope: caller.tenant,
            as: consent
        )
    }

    private static let revoke = Route(
        .delete,
        "\(base)/{consent}",
        .init(
            operation: "support_consent.revoke",
            summary: "Take a consent back; what rests on it ends at once",
            tag: "Workspaces"
        ),
        access: .workspace(.ownerManage),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .invalidTransition]
        )
    ) { exchange in
        let id = try exchange.pathID("consent", noun: "consent", of: SupportConsent.self)
        try await RevokeSupportConsent(exchange.environment)(id, by: exchange.tenantCaller())
        return .empty
    }

    private static let sessions = Route(
        .get,
        "/api/v1/workspaces/{w}/support-sessions",
        .init(
            operation: "workspace.support.list",
            summary: "Operators' stays in the workspace, the last first",
            tag: "Workspaces"
        ),
        access: .workspace(.auditRead),
        input: .init(
            query: [
                QueryParameter(
                    name: "live",
                    kind: .boolean,
                    note: "Only those that run, or only those that are over."
                )
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "SupportSession"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListTenantSupportSessions(exchange.environment)(
            isLive: exchange.query.boolean("live"),
            page: exchange.pageRequest(of: "workspace-support", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "workspace-support",
            scope: caller.tenant,
            as: PlatformJSON.supportSession
        )
    }

    @Sendable private static func consent(_ consent: SupportConsent) -> JSON {
        [
            "id": JSON(consent.id), "note": JSON(consent.note),
            "personal_data": .bool(consent.allowsPersonalData),
            "granted_by": JSON(consent.grantedBy), "created_at": JSON(consent.createdAt),
            "expires_at": JSON(consent.expiresAt), "revoked_at": JSON(consent.revokedAt),
            "state": .string(consent.state(at: .now).rawValue),
        ]
    }
}
