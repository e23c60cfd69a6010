package import Domain

/// Lists a trail page by page, as reading or as an export.
package struct ListTrail: Sendable {
    private let use: TrailUse
    private let list: ListAuditEvents
    private let platform: ListPlatformAuditEvents
    private let take: TakeAuditEvents

    /// - Parameters:
    ///   - environment: What it works with.
    ///   - use: What becomes of the events.
    ///   - taker: Who takes an export, for the record in the trail.
    package init(_ environment: Environment, for use: TrailUse, to taker: String) {
        self.use = use
        list = ListAuditEvents(environment)
        platform = ListPlatformAuditEvents(environment)
        take = TakeAuditEvents(environment, to: taker)
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - request: How many, after which.
    ///   - isFirst: Whether nothing has left yet.
    ///   - caller: Needs `audit.read`, or `audit.export` for an export.
    /// - Returns: A page of events, newest first.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        isFirst: Bool,
        by caller: TenantCaller
    ) async throws -> Page<AuditEvent> {
        guard use == .export else { return try await list(filter, page: request, by: caller) }
        return try await take(filter, page: request, isFirst: isFirst, by: caller)
    }

    /// The same of the platform's trail; `caller` is an operator with `platform.audit.read`.
    package func callAsFunction(
        _ filter: AuditFilter,
        page request: PageRequest,
        isFirst: Bool,
        by caller: Caller
    ) async throws -> Page<AuditEvent> {
        guard use == .export else { return try await platform(filter, page: request, by: caller) }
        return try await take(filter, page: request, isFirst: isFirst, by: caller)
    }
}
