import Domain
import Terminal

// DESIGN
//
// What an operator has typed is never lost because a time ran out. A form or a text from the
// editor whose right to be sent has ended is put aside; the form that gives the right again comes
// in its place; when it is given, the one put aside comes back as it was.

/// An overlay that waits for a right to be given again.
struct ParkedWork: Hashable, Sendable {
    var overlay: Overlay
    var reason: Reason

    enum Reason: Hashable, Sendable {
        /// The support session is over: its screens are gone, and come back with a new one.
        case support(TenantRef, Destination)
        /// The console only reads again.
        case elevation
    }
}

extension Console {
    /// Puts the open form aside when the support session it belongs to ends, and asks for another.
    mutating func park(
        _ tenant: TenantRef,
        goingBackTo destination: Destination
    ) -> Bool {
        guard let overlay, overlay.holdsWork(in: tenant.id), !notices.isEditing, !isSending else {
            return false
        }
        parked = ParkedWork(overlay: overlay, reason: .support(tenant, destination))
        askForSupportAgain(in: tenant, then: destination)
        return true
    }

    /// The same for a form whose answer came only after the end.
    mutating func parkLate() -> Bool {
        guard let tenant = overlay?.tenant else { return false }
        return park(tenant, goingBackTo: Destination(.summary, in: tenant))
    }

    /// Whether a form is on its way; its answer decides.
    var isSending: Bool { requests.first { $0 == .overlay } != nil }

    /// Asks for another support session, for what was put aside.
    mutating func askForSupportAgain(in tenant: TenantRef, then destination: Destination) {
        var form = FormOverlay.support(in: tenant, then: destination, replacing: nil)
        form.form.show(
            errors: [:],
            overall: "The support session has ended. What you typed is kept: open another one."
        )
        overlay = .form(form)
    }

    /// Puts the open form aside when the console may no longer write, and asks to let it.
    mutating func parkForElevation() -> Bool {
        guard let overlay, overlay.holdsWork, standing.elevation == nil else { return false }
        parked = ParkedWork(overlay: overlay, reason: .elevation)
        var form = FormOverlay.elevation()
        form.form.show(
            errors: [:],
            overall: "The time for writing is over. What you typed is kept: allow it again."
        )
        self.overlay = .form(form)
        return true
    }

    /// Brings back what was put aside, once the right to send it is there again.
    mutating func unpark() {
        guard let work = parked else { return }
        parked = nil
        overlay = work.overlay
    }

    /// What follows when the operator does not ask for the right again.
    mutating func giveUpParked() {
        guard let work = parked else { return }
        switch work.reason {
        case .elevation: unpark()
        case .support:
            parked = nil
            toast("Discarded; nothing was changed.", .hint)
        }
    }
}

extension Overlay {
    /// Whether the operator has typed something into it that sending would save.
    var holdsWork: Bool {
        switch self {
        case .form(let form): form.intent != .elevation
        case .dialog(let dialog):
            switch dialog.intent {
            case .save, .editAgain: true
            default: dialog.dialog.demand != Dialog.Demand()
            }
        case .help, .command, .filter: false
        }
    }

    /// The same, for one tenant.
    func holdsWork(in tenant: TenantID) -> Bool { holdsWork && self.tenant?.id == tenant }

    /// The tenant whose own data sending it would change.
    fileprivate var tenant: TenantRef? {
        switch self {
        case .form(let form): form.tenant
        case .dialog(let dialog): dialog.tenant
        case .help, .command, .filter: nil
        }
    }
}

extension FormOverlay {
    /// The tenant whose own data sending it changes.
    fileprivate var tenant: TenantRef? {
        switch intent {
        case .addMember(let tenant), .role(let tenant, _), .giveConsent(let tenant): tenant
        default: nil
        }
    }
}

extension DialogOverlay {
    /// The tenant whose own data confirming it changes.
    fileprivate var tenant: TenantRef? {
        switch intent {
        case .memberStatus(let tenant, _, _), .removeMember(let tenant, _),
            .deleteArtifact(let tenant, _), .restoreArtifact(let tenant, _),
            .revokeConsent(let tenant, _), .standingConsent(let tenant, _):
            tenant
        case .save(let work), .editAgain(let work): work.tenant
        default: nil
        }
    }
}
