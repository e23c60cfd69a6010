import Domain
import Terminal

// What an overlay holds, and to whom it belongs. The two lists below name every form and every
// question: a new one says here whether it changes a tenant's own data, or does not compile.

extension Overlay {
    /// Whether the operator has typed something into it that sending would save.
    var holdsWork: Bool {
        switch self {
        case .form(let form): form.intent != .elevation && !form.intent.isLocal
        case .dialog(let dialog): dialog.holdsWork
        case .help, .command, .filter, .themes: false
        }
    }

    /// The same, for one tenant.
    func holdsWork(in tenant: TenantID) -> Bool { holdsWork && self.tenant?.id == tenant }

    /// The tenant whose own data sending it would change.
    var tenant: TenantRef? {
        switch self {
        case .form(let form): form.intent.tenant
        case .dialog(let dialog): dialog.intent.tenant
        case .help, .command, .filter, .themes: nil
        }
    }

    /// Whether it has a meaning when the screens of a tenant are gone.
    var outlivesTenant: Bool {
        switch self {
        case .form(let form): tenant == nil && !form.intent.isLocal
        case .dialog: tenant == nil
        case .command, .themes: true
        case .help, .filter: false
        }
    }
}

extension FormOverlay.Intent {
    /// The tenant whose own data sending the form changes.
    ///
    /// It takes a right to be in there. Nil for what operators do to a tenant from outside.
    var tenant: TenantRef? {
        switch self {
        case .addMember(let tenant), .role(let tenant, _), .newKey(let tenant),
            .editKey(let tenant, _), .rotateKey(let tenant, _), .invite(let tenant),
            .give(let tenant, _), .newRole(let tenant), .editRole(let tenant, _),
            .giveConsent(let tenant), .hold(let tenant), .editBudget(let tenant, _),
            .newBudget(let tenant):
            tenant
        case .provision, .plan, .quota, .support, .elevation, .account, .grant, .rename,
            .copyOf, .price, .export, .keepFilter, .keptFilters:
            nil
        }
    }
}

extension FormOverlay.Intent {
    /// Whether it is about what this machine keeps, and nothing is sent.
    fileprivate var isLocal: Bool {
        switch self {
        case .export, .keepFilter, .keptFilters: true
        default: false
        }
    }
}

extension DialogOverlay {
    /// Whether something was typed into it, here or in the editor before.
    fileprivate var holdsWork: Bool {
        switch intent {
        case .save, .editAgain, .confirmGrant: true
        default: dialog.demand != .init()
        }
    }
}

extension DialogOverlay.Intent {
    /// The tenant whose own data confirming changes; nil as for forms.
    var tenant: TenantRef? {
        switch self {
        case .memberStatus(let tenant, _, _), .removeMember(let tenant, _),
            .transfer(let tenant, _), .depart(let tenant), .take(let tenant, _, _),
            .deleteArtifact(let tenant, _), .restoreArtifact(let tenant, _),
            .revokeKey(let tenant, _), .revokeInvitation(let tenant, _),
            .resendInvitation(let tenant, _), .deleteRole(let tenant, _),
            .standingConsent(let tenant, _), .revokeConsent(let tenant, _),
            .releaseHold(let tenant, _), .requestData(let tenant, _, _),
            .approveErasure(let tenant, _), .acknowledge(let tenant, _), .cancelCall(let tenant, _),
            .resetBudget(let tenant, _):
            tenant
        case .save(let work), .editAgain(let work): work.tenant
        case .suspend, .resume, .endSession, .endOtherSessions, .copyKey, .quit, .accountStatus,
            .endSessions, .revokeGrant, .endVisit, .copyToken, .confirmGrant,
            .erasePerson, .decidePrice:
            nil
        }
    }
}

extension Ask {
    /// Whether the console must be one that may write.
    ///
    /// Support sessions, one's own sessions and elevation itself are recorded by a console that
    /// only reads, too.
    var needsElevation: Bool {
        switch self {
        case .platform(let request): request.needsElevation
        case .tenant(let request, _): request.writes
        }
    }
}

extension PlatformRequest {
    fileprivate var needsElevation: Bool {
        switch self {
        case .provision, .suspend, .resumeTenant, .rename, .changePlan, .changeQuota: true
        case .people(let request): request.writes
        case .personal(let request): request.writes
        case .prices(let request): request.writes
        case .signOut, .workspaces, .overview, .refreshFigures, .tenants, .resolve, .tenant,
            .openSupport, .endSupport, .elevate, .endElevation, .sessions, .endSession,
            .endOtherSessions, .stays:
            false
        }
    }
}
