package import Domain
import Storage

/// Lists the platform's own audit events, newest first.
package struct ListPlatformAuditEvents: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - request: How many, after which.
    ///   - caller: An operator with `platform.audit.read`.
    /// - Returns: A page of events.
    /// - Throws: `cursor_invalid` for a position of another list.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        by caller: Caller
    ) async throws -> Page<AuditEvent> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAuditRead),
            try AuditStore.page(.platform, filter, request)
        )
        return try AuditStore.page(fetched.rows, request)
    }
}
