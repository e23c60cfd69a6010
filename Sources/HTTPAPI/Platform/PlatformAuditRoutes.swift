import Domain
import HTTPTypes
import Operations

/// The platform's own ledger.
enum PlatformAuditRoutes {
    static let all: [Route] = [
        Route(
            .get,
            "/api/v1/admin/audit-logs",
            .init(
                operation: "platform.audit.list",
                summary: "The platform's audit events, newest first",
                tag: "Platform"
            ),
            access: .platform(.platformAuditRead),
            input: .init(query: AuditJSON.filters),
            output: .init(
                schema: .page(of: "AuditEvent"),
                errors: [.permissionDenied, .cursorInvalid, .validationError]
            )
        ) { exchange in
            let caller = try exchange.caller()
            let page = try await ListPlatformAuditEvents(exchange.environment)(
                AuditJSON.filter(exchange, by: caller),
                page: exchange.pageRequest(of: "platform-audit-logs"),
                by: caller
            )
            return try exchange.answer(page, of: "platform-audit-logs", as: AuditJSON.event)
        },
        Route(
            .post,
            "/api/v1/admin/audit-logs/verify",
            .init(
                operation: "platform.audit.verify",
                summary: "Follow the platform's whole chain",
                tag: "Platform"
            ),
            access: .platform(.platformAuditRead),
            output: .init(
                schema: .named("ChainVerdict"),
                errors: [.permissionDenied],
                deadline: AuditRoutes.verifyDeadline
            )
        ) { exchange in
            let verdict = try await VerifyPlatformChain(exchange.environment)(
                by: exchange.caller()
            )
            return .json(AuditJSON.verdict(verdict))
        },
    ]
}
