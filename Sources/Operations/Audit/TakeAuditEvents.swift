package import Domain
import Storage

/// Hands events page by page to a program that may keep them: a pager, or what reads a pipe.
package struct TakeAuditEvents: Sendable {
    private let environment: Environment
    private let taker: String

    /// - Parameters:
    ///   - environment: What it works with.
    ///   - taker: The program, for the record in the trail.
    package init(_ environment: Environment, to taker: String) {
        self.environment = environment
        self.taker = taker
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - request: How many, after which.
    ///   - isFirst: Whether nothing has left yet: the trail says so then, before anything does.
    ///   - caller: Needs `audit.export`.
    /// - Returns: A page of events, newest first.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        isFirst: Bool,
        by caller: TenantCaller
    ) async throws -> Page<AuditEvent> {
        let access = TrailUse.export.access(caller)
        return try await take(access, .tenant(caller.tenant), filter, request, isFirst)
    }

    /// The same of the platform's trail; `caller` is an operator with `platform.audit.read`.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        isFirst: Bool,
        by caller: Caller
    ) async throws -> Page<AuditEvent> {
        let access = Access.platform(caller, .platformAuditRead)
        return try await take(access, .platform, filter, request, isFirst)
    }

    private func take(
        _ access: Access,
        _ trail: Trail,
        _ filter: AuditFilter,
        _ request: PageRequest,
        _ isFirst: Bool
    ) async throws -> Page<AuditEvent> {
        // Read before the record, so that what is shown is the trail as it was asked for.
        let rows = try await environment.database
            .fetch(access, try AuditStore.page(trail, filter, request)).rows
        if isFirst {
            let wish = AuditExportRequest(filter: filter, format: .jsonl, file: taker)
            try await TrailExport(
                environment: environment,
                access: access,
                trail: trail,
                request: wish,
                progress: nil
            ).announce()
        }
        return try AuditStore.page(rows, request)
    }
}
