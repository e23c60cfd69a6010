import Domain
import Terminal

// What an overlay holds, and to whom it belongs. Every form and every question says itself
// whether it changes a tenant's own data (`Entry.tenant`, `Question.tenant`).

extension Overlay {
    /// Whether the operator has typed something into it that sending would save.
    var holdsWork: Bool {
        switch self {
        case .form(let form): form.intent != .elevation && !form.intent.isLocal
        case .dialog(let dialog): dialog.holdsWork
        case .bulk(let bulk): bulk.holdsWork
        case .help, .command, .filter, .find, .themes, .columns: false
        }
    }

    /// Whether somebody typed into it, or wrote what it would save.
    var holdsTyping: Bool {
        switch self {
        case .form(let form): form.form.isEdited
        case .dialog(let dialog): dialog.holdsWork
        case .help, .command, .filter, .find, .bulk, .themes, .columns: false
        }
    }

    /// Whether it waits behind a sign-in: what was typed, what came of several changes, and what
    /// is shown only once.
    var outlivesSession: Bool {
        switch self {
        case .form: holdsWork
        case .dialog(let dialog): holdsWork || dialog.dialog.closing != nil
        case .bulk(let bulk): holdsWork || !bulk.isAsking
        case .help, .command, .filter, .find, .themes, .columns: false
        }
    }

    /// The same, for one tenant.
    func holdsWork(in tenant: TenantID) -> Bool { holdsWork && self.tenant?.id == tenant }

    /// The tenant whose own data sending it would change.
    var tenant: TenantRef? {
        switch self {
        case .form(let form): form.intent.tenant
        case .dialog(let dialog): dialog.intent.tenant
        case .bulk(let bulk): bulk.bulk.tenant
        case .help, .command, .filter, .find, .themes, .columns: nil
        }
    }

    /// Whether it has a meaning when the screens of a tenant are gone.
    var outlivesTenant: Bool {
        switch self {
        case .form(let form): tenant == nil && !form.intent.isLocal
        case .dialog, .bulk: tenant == nil
        case .command, .themes: true
        case .help, .filter, .find, .columns: false
        }
    }
}

extension FormOverlay.Intent {
    /// The tenant whose own data sending the form changes.
    var tenant: TenantRef? { entry.tenant }
}

extension FormOverlay.Intent {
    /// Whether it is about what this machine keeps, and nothing is sent.
    fileprivate var isLocal: Bool {
        switch self {
        case .local, .period: true
        default: false
        }
    }
}

extension DialogOverlay {
    /// What is thrown away when it is left.
    var workTitle: String {
        switch intent {
        case .artifact(.save(let work)), .artifact(.editAgain(let work)): work.title
        default: dialog.title.string
        }
    }
}

extension DomainError {
    /// What a write is whose answer nobody waited for.
    static let stoppedWaiting = DomainError(
        .timeout,
        .timeout,
        "Stopped waiting; the change may have been made.",
        hint: "What you typed is kept."
    )
}

extension ConsoleRequest {
    /// Whether something that others see is different afterwards.
    var changesData: Bool {
        guard writes, case .platform(let request, _) = self else { return writes }
        switch request {
        case .signOut, .openSupport, .endSupport, .elevate, .endElevation, .refreshFigures:
            return false
        default: return true
        }
    }
}

extension DialogOverlay {
    /// Whether something was typed into it, here or in the editor before.
    fileprivate var holdsWork: Bool { intent.question.holdsWork || dialog.demand != .init() }
}

extension DialogOverlay.Intent {
    /// The tenant whose own data confirming changes; nil as for forms.
    var tenant: TenantRef? { question.tenant }
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
        case .people(let request): request.needsElevation
        case .personal(let request): request.writes
        case .prices(let request): request.writes
        case .jobs(let request): request.writes
        case .signOut, .workspaces, .overview, .highlights, .refreshFigures, .tenants, .resolve,
            .tenant, .openSupport, .endSupport, .elevate, .endElevation, .sessions, .endSession,
            .endOtherSessions, .stays, .audit:
            false
        }
    }
}
