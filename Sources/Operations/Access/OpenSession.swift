package import Domain
import Storage

// DESIGN
//
// 1. Whoever proves who somebody is (a password, a second factor, an external issuer) hands the
//    person over here; nothing else begins a session.
// 2. The workspace is looked at only now, so that it tells strangers nothing.
// 3. The session, what its proof changes, and both trails are one transaction.

/// Begins a session for a person who has proven who they are.
struct OpenSession: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - user: who has proven who they are.
    ///   - request: the door, the workspace to enter and the machine that asks.
    ///   - proof: how they have proven it.
    ///   - changes: what else belongs into the session's transaction.
    /// - Returns: The session and the token that proves it.
    /// - Throws: `invalid_credentials` for somebody who may not sign in; with a workspace also
    ///   `tenant_access_denied` and `tenant_suspended`.
    func callAsFunction(
        for user: UserID,
        _ request: SessionRequest,
        proof: SignInProof,
        changes: @Sendable (Scope) throws -> [Statement] = { _ in [] }
    ) async throws -> SignedIn {
        let rows = try await environment.database.fetch(
            access(user),
            SessionStore.findOwner(user)
        ).rows
        guard let owner = try rows.first.map(SessionStore.owner) else {
            throw Refusals.invalidCredentials
        }
        return try await callAsFunction(for: owner, request, proof: proof, changes: changes)
    }

    /// The same for a person who was looked up already.
    func callAsFunction(
        for owner: SessionOwner,
        _ request: SessionRequest,
        proof: SignInProof,
        changes: @Sendable (Scope) throws -> [Statement] = { _ in [] }
    ) async throws -> SignedIn {
        let opening = SessionOpening(
            owner: owner,
            tenant: try await entrance(for: owner, workspace: request.workspace),
            kind: request.kind,
            now: environment.database.clock.now()
        )
        try await environment.database.system(
            reason: .signIn,
            tenant: opening.tenant,
            user: owner.user,
            requestID: request.requestID
        ) { scope in
            var statements = try changes(scope)
            statements += opening.statements(request.client)
            let entry = Self.entry(request.kind, proof, session: opening.id)
            if opening.tenant != nil { statements.append(scope.record(entry)) }
            statements.append(scope.recordPlatform(entry))
            _ = try scope.last(statements)
        }
        var signedIn = try await opening.signedIn(by: environment.tokens)
        signedIn.refreshPlace = request.refresh
        return signedIn
    }

    private func entrance(
        for owner: SessionOwner,
        workspace: String?
    ) async throws -> TenantID? {
        let fetched = try await environment.database.fetch(
            access(owner.user),
            WorkspaceStore.entrances(of: owner.user)
        )
        let entrances = try fetched.rows.map(WorkspaceStore.entrance)
        guard let workspace else {
            let open = entrances.filter { $0.status == .active }
            return open.first { $0.tenant == owner.defaultTenant }?.tenant
                ?? (open.count == 1 ? open[0].tenant : nil)
        }
        let id = TenantID(workspace)
        guard let entrance = entrances.first(where: { $0.slug == workspace || $0.tenant == id })
        else { throw Refusals.tenantAccessDenied }
        guard entrance.status == .active else { throw Refusals.tenantSuspended }
        return entrance.tenant
    }

    private func access(_ user: UserID) -> Access {
        Access(
            context: AccessContext(kind: .system(.signIn), user: user, mode: .readOnly),
            guard: .process,
            requestID: nil
        )
    }

    /// Without the address: the trail cannot forget personal data.
    static func entry(
        _ kind: Session.Kind,
        _ proof: SignInProof,
        session: SessionID?,
        outcome: AuditEntry.Outcome = .success
    ) -> AuditEntry {
        var changes = Changes()
        changes.note("kind", from: .null, to: .string(kind.rawValue))
        if proof != .password { changes.note("proof", from: .null, to: .string(proof.rawValue)) }
        return AuditEntry(
            action: "auth.login",
            operation: .other,
            resourceType: "session",
            resourceID: session?.description,
            outcome: outcome,
            requestID: nil,
            changes: changes.canonical
        )
    }
}

/// How somebody has proven who they are.
enum SignInProof: String, Sendable {
    case password
    case totp
    case recoveryCode = "recovery_code"
    case external
}

/// What is asked of a session that shall begin.
package struct SessionRequest: Sendable {
    /// The door; it decides on token and life.
    package var kind: Session.Kind
    /// The id or slug to enter; nil for the usual one.
    package var workspace: String?
    package var client: ClientInfo
    /// Ties log, trail and answer together.
    package var requestID: String
    /// Where the refresh token is to go.
    package var refresh: RefreshPlace

    package init(
        kind: Session.Kind,
        workspace: String?,
        client: ClientInfo,
        requestID: String,
        refresh: RefreshPlace = .cookie
    ) {
        self.kind = kind
        self.workspace = workspace
        self.client = client
        self.requestID = requestID
        self.refresh = refresh
    }
}

/// How a client of the API gets its refresh tokens.
package enum RefreshPlace: String, CaseIterable, Hashable, Sendable {
    case cookie
    /// In the body, for clients that keep no cookies.
    case cli
}
