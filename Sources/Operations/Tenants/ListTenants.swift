package import Domain
import Storage

/// One page of all tenants, for operators.
package struct ListTenants: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        _ filter: TenantFilter,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<TenantSummary> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformTenantsRead),
            TenantDirectory.page(filter, page)
        )
        return Page(
            surplus: try fetched.rows.map(TenantDirectory.summary),
            request: page,
            position: { $0.position(in: filter) }
        )
    }
}
