import Domain
import HTTPTypes
import Operations

/// Operators' stays inside tenants.
enum PlatformSupportRoutes {
    static let all: [Route] = [open, list, end]

    private static let base = "/api/v1/admin/support-sessions"

    private static let open = Route(
        .post,
        base,
        .init(
            operation: "support.open",
            summary: "Open a support session; writing needs the owner's consent",
            tag: "Platform"
        ),
        access: .platform(.platformSupportOpen),
        input: .init(
            body: BodyShape(
                "NewSupportSession",
                [
                    .required("tenant", .text, "The tenant, by id or slug."),
                    .required("reason", .text, "3 to 500 characters; the tenant sees it."),
                    .optional("ticket", .text, "The number of a ticket."),
                    .optional(
                        "mode",
                        .choice(AccessMode.allCases.map(\.rawValue)),
                        "ro unless told."
                    ),
                    .optional("minutes", .integer, "1 to 60; 30 unless told."),
                    .optional("consent_token", .secret, "The owner's consent to writing."),
                ]
            )
        ),
        output: .created(
            "SupportSession",
            errors: [
                .permissionDenied, .consentRequired, .notFound, .reasonRequired,
                .validationError,
            ]
        ),
        handler: openSession
    )

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "support.list",
            summary: "Support sessions, newest first",
            tag: "Platform"
        ),
        access: .platform(.platformSupportOpen),
        input: .init(
            query: [
                QueryParameter(name: "tenant_id", kind: .id, note: "Only of this tenant."),
                QueryParameter(
                    name: "live",
                    kind: .boolean,
                    note: "Only those that run, or only those that are over."
                ),
                .filter(.visits),
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "SupportSession"),
            errors: [.permissionDenied, .cursorInvalid]
        )
    ) { exchange in
        let reading = try exchange.filter(.visits)
        let page = try await ListSupportSessions(exchange.environment)(
            tenant: exchange.query.id("tenant_id"),
            isLive: reading?.isLive ?? exchange.query.boolean("live"),
            page: exchange.pageRequest(of: "support-sessions"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "support-sessions", as: PlatformJSON.supportSession)
    }

    private static let end = Route(
        .post,
        "\(base)/{id}/end",
        .init(operation: "support.end", summary: "End one's support session", tag: "Platform"),
        access: .platform(.platformSupportOpen),
        output: .init(status: .noContent, errors: [.permissionDenied, .notFound])
    ) { exchange in
        try await EndSupportSession(exchange.environment)(
            exchange.pathID("id", noun: "support session"),
            by: exchange.caller()
        )
        return .empty
    }

    @Sendable private static func openSession(_ exchange: Exchange) async throws -> Answer {
        let caller = try exchange.caller()
        let name = try exchange.body.requiredText("tenant")
        let tenant = try await ResolveTenant(exchange.environment)(name, by: caller)
        exchange.context.trace.note { $0.tenant = tenant }
        let minutes = exchange.body.integer("minutes") ?? 30
        guard (1...60).contains(minutes) else {
            throw DomainError.invalid("minutes", "must be 1 to 60; got \(minutes)")
        }
        let session = try await OpenSupportSession(exchange.environment)(
            tenant: tenant,
            reason: exchange.body.requiredText("reason"),
            ticket: exchange.body.text("ticket"),
            mode: exchange.body.choice("mode") ?? .readOnly,
            minutes: Int(minutes),
            consentToken: exchange.body.text("consent_token"),
            by: caller
        )
        exchange.services.supportSessions.keep(session)
        return .json(PlatformJSON.supportSession(session))
    }
}
