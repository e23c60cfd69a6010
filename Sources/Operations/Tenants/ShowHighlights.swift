package import Domain
import Storage

/// What stands out on the platform, for operators: as many rows of each as are asked for.
package struct ShowHighlights: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - page: How many; it begins at the top.
    ///   - caller: Needs `platform.tenants.read` and `platform.audit.read`.
    /// - Returns: The tenants, and the events with the names that they need.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ page: PageRequest,
        by caller: Caller
    ) async throws -> PlatformHighlights {
        let costs = try await environment.database.fetch(
            .platform(caller, .platformTenantsRead),
            TenantDirectory.dearest(page.limit)
        )
        let tenants = try costs.rows.map(TenantDirectory.summary)
        return try await environment.database.read(.platform(caller, .platformAuditRead)) { scope in
            let rows = try scope.query(try AuditStore.page(.platform, AuditFilter(), page))
            let events = try AuditStore.page(rows, page).items
            let named = events.compactMap(\.entry.resourceID)
            let people = events.compactMap(\.actor.id) + named.compactMap { UserID($0) }
            let names = try scope.batch([
                PeopleStore.known(Set(people)),
                TenantDirectory.names(Set(named.compactMap { TenantID($0) })),
            ])
            return PlatformHighlights(
                tenants: tenants,
                events: events,
                people: try PeopleStore.people(names[0]),
                tenantNames: Dictionary(try names[1].map(TenantDirectory.named)) { first, _ in
                    first
                }
            )
        }
    }
}
