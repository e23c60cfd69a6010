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
        try await environment.database.read(
            .platform(caller, .platformTenantsRead, tenant: id)
        ) { scope in
            try TenantStore(scope).detail().purging(by: environment.policy)
        }
    }
}

extension TenantDetail {
    /// The same, and of a closed tenant when its data goes.
    func purging(by policy: SignInPolicy) -> TenantDetail {
        var detail = self
        detail.tenant.closing = tenant.closing?.purging(afterDays: policy.purgeDays)
        return detail
    }
}
