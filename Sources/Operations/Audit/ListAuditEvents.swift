package import Domain
import Storage

/// Lists the audit events of the workspace, newest first.
package struct ListAuditEvents: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - request: How many, after which.
    ///   - caller: Needs `audit.read`.
    /// - Returns: A page of events.
    /// - Throws: `cursor_invalid` for a position of another list.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<AuditEvent> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .auditRead),
            try AuditStore.page(.tenant(caller.tenant), filter, request)
        )
        return try AuditStore.page(fetched.rows, request)
    }
}
