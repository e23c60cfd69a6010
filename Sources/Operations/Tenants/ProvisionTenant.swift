package import Domain
import Sealing
import Storage

// DESIGN
//
// 1. One transaction makes everything a tenant needs, or nothing.
// 2. The tenant's id is chosen before the context is signed, because the walls let nothing be
//    written for another tenant than the context's.
// 3. With an idempotency key the key is claimed first, in the same transaction. A repetition finds
//    the id that was stored, and reads that tenant under a context of its own.

/// Makes a tenant: directory, limits of the plan, owner, budget, and the first line of its trail.
package struct ProvisionTenant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - new: what is wanted, checked.
    ///   - idempotencyKey: the same key with the same input gives the same tenant.
    ///   - caller: an operator who may manage tenants.
    /// - Returns: The tenant; for a repetition the one that was made before.
    /// - Throws: `slug_taken`, `idempotency_key_reused`.
    package func callAsFunction(
        _ new: NewTenant,
        idempotencyKey: String?,
        by caller: Caller
    ) async throws -> Tenant {
        let now = environment.database.clock.now()
        let id = TenantID(Random.uuidV7(now: now.microseconds))
        let outcome = try await environment.database.write(
            .platform(caller, .platformTenantsManage, tenant: id)
        ) { scope -> Outcome in
            if let earlier = try Self.earlier(
                idempotencyKey,
                of: "tenants.provision",
                new,
                id,
                scope
            ) {
                return earlier
            }
            return .made(try Self.provision(new, id, scope))
        }
        switch outcome {
        case .made(let tenant): return tenant
        case .earlier(let id):
            return try await FindTenant(environment)(id, by: caller).tenant
        }
    }

    /// What a transaction came to: a new tenant, or the one of an earlier request.
    enum Outcome: Sendable {
        case made(Tenant)
        case earlier(TenantID)
    }

    /// The tenant that an earlier request under the same key made; nil claims the key.
    static func earlier(
        _ key: String?,
        of operation: String,
        _ new: NewTenant,
        _ id: TenantID,
        _ scope: Scope
    ) throws -> Outcome? {
        guard let key else { return nil }
        let earlier = try IdempotencyStore(scope).claim(
            key,
            route: operation,
            fingerprint: fingerprint(new),
            result: .object(["id": .string(id.description)])
        )
        guard let earlier else { return nil }
        guard case .string(let text) = earlier["id"], let id = TenantID(text) else {
            throw DomainError(.internal, .internalError, "The stored answer names no tenant.")
        }
        return .earlier(id)
    }

    /// Makes everything; the last statements of the transaction.
    static func provision(
        _ new: NewTenant,
        _ id: TenantID,
        _ scope: Scope
    ) throws -> Tenant {
        let tenants = TenantStore(scope)
        let owner = try tenants.insert(new)
        var changes = Changes()
        changes.note("slug", from: .null, to: .string(new.slug.description))
        changes.note("name", from: .null, to: .string(new.name))
        changes.note("plan", from: .null, to: .string(new.plan.rawValue))
        changes.note("owner", from: .null, to: .string(owner.description))
        let trail = TenantTrail(scope: scope, tenant: id).record(
            "tenant.provisioned",
            .create,
            changes: changes,
            event: .object(["plan": .string(new.plan.rawValue)])
        )
        let rows = try scope.last(
            [TenantStore.find(id)] + tenants.furnish(owner: owner, plan: new.plan) + trail
        )
        guard let row = rows[0].first else {
            throw DomainError(.internal, .internalError, "The tenant was not made.")
        }
        return try TenantStore.tenant(row)
    }

    private static func fingerprint(_ new: NewTenant) -> [UInt8] {
        let input = JSONValue.array([
            .string(new.slug.description), .string(new.name), .string(new.plan.rawValue),
            .string(new.ownerEmail.normalized), .string(new.ownerName),
        ])
        return Digest.sha256(input.canonical)
    }
}
