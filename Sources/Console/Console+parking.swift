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
        goingBackTo destination: Destination,
        because sentence: SafeText = "The support session has ended."
    ) -> Bool {
        guard let overlay, overlay.holdsWork(in: tenant.id), !notices.isEditing, !isSending else {
            return false
        }
        parked = ParkedWork(overlay: overlay, reason: .support(tenant, destination))
        askForSupport(in: tenant, then: destination, because: sentence)
        return true
    }

    /// The same for a form that is sent, or whose answer came, only after the end.
    mutating func parkLate() -> Bool {
        guard let tenant = overlay?.tenant else { return false }
        return park(tenant, goingBackTo: Destination(.summary, in: tenant))
    }

    /// The same for a form that wants to write where the support session only reads.
    mutating func parkForWriting() -> Bool {
        guard let support = standing.support, support.mode == .readOnly,
            let tenant = overlay?.tenant, tenant.membership == nil, tenant.id == support.tenant
        else { return false }
        return park(
            tenant,
            goingBackTo: Destination(section(of: trail.current?.content), in: tenant),
            because: "This support session only reads."
        )
    }

    /// Whether a form is on its way; its answer decides.
    var isSending: Bool { requests.first { $0 == .overlay || $0 == .bulk } != nil }

    /// Asks for another support session, for what was put aside.
    private mutating func askForSupport(
        in tenant: TenantRef,
        then destination: Destination,
        because sentence: SafeText
    ) {
        var form = FormOverlay.support(in: tenant, then: destination, replacing: nil)
        form.form.show(
            errors: [:],
            overall: sentence + " What you typed is kept: open another one."
        )
        overlay = .form(form)
    }

    /// Puts the open form aside when the right that it needs is gone; it is not sent then.
    mutating func park(before ask: Ask) -> Bool {
        if case .tenant(_, let tenant) = ask, !maySee(tenant) { return parkLate() }
        return ask.needsElevation && parkForElevation()
    }

    /// Puts it aside when its answer says that the console only reads, whatever its clock says.
    mutating func parkAfterRefusal() -> Bool {
        if parkForWriting() { return true }
        standing.elevation = nil
        return parkForElevation()
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
