package import Domain
import Storage

/// One tenant with its limits and counts, for operators.
package struct FindTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`.
    package func callAsFunction(_ id: TenantID, by caller: Caller) async throws -> TenantDetail {
        var detail = try await environment.database.read(
            .platform(caller, .platformTenantsRead, tenant: id)
        ) { scope in
            try TenantStore(scope).detail()
        }
        let days = environment.policy.purgeDays
        detail.tenant.closing = detail.tenant.closing?.purging(afterDays: days)
        return detail
    }
}
