/// What stands out on the platform: who costs most, and what happened last.
package struct PlatformHighlights: Hashable, Sendable {
    /// Tenants with AI cost this month, the highest first.
    package var tenants: [TenantSummary]
    /// The newest events of the platform's own trail, the newest first.
    package var events: [AuditEvent]
    /// The people who are named in them.
    package var people: [UserID: User]
    /// The names of the tenants that they are about.
    package var tenantNames: [TenantID: String]

    package init(
        tenants: [TenantSummary] = [],
        events: [AuditEvent] = [],
        people: [UserID: User] = [:],
        tenantNames: [TenantID: String] = [:]
    ) {
        self.tenants = tenants
        self.events = events
        self.people = people
        self.tenantNames = tenantNames
    }
}
