import Domain
import HTTPTypes
import Operations
import Synchronization

extension Exchange {
    /// The caller inside the workspace that token, `X-Workspace-Id` and path agree on, or inside
    /// the tenant of a support session.
    func tenantCaller() async throws -> TenantCaller {
        let tenant = try await findTenantCaller()
        context.trace.note { $0.tenant = tenant.tenant }
        try admit(tenant.tenant)
        NoteVisit(environment)(by: tenant)
        return tenant
    }

    private func findTenantCaller() async throws -> TenantCaller {
        if case .key(let key) = credential { return try keyCaller(key) }
        let caller = try caller()
        if let text = head.headerFields[.supportSession] {
            return try await supportCaller(text, caller: caller)
        }
        return TenantCaller(caller: caller, tenant: try await workspace(caller))
    }

    /// A key means its own workspace; another name beside it is refused, and so is a support
    /// session.
    private func keyCaller(_ key: PresentedAPIKey) throws(DomainError) -> TenantCaller {
        guard head.headerFields[.supportSession] == nil, workspaceNames.allSatisfy(key.names)
        else { throw .tenantAccessDenied }
        return key.caller(requestID: context.requestID)
    }

    /// Two names for two workspaces are refused, whether or not the caller belongs to both: a
    /// request means one workspace.
    private func workspace(_ caller: Caller) async throws -> TenantID {
        guard case .token(let claims) = credential, let own = claims.tenant else {
            return try await namedWorkspace(caller)
        }
        do {
            for name in workspaceNames
            where try await workspace(named: name, caller) != own {
                throw DomainError.tenantAccessDenied
            }
        } catch let error as DomainError where error.code == .tenantAccessDenied {
            throw DomainError.otherWorkspace
        }
        return own
    }

    private func namedWorkspace(_ caller: Caller) async throws -> TenantID {
        var named: Set<TenantID> = []
        for name in workspaceNames { named.insert(try await workspace(named: name, caller)) }
        guard named.count <= 1 else { throw DomainError.tenantAccessDenied }
        guard let workspace = named.first else {
            throw DomainError.invalid(
                "X-Workspace-Id",
                "must name a workspace, because the token names none"
            )
        }
        return workspace
    }

    private func workspace(named name: String, _ caller: Caller) async throws -> TenantID {
        if let id = TenantID(name) { return id }
        return try await ResolveWorkspace(environment)(name, by: caller)
    }

    private var workspaceNames: [String] {
        [pathValues["w"], head.headerFields[.workspace]].compactMap { $0 }
    }

    /// The mode comes from the session, never from the client; whether the session still lives is
    /// for the guard to say.
    private func supportCaller(_ text: String, caller: Caller) async throws -> TenantCaller {
        guard let id = SupportSessionID(text) else { throw DomainError.supportSessionEnded }
        var tenant: TenantID?
        for name in workspaceNames {
            let resolved: TenantID
            if let id = TenantID(name) {
                resolved = id
            } else {
                resolved = try await ResolveTenant(environment)(name, by: caller)
            }
            guard tenant == nil || tenant == resolved else { throw DomainError.tenantAccessDenied }
            tenant = resolved
        }
        let session = try await supportSession(id, caller: caller)
        guard tenant == nil || tenant == session.tenant else {
            throw DomainError.tenantAccessDenied
        }
        return TenantCaller(
            caller: caller,
            tenant: session.tenant,
            supportSession: id,
            mode: session.mode
        )
    }

    private func supportSession(
        _ id: SupportSessionID,
        caller: Caller
    ) async throws -> KnownSupportSessions.Entry {
        if let known = services.supportSessions.find(id, of: caller.user) { return known }
        let session: SupportSession
        do {
            session = try await FindSupportSession(environment)(id, by: caller)
        } catch let error as DomainError where error.kind == .notFound {
            throw DomainError.supportSessionEnded
        }
        services.supportSessions.keep(session)
        return .init(tenant: session.tenant, mode: session.mode)
    }
}

extension DomainError {
    /// In the words of the database's guard.
    static let supportSessionEnded = DomainError.forbidden(
        .supportSessionEnded,
        "The support session has ended."
    )
}

/// What never changes about a support session: whose it is, where, and in which mode.
///
/// Bounded; starts over when full, because a miss costs one query.
final class KnownSupportSessions: Sendable {
    struct Entry: Hashable, Sendable {
        let tenant: TenantID
        let mode: AccessMode
    }

    private struct Key: Hashable {
        let id: SupportSessionID
        let staff: UserID
    }

    private static let limit = 1_000

    private let entries = Mutex<[Key: Entry]>([:])

    func find(_ id: SupportSessionID, of staff: UserID) -> Entry? {
        entries.withLock { $0[Key(id: id, staff: staff)] }
    }

    func keep(_ session: SupportSession) {
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
            entries[Key(id: session.id, staff: session.staff)] = Entry(
                tenant: session.tenant,
                mode: session.mode
            )
        }
    }
}

extension DomainError {
    /// What a token for one workspace gets at every other one, one's own, somebody else's and one
    /// that does not exist.
    fileprivate static let otherWorkspace = DomainError(
        .forbidden,
        .tenantAccessDenied,
        tenantAccessDenied.message,
        hint: "A token is for one workspace; POST /api/v1/auth/switch-workspace changes which."
    )
}
