package import Domain
import Storage

/// One page of all operators' support sessions, the last to start first.
package struct ListSupportSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        tenant: TenantID?,
        isLive: Bool? = nil,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<SupportSession> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformSupportOpen),
            SupportSessionStore.page(tenant: tenant, isLive: isLive, page)
        )
        return Page(
            surplus: try fetched.rows.map(SupportSessionStore.session),
            request: page,
            position: \.position
        )
    }
}
