package import Domain

/// What the console wants to know or to have done, as a value: the loop sends it to the client.
package enum ConsoleRequest: Hashable, Sendable {
    /// Needs nobody signed in.
    case access(AccessRequest)
    /// Needs a signed-in person, and for most of them an operator.
    case platform(PlatformRequest, Caller)
    /// Happens inside one tenant.
    case tenant(TenantRequest, TenantCaller)
    /// Concerns files on this machine.
    case file(FileRequest)

    /// Whether an answer that never came may have changed something.
    package var writes: Bool {
        switch self {
        case .access: false
        case .platform(let request, _): request.writes
        case .tenant(let request, _): request.writes
        case .file: false
        }
    }
}

/// Coming in.
package enum AccessRequest: Hashable, Sendable {
    case signIn(email: String, password: String)
    case verify(token: String, code: String)
    /// Goes on with the session that an earlier sign-in left.
    case resume
    /// Asks only whether the database answers.
    case probe
}

/// Work on the platform.
package enum PlatformRequest: Hashable, Sendable {
    case signOut
    case workspaces
    case overview
    /// Who costs most, and what happened last.
    case highlights(PageRequest)
    case refreshFigures
    case tenants(TenantFilter, PageRequest)
    /// A tenant by slug or id.
    case resolve(String)
    case tenant(TenantID)
    case provision(NewTenant, idempotencyKey: String)
    case suspend(TenantID, reason: String)
    case resumeTenant(TenantID, reason: String)
    case rename(TenantID, String)
    case changePlan(TenantID, Plan)
    case changeQuota(TenantID, Resource, soft: Int64?, hard: Int64)
    case openSupport(TenantID, SupportRequest)
    case endSupport(SupportSessionID)
    case elevate(reason: String, minutes: Int)
    case endElevation
    /// Where one is signed in.
    case sessions(PageRequest)
    case endSession(SessionID)
    /// All of one's sessions but this console's.
    case endOtherSessions
    case people(PeopleRequest)
    case stays(isLive: Bool?, PageRequest)
    case personal(PersonalDataRequest)
    case prices(PriceRequest)
    case jobs(JobRequest)
    /// The platform's own trail.
    case audit(AuditRequest)

    var writes: Bool {
        switch self {
        case .workspaces, .overview, .highlights, .tenants, .resolve, .tenant, .sessions, .stays,
            .audit:
            false
        case .people(let request): request.writes
        case .personal(let request): request.writes
        case .prices(let request): request.writes
        case .jobs(let request): request.writes
        default: true
        }
    }
}

/// Work inside a tenant.
package enum TenantRequest: Hashable, Sendable {
    case workspace
    case members(MemberRequest)
    case roles(RoleRequest)
    case invitations(InvitationRequest)
    case grants(GrantRequest)
    case artifacts(ArtifactRequest)
    case budgets
    case usage(UsageGrouping, from: Instant, to: Instant)
    case audit(AuditRequest)
    case keys(KeyRequest)
    case consents(ConsentRequests)
    case ai(AIRequest)
    case privacy(PrivacyRequest)

    var writes: Bool {
        switch self {
        case .members(let request): request.writes
        case .roles(let request): request.writes
        case .invitations(let request): request.writes
        case .grants(let request): request.writes
        case .artifacts(let request): request.writes
        case .keys(let request): request.writes
        case .consents(let request): request.writes
        case .ai(let request): request.writes
        case .privacy(let request): request.writes
        default: false
        }
    }
}

/// Work on the people of a tenant.
package enum MemberRequest: Hashable, Sendable {
    case list(MemberFilter, PageRequest)
    /// Names behind ids.
    case people(Set<UserID>)
    case add(email: String, role: RoleName, name: String?)
    case change(UserID, MemberEdit, version: Int64)
    case remove(UserID, reason: String)
    /// Makes a member an owner in one's own place; the proof is a password or a code.
    case transfer(UserID, proof: String)
    /// Gives one's own place up.
    case leave

    var writes: Bool {
        switch self {
        case .list, .people: false
        case .add, .change, .remove, .transfer, .leave: true
        }
    }
}

/// What changes about a member, and why.
package struct MemberEdit: Hashable, Sendable {
    package var role: RoleName?
    package var status: MemberStatus?
    /// Goes into the trail.
    package var reason: String?
}

/// Work on the roles of a tenant.
package enum RoleRequest: Hashable, Sendable {
    case list
    case create(RoleDraft)
    case edit(RoleName, RoleEdit, version: Int64?)
    case delete(RoleName)

    var writes: Bool { self != .list }
}

/// Work on the invitations of a tenant.
package enum InvitationRequest: Hashable, Sendable {
    case list(InvitationStatus?, PageRequest)
    case invite(NewInvitation)
    case resend(InvitationID)
    case revoke(InvitationID)

    var writes: Bool {
        if case .list = self { false } else { true }
    }
}

/// Work on the single objects that a member was given.
package enum GrantRequest: Hashable, Sendable {
    case list(of: UserID, PageRequest)
    case give(ArtifactID, [Permission], to: UserID)
    case take(ArtifactID, from: UserID)

    var writes: Bool {
        if case .list = self { false } else { true }
    }
}

/// Work on a tenant's documents.
package enum ArtifactRequest: Hashable, Sendable {
    case list(ArtifactFilter, PageRequest)
    case find(ArtifactID)
    case revisions(ArtifactID, PageRequest)
    /// Names behind ids.
    case names(Set<ArtifactID>)
    case create(ArtifactDraft, idempotencyKey: String)
    case update(ArtifactID, ArtifactEdit, version: Int64)
    case delete(ArtifactID, version: Int64, reason: String)
    case restore(ArtifactID)

    var writes: Bool {
        switch self {
        case .list, .find, .revisions, .names: false
        case .create, .update, .delete, .restore: true
        }
    }
}
