package import Domain
import Storage

/// Puts a tenant on another plan; limits and AI budget follow.
///
/// A plan that allows less than is used blocks what is new and deletes nothing.
package struct ChangePlan: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `invalid_transition` when the tenant is on that plan already.
    package func callAsFunction(
        _ id: TenantID,
        to plan: Plan,
        by caller: Caller
    ) async throws -> TenantDetail {
        try await environment.database.write(
            .platform(caller, .platformTenantsManage, tenant: id)
        ) { scope in
            let tenants = TenantStore(scope)
            let tenant = try tenants.lock()
            guard tenant.plan != plan else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The tenant is already on the plan \(plan.rawValue)."
                )
            }
            var changes = Changes()
            changes.note("plan", from: .string(tenant.plan.rawValue), to: .string(plan.rawValue))
            _ = try scope.batch(
                TenantStore.setPlan(plan, of: id) + [QuotaStore.follow(plan, for: id)]
                    + QuotaStore.alignBudget(of: id)
            )
            let detail = try tenants.detail().purging(by: environment.policy)
            _ = try scope.last(
                TenantTrail(scope: scope, tenant: id).record(
                    "tenant.plan_changed",
                    changes: changes,
                    event: .object(["plan": .string(plan.rawValue)])
                )
            )
            return detail
        }
    }
}
