package import Domain

/// Work on a trail: a tenant's, or the platform's own.
package enum AuditRequest: Hashable, Sendable {
    case list(AuditFilter, PageRequest)
    /// The same for a program that may keep it.
    case take(AuditFilter, PageRequest)
    case verify
    /// Comes back when the trail has an event behind this one, or after a while without.
    case wait(after: Int64)
    case export(AuditExportWish)
    /// Names behind the ids of those who act; a tenant's own are asked for with its members.
    case people(Set<UserID>)
}

/// The security ledgers, as one closure for each place where they are kept.
package struct AuditClient: Sendable {
    package typealias Progress = Headway.Report
    package typealias Perform<Caller> =
        @Sendable (AuditRequest, Caller, @escaping Progress) async throws -> ConsoleAnswer

    /// A tenant's trail.
    package var tenant: Perform<TenantCaller>
    /// The platform's own, for operators.
    package var platform: Perform<Caller>

    package init(
        tenant: @escaping Perform<TenantCaller>,
        platform: @escaping Perform<Caller>
    ) {
        self.tenant = tenant
        self.platform = platform
    }
}
