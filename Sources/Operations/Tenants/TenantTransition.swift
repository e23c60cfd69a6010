import Domain
import Storage

/// The way from one status of a tenant to another, with a reason.
struct TenantTransition: Sendable {
    let action: String
    let status: TenantStatus

    static let suspend = TenantTransition(action: "tenant.suspended", status: .suspended)
    static let resume = TenantTransition(action: "tenant.resumed", status: .active)

    /// - Throws: `invalid_transition` when the tenant is there already, or is deleted.
    func callAsFunction(
        _ id: TenantID,
        reason: String,
        by caller: Caller,
        in environment: Environment
    ) async throws -> Tenant {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformTenantsManage, tenant: id)
        ) { scope in
            var tenant = try TenantStore(scope).lock()
            guard tenant.status != status, tenant.status != .deleted else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The tenant is already \(tenant.status.rawValue)."
                )
            }
            var changes = Changes()
            changes.note(
                "status",
                from: .string(tenant.status.rawValue),
                to: .string(status.rawValue)
            )
            changes.note("reason", from: .null, to: .string(reason))
            _ = try scope.last(
                TenantStore.setStatus(status, of: id)
                    + TenantTrail(scope: scope, tenant: id).record(action, changes: changes)
            )
            tenant.status = status
            tenant.version += 1
            return tenant
        }
    }
}
