package import Domain
import Storage

/// Gives the caller's session another workspace, and a token that names it.
package struct SwitchWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - workspace: the id or slug of a workspace that the caller is an active member of.
    ///   - caller: the person, by a session of the API.
    /// - Returns: The session with an access token for the workspace.
    /// - Throws: `tenant_access_denied`; `tenant_suspended`.
    package func callAsFunction(_ workspace: String, by caller: Caller) async throws -> SignedIn {
        let tenant = try await entrance(workspace, by: caller)
        let identity = try await environment.database.write(.signedIn(caller)) { scope in
            let rows = try scope.query(SessionStore.findOwner(caller.user))
            guard let owner = try rows.first.map(SessionStore.owner) else {
                throw Refusals.sessionRevoked
            }
            guard
                let row = try scope.query(
                    SessionStore.enter(tenant, caller.session, of: caller.user)
                ).first
            else { throw Refusals.sessionRevoked }
            _ = try scope.last([scope.recordPlatform(Self.entry(tenant, caller.session))])
            return try SessionStore.entered(row, owner, caller.session, tenant)
        }
        let access = try await environment.tokens.issue(
            identity,
            role: identity.platformRole?.rawValue
        )
        return SignedIn(
            identity: identity,
            accessToken: access.text,
            accessTokenExpiresAt: access.expiresAt,
            sessionToken: nil
        )
    }

    private func entrance(_ workspace: String, by caller: Caller) async throws -> TenantID {
        let mine = try await ListWorkspaces(environment)(by: caller)
        let id = TenantID(workspace)
        guard let found = mine.first(where: { $0.slug == workspace || $0.id == id }) else {
            throw Refusals.tenantAccessDenied
        }
        guard found.status == .active else { throw Refusals.tenantSuspended }
        return found.id
    }

    private static func entry(_ tenant: TenantID, _ session: SessionID) -> AuditEntry {
        var changes = Changes()
        changes.note("workspace", from: .null, to: .string(tenant.description))
        return AuditEntry(
            action: "auth.workspace_switched",
            operation: .update,
            resourceType: "session",
            resourceID: session.description,
            requestID: nil,
            changes: changes.canonical
        )
    }
}
