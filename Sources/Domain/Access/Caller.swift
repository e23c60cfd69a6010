/// A signed-in person at a door: who, by which session, in which request.
package struct Caller: Hashable, Sendable {
    package var user: UserID
    package var session: SessionID
    /// Ties log lines, audit events and the answer together.
    package var requestID: String

    package init(user: UserID, session: SessionID, requestID: String) {
        self.user = user
        self.session = session
        self.requestID = requestID
    }

    /// The context of an operator; `tenant` only for lifecycle operations.
    package func platform(tenant: TenantID? = nil) -> AccessContext {
        AccessContext(kind: .platform, tenant: tenant, user: user, mode: .readWrite)
    }
}

/// A caller inside one tenant: a member, or an operator in a support session.
package struct TenantCaller: Hashable, Sendable {
    package var caller: Caller
    package var tenant: TenantID
    /// Set when an operator acts; the mode is then the session's.
    package var supportSession: SupportSessionID?
    package var mode: AccessMode
    /// Set when an API key acts for the caller, who then is its maker, and its session the key.
    package var key: APIKeyProof?

    package init(
        caller: Caller,
        tenant: TenantID,
        supportSession: SupportSessionID? = nil,
        mode: AccessMode = .readWrite,
        key: APIKeyProof? = nil
    ) {
        self.caller = caller
        self.tenant = tenant
        self.supportSession = supportSession
        self.mode = mode
        self.key = key
    }

    package var context: AccessContext {
        var context = AccessContext(
            kind: .tenant,
            tenant: tenant,
            user: caller.user,
            supportSession: supportSession,
            mode: mode
        )
        context.isKey = key != nil
        return context
    }
}

/// What the guard found: the caller may do it, and how far.
package struct Authorization: Hashable, Sendable {
    /// The name of a tenant's role, or the key of a platform role in a support session.
    package var role: String
    package var rank: Int
    package var grant: Grant
    /// The role of a member; nil for an operator.
    package var membership: MemberRole?

    package init(role: String, rank: Int, grant: Grant, membership: MemberRole? = nil) {
        self.role = role
        self.rank = rank
        self.grant = grant
        self.membership = membership
    }

    package init(_ membership: MemberRole, grant: Grant = .all) {
        self.init(
            role: membership.name,
            rank: membership.rank,
            grant: grant,
            membership: membership
        )
    }

    package var isOwner: Bool { membership == .owner }

    /// What the caller may give away: an operator in a support session acts as an admin does.
    package var permissions: PermissionSet {
        membership?.permissions ?? PermissionSet(Role.admin)
    }
}

extension Authorization {
    /// Operators rank as admins do: they touch members below that, and never owners.
    private static let operatorRank = Role.admin.rank
    private static let ownSuffix = ":own"

    /// Reads the guard's answer: a coded role, with `:own` behind it when it reaches only so far.
    ///
    /// It ends in a name that a tenant chose, so it is read byte by byte: a mark at the name's
    /// begin would make one character with what stands before it.
    ///
    /// - Throws: An internal error for an answer that is no role.
    package init(answer: String) throws(DomainError) {
        let suffix = Self.ownSuffix.utf8
        let isOwn = answer.utf8.suffix(suffix.count).elementsEqual(suffix)
        let role = isOwn ? answer.utf8.dropLast(suffix.count) : answer.utf8[...]
        let text = String(decoding: role, as: UTF8.self)
        if let membership = MemberRole(coded: text) {
            self.init(membership, grant: isOwn ? .own : .all)
        } else if PlatformRole(rawValue: text) != nil {
            self.init(role: text, rank: Self.operatorRank, grant: isOwn ? .own : .all)
        } else {
            throw DomainError(.internal, .internalError, "The guard's answer is no role.")
        }
    }
}
