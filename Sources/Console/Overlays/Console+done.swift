import Domain

extension Console {
    /// What follows a form that was sent and accepted.
    mutating func takeDone(_ answer: ConsoleAnswer, of intent: FormOverlay.Intent) -> [Effect] {
        switch (intent, answer) {
        case (.rename, .tenant(let tenant)):
            toast("It is called \(tenant.name) now.", .success)
            return settleAfterWrite(answer)
        case (_, .directory(let answer)): return takeDone(answer)
        case (_, .ai(let answer)): return takeDone(answer)
        case (_, .prices(let answer)): return takeDone(answer)
        case (.hold, _), (.copyOf, _): return tookPrivacy(answer)
        case (.provision, .tenant(let tenant)):
            toast("Provisioned \(tenant.name) (\(tenant.slug)).", .success)
            return reload(isExplicit: true)
        case (.plan(let tenant), .tenantDetail(let detail)):
            toast("The plan is \(detail.tenant.plan.rawValue) now: \(tenant.name).", .success)
            return settleAfterWrite(answer)
        case (.quota(let tenant), _):
            toast("The quota of \(tenant.name) was changed.", .success)
            return settleAfterWrite(answer)
        case (.support(_, let destination), .supportSession(let session)):
            let effects = enter(session, then: destination)
            unpark()
            return effects
        case (.addMember(let tenant), .member(let member)):
            toast("Added \(member.email) to \(tenant.name) as \(member.role.name).", .success)
            return reload(isExplicit: true)
        case (.role, .member(let member)):
            toast("The role is \(member.role.name) now: \(member.name).", .success)
            return settleAfterWrite(answer)
        case (.newKey, .issuedKey(let key)), (.rotateKey, .issuedKey(let key)):
            return issued(key)
        case (.editKey, .key(let key)):
            toast("Changed the key \(key.name).", .success)
            return settleAfterWrite(answer)
        case (.invite, .invitation(let invitation)):
            toast("Invited \(invitation.email) as \(invitation.role).", .success)
            return reload(isExplicit: true)
        case (.give(_, let member), .grant(let grant)): return gave(grant, to: member)
        case (.newRole(let tenant), .role(let role)): return made(role, in: tenant)
        case (.editRole(let tenant, let old), .role(let role)):
            return changed(role, from: old, in: tenant)
        default: return reload(isExplicit: true)
        }
    }

    mutating func offerUndo(
        _ label: String,
        _ ask: Ask,
        in tenant: TenantRef,
        after sentence: String
    ) {
        let until = surroundings.now.advanced(by: .seconds(60))
        notices.undo = Undo(label: label, ask: ask, tenant: tenant, until: until)
        toast("\(sentence)\(Undo.invitation)", .success)
    }

    mutating func undo() -> [Effect] {
        guard let undo = notices.undo else { return [] }
        notices.undo = nil
        notices.toasts.removeAll { $0.text.hasSuffix(Undo.invitation) }
        return send(undo.ask, to: .root(.undo(undo)))
    }
}

extension Console {
    /// Hands a changed value to every screen that shows it, and loads the shown one again.
    mutating func settleAfterWrite(_ answer: ConsoleAnswer) -> [Effect] {
        let context = context
        trail.change { $0.note(answer, context) }
        return reload(isExplicit: false)
    }

    /// Ends the console; a file that is not whole goes away first.
    mutating func end() -> [Effect] { (isExporting ? cancelExport() : []) + [.quit] }

    mutating func leave() -> [Effect] {
        let changes = requests.pending.values.count { $0.writes }
        guard changes > 0 else { return end() }
        overlay = .dialog(.quit(changes: changes))
        return []
    }
}

extension Artifact {
    /// The name as toasts show it.
    var shortName: String { name.count > 40 ? String(name.prefix(39)) + "…" : name }
}
