import Domain
import HTTPTypes
import Operations

/// The security ledger of a workspace.
enum AuditRoutes {
    static let all: [Route] = [
        Route(
            .get,
            "/api/v1/audit-logs",
            .init(operation: "audit.list", summary: "Audit events, newest first", tag: "Audit"),
            access: .workspace(.auditRead),
            input: .init(query: AuditJSON.filters),
            output: .init(
                schema: .page(of: "AuditEvent"),
                errors: WorkspaceRoutes.refused + [.cursorInvalid, .validationError]
            )
        ) { exchange in
            let caller = try await exchange.tenantCaller()
            let page = try await ListAuditEvents(exchange.environment)(
                AuditJSON.filter(exchange, by: caller),
                page: exchange.pageRequest(of: "audit-logs", scope: caller.tenant),
                by: caller
            )
            return try exchange.answer(
                page,
                of: "audit-logs",
                scope: caller.tenant,
                as: AuditJSON.event
            )
        },
        Route(
            .get,
            "/api/v1/audit-logs/{seq}",
            .init(operation: "audit.read", summary: "An audit event", tag: "Audit"),
            access: .workspace(.auditRead),
            output: .init(
                schema: .named("AuditEvent"),
                errors: WorkspaceRoutes.refused + [.notFound]
            )
        ) { exchange in
            let text = exchange.pathValue("seq")
            guard let seq = Int64(text) else {
                throw DomainError.notFound("audit event", String(text.prefix(100)))
            }
            let event = try await FindAuditEvent(exchange.environment)(
                seq: seq,
                by: exchange.tenantCaller()
            )
            return .json(AuditJSON.event(event))
        },
        Route(
            .post,
            "/api/v1/audit-logs/verify",
            .init(operation: "audit.verify", summary: "Follow the whole chain", tag: "Audit"),
            access: .workspace(.auditVerify),
            output: .init(
                schema: .named("ChainVerdict"),
                errors: WorkspaceRoutes.refused,
                deadline: verifyDeadline
            )
        ) { exchange in
            let verdict = try await VerifyChain(exchange.environment)(
                by: exchange.tenantCaller()
            )
            return .json(AuditJSON.verdict(verdict))
        },
    ]

    /// A chain is followed event by event: a long one takes its time.
    static let verifyDeadline = Duration.seconds(120)
}
