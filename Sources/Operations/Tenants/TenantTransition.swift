import Domain
import Storage

// DESIGN
//
//              suspend                     close
//   active ──────────────▶ suspended ─────────────────▶ deleted
//     ▲ ◀────────────────────┘ │  resume                  │
//     │                        └── close: operators only  │
//     └────────────────────── restore ◀───────────────────┘
//
// 1. A closed tenant keeps every row, its slug and its trail, and lets nobody in, because the guard
//    of each request reads the status. Its data goes after some time (`PurgeTenants`); once that
//    has begun, nobody opens it again.
// 2. What an owner closed an owner or an operator opens; what an operator closed, an operator.
// 3. A legal hold keeps a tenant open. Placing one takes the same lock.

/// The way from one status of a tenant to another, with a reason.
struct TenantTransition: Sendable {
    let action: String
    let status: TenantStatus
    /// Where it begins.
    let sources: Set<TenantStatus>
    var closer: TenantCloser?

    static let suspend = TenantTransition(
        action: "tenant.suspended",
        status: .suspended,
        sources: [.active]
    )
    static let resume = TenantTransition(
        action: "tenant.resumed",
        status: .active,
        sources: [.suspended]
    )
    static let restore = TenantTransition(
        action: "tenant.restored",
        status: .active,
        sources: [.deleted]
    )

    static func close(by closer: TenantCloser) -> TenantTransition {
        TenantTransition(
            action: "tenant.closed",
            status: .deleted,
            sources: closer == .owner ? [.active] : [.active, .suspended],
            closer: closer
        )
    }

    /// - Throws: `invalid_transition` when the tenant is there already, or is deleted; `legal_hold`.
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
            try lock(scope)
            return try apply(to: TenantStore(scope).lock(), reason: reason, in: scope)
        }
    }

    /// Counters before the tenant's row, as everywhere.
    func lock(_ scope: Scope) throws {
        try MemberLedger(scope).lockUnguarded()
    }

    /// The last statements of a transaction that has locked the tenant.
    func apply(to tenant: Tenant, reason: String, in scope: Scope) throws -> Tenant {
        guard sources.contains(tenant.status) else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                tenant.status == .deleted
                    ? "The tenant is closed." : "The tenant is already \(tenant.status.rawValue).",
                hint: tenant.status == .deleted && status != .deleted ? "Restore it first." : nil
            )
        }
        guard tenant.closing?.purgeBeganAt == nil else { throw Self.purged }
        var statements = TenantStore.setStatus(status, of: tenant.id, closedBy: closer)
        if closer != nil {
            guard try scope.query(LegalHoldStore.on(in: tenant.id)).first == nil else {
                throw Self.held
            }
            statements.append(SupportSessionStore.endAll(in: tenant.id))
        }
        let left = tenant.status == .deleted ? try ErasedMembers(scope: scope).leave() : []
        var changes = Changes()
        changes.note(
            "status",
            from: .string(tenant.status.rawValue),
            to: .string(status.rawValue)
        )
        changes.note("reason", from: .null, to: .string(reason))
        _ = try scope.last(
            statements
                + TenantTrail(scope: scope, tenant: tenant.id).record(action, changes: changes)
                + left
        )
        var changed = tenant
        changed.status = status
        changed.version += 1
        return changed
    }

    private static let purged = DomainError(
        .conflict,
        .invalidTransition,
        "This was closed too long ago: its data is deleted.",
        hint: "Its trail and its accounts are kept; the slug stays taken."
    )
    private static let held = DomainError(
        .conflict,
        .legalHold,
        "A legal hold keeps this workspace open.",
        hint: "An owner of the workspace can release it."
    )
}
