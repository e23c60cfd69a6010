package import Domain

/// The operations that the console needs, as closures that the executable fills in.
///
/// Each of them throws `DomainError`; anything else is shown as an internal error. Cancelling the
/// task must cancel the query.
package struct ConsoleClient: Sendable {
    package var access: AccessClient
    package var sessions: SessionClient
    package var tenants: TenantClient
    package var support: SupportClient
    package var members: MemberClient
    package var roles: RoleClient
    package var invitations: InvitationClient
    package var grants: GrantClient
    package var artifacts: ArtifactClient
    package var ai: AIClient
    package var audit: AuditClient
    package var keys: KeyClient
    package var people: PeopleClient
    package var aiWork: AIWorkClient
    package var privacy: PrivacyClient
    package var files: FileClient
    package var feed = FeedClient.silent
    package var prices = PriceClient.none
    package var jobs = JobClient.none

    package init(
        access: AccessClient,
        sessions: SessionClient,
        tenants: TenantClient,
        support: SupportClient,
        members: MemberClient,
        roles: RoleClient,
        invitations: InvitationClient,
        grants: GrantClient,
        artifacts: ArtifactClient,
        ai: AIClient,
        audit: AuditClient,
        keys: KeyClient,
        people: PeopleClient,
        privacy: PrivacyClient,
        aiWork: AIWorkClient,
        files: FileClient
    ) {
        self.access = access
        self.sessions = sessions
        self.tenants = tenants
        self.support = support
        self.members = members
        self.roles = roles
        self.invitations = invitations
        self.grants = grants
        self.artifacts = artifacts
        self.ai = ai
        self.audit = audit
        self.keys = keys
        self.people = people
        self.aiWork = aiWork
        self.privacy = privacy
        self.files = files
    }
}

/// What a right password brings.
package enum SignInAnswer: Hashable, Sendable {
    case signedIn(Identity)
    /// A code of the second factor is wanted; the token stands for the password.
    case codeWanted(token: String)
}

/// Coming in, going out and being allowed to write.
package struct AccessClient: Sendable {
    /// Signs in and keeps the session's token for the next start.
    package var signIn: @Sendable (_ email: String, _ password: String) async throws -> SignInAnswer
    /// Shows a code of the second factor, for a password that was right.
    package var verify: @Sendable (_ token: String, _ code: String) async throws -> Identity
    /// The identity of the kept session; throws `unauthenticated` when there is none.
    package var resume: @Sendable () async throws -> Identity
    /// Ends the session and forgets its token.
    package var signOut: @Sendable (Caller) async throws -> Void
    /// Returns as soon as the database answers anything.
    package var probe: @Sendable () async throws -> Void
    package var workspaces: @Sendable (Caller) async throws -> [Workspace]
    /// Writes to the trail that this console may write for some minutes.
    package var elevate: @Sendable (_ reason: String, _ minutes: Int, Caller) async throws -> Void
    package var endElevation: @Sendable (Caller) async throws -> Void

    package init(
        signIn:
            @escaping @Sendable (_ email: String, _ password: String) async throws -> SignInAnswer,
        verify: @escaping @Sendable (_ token: String, _ code: String) async throws -> Identity,
        resume: @escaping @Sendable () async throws -> Identity,
        signOut: @escaping @Sendable (Caller) async throws -> Void,
        probe: @escaping @Sendable () async throws -> Void,
        workspaces: @escaping @Sendable (Caller) async throws -> [Workspace],
        elevate:
            @escaping @Sendable (_ reason: String, _ minutes: Int, Caller) async throws -> Void,
        endElevation: @escaping @Sendable (Caller) async throws -> Void
    ) {
        self.signIn = signIn
        self.verify = verify
        self.resume = resume
        self.signOut = signOut
        self.probe = probe
        self.workspaces = workspaces
        self.elevate = elevate
        self.endElevation = endElevation
    }
}

/// Where the person at the console is signed in.
package struct SessionClient: Sendable {
    package var list: @Sendable (PageRequest, Caller) async throws -> Page<LiveSession>
    package var end: @Sendable (SessionID, Caller) async throws -> Void
    /// Ends all but the caller's; how many those were.
    package var endOthers: @Sendable (Caller) async throws -> Int

    package init(
        list: @escaping @Sendable (PageRequest, Caller) async throws -> Page<LiveSession>,
        end: @escaping @Sendable (SessionID, Caller) async throws -> Void,
        endOthers: @escaping @Sendable (Caller) async throws -> Int
    ) {
        self.list = list
        self.end = end
        self.endOthers = endOthers
    }
}
