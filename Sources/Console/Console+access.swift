import Domain
import Terminal

/// A tenant as a place to be: its name on the screen, and the role one has in it.
struct TenantRef: Hashable, Sendable {
    var id: TenantID
    var slug: String
    var name: String
    /// The role of a member; nil for an operator, who needs a support session.
    var membership: MemberRole?
    /// Whether nobody gets in any more: operators see its summary from outside.
    var isClosed = false

    init(id: TenantID, slug: String, name: String, membership: MemberRole? = nil) {
        self.id = id
        self.slug = slug
        self.name = name
        self.membership = membership
    }

    init(_ tenant: Tenant) {
        self.init(id: tenant.id, slug: tenant.slug, name: tenant.name)
        isClosed = tenant.status == .deleted
    }

    init(_ tenant: TenantSummary) {
        self.init(id: tenant.id, slug: tenant.slug, name: tenant.name)
        isClosed = tenant.status == .deleted
    }

    init(_ workspace: Workspace) {
        self.init(
            id: workspace.id,
            slug: workspace.slug,
            name: workspace.name,
            membership: workspace.role
        )
    }
}

extension Console {
    /// The name of the next request in logs, in the trail and in error messages.
    func requestName(_ id: RequestID) -> String {
        "console-\(surroundings.settings.runID)-\(id.number)"
    }

    var caller: Caller? {
        standing.identity.map { identity in
            Caller(
                user: identity.user,
                session: identity.session,
                requestID: requestName(requests.nextID)
            )
        }
    }

    /// The caller inside a tenant; nil without a membership or a support session there.
    func tenantCaller(in tenant: TenantRef) -> TenantCaller? {
        guard let caller, maySee(tenant) else { return nil }
        let support = tenant.membership == nil ? standing.support : nil
        let writes = standing.elevation != nil && (support?.mode ?? .readWrite) == .readWrite
        return TenantCaller(
            caller: caller,
            tenant: tenant.id,
            supportSession: support?.id,
            mode: writes ? .readWrite : .readOnly
        )
    }

    /// Whether there is a right to see the tenant's data now.
    func maySee(_ tenant: TenantRef) -> Bool {
        tenant.membership != nil || standing.support?.tenant == tenant.id
    }

    /// Why a permission cannot be used now in a tenant, that of the screen unless told; nil when it
    /// can.
    func refusal(
        _ permission: Permission,
        writes: Bool,
        in tenant: TenantRef? = nil
    ) -> String? {
        guard let identity = standing.identity else { return "Nobody is signed in." }
        if case .lost = standing.connection { return "The database does not answer." }
        let place = tenant ?? trail.current?.content.tenant
        if let lack = lack(of: permission, identity: identity, in: place) { return lack }
        guard writes else { return nil }
        return standing.elevation == nil
            ? "This console is read-only; lift it with :elevate 10m REASON." : nil
    }

    private func lack(
        of permission: Permission,
        identity: Identity,
        in tenant: TenantRef?
    ) -> String? {
        if permission.isPlatform {
            guard let role = identity.platformRole else { return "Only operators may do this." }
            return role.grants(permission)
                ? nil : "The role \(role.rawValue) lacks \(permission)."
        }
        guard let tenant else { return "No tenant is open." }
        if let role = tenant.membership {
            return role.grants(permission) != .none
                ? nil : "The role \(role.name) lacks \(permission)."
        }
        guard let support = standing.support, support.tenant == tenant.id else {
            return "Open a support session first (\(key("support")))."
        }
        guard let role = identity.platformRole else { return "Only operators may do this." }
        if role.grants(permission, in: support.mode) { return nil }
        return role.grants(permission, in: .readWrite)
            ? "This support session is read-only; open one that may write (\(key("support")))."
            : "In a support session \(role.rawValue) lacks \(permission)."
    }
}

extension Permission {
    var isPlatform: Bool { rawValue <= Permission.platformAuditRead.rawValue }

    /// What is needed for it on a screen: one permission opens all of the platform's own trail.
    func needed(on kind: ScreenKind?) -> Permission {
        guard kind?.isPlatformTrail == true else { return self }
        switch self {
        case .auditRead, .auditVerify, .auditExport: return .platformAuditRead
        default: return self
        }
    }
}
