package import Domain
import Sealing
import Storage

/// Makes a workspace on the free plan for the person who asks, and makes them its owner.
package struct CreateWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - slug: its name in addresses, for good.
    ///   - name: what people call it.
    ///   - idempotencyKey: the same key with the same input gives the same workspace.
    ///   - caller: whoever has proved a mail address.
    /// - Returns: The workspace; for a repetition the one that was made before.
    /// - Throws: `slug_taken`, `plan_limit_reached`, `permission_denied`,
    ///   `idempotency_key_reused`, a validation error.
    package func callAsFunction(
        slug: String,
        name: String,
        idempotencyKey: String?,
        by caller: Caller
    ) async throws -> Tenant {
        let now = environment.database.clock.now()
        let id = TenantID(Random.uuidV7(now: now.microseconds))
        let limit = environment.policy.ownWorkspaces
        let outcome = try await environment.database.write(.selfService(caller, tenant: id)) {
            scope -> ProvisionTenant.Outcome in
            let account = try scope.lockAccount(caller.user)
            let new = try NewTenant(
                slug: slug,
                name: name,
                plan: Plan.free.rawValue,
                ownerEmail: account.user.email,
                ownerName: account.user.name
            )
            if let earlier = try ProvisionTenant.earlier(
                idempotencyKey,
                of: "workspaces.create",
                new,
                id,
                scope
            ) {
                return earlier
            }
            try OwnWorkspaces(scope: scope, limit: limit).requireRoom(for: account)
            return .made(try ProvisionTenant.provision(new, id, scope))
        }
        switch outcome {
        case .made(let tenant): return tenant
        case .earlier(let id):
            return try await environment.database.read(.selfService(caller, tenant: id)) { scope in
                try TenantStore(scope).detail().tenant
            }
        }
    }
}
