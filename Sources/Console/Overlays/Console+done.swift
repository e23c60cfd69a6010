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

    /// What follows a question that was confirmed and carried out.
    mutating func takeDone(_ answer: ConsoleAnswer, of intent: DialogOverlay.Intent) -> [Effect] {
        switch intent {
        case .accountStatus, .endSessions, .revokeGrant, .standingConsent, .revokeConsent:
            if case .directory(let answer) = answer { return takeDone(answer) }
            return reload(isExplicit: true)
        case .endVisit(let visit): return ended(visit)
        case .acknowledge, .cancelCall:
            if case .ai(let answer) = answer { return takeDone(answer) }
            return reload(isExplicit: true)
        case .copyToken: return []
        case .suspend(let tenant):
            offerUndo(
                "Resume \(tenant.name)",
                .platform(.resumeTenant(tenant.id, reason: "undo of the suspension")),
                in: tenant,
                after: "Suspended \(tenant.name)."
            )
            return settleAfterWrite(answer)
        case .resume(let tenant):
            offerUndo(
                "Suspend \(tenant.name)",
                .platform(.suspend(tenant.id, reason: "undo of the resumption")),
                in: tenant,
                after: "Resumed \(tenant.name)."
            )
            return settleAfterWrite(answer)
        case .memberStatus(_, let member, let status):
            toast("Now \(status.rawValue): \(member.name).", .success)
            return settleAfterWrite(answer)
        case .removeMember(let tenant, let member):
            toast("Removed \(member.name) from \(tenant.name).", .success)
            return forget(member: member.user)
        case .transfer(let tenant, let heir): return handedOver(tenant, to: heir)
        case .depart(let tenant): return departed(from: tenant)
        case .take(let tenant, let member, let grant): return took(grant, from: member, in: tenant)
        case .deleteArtifact(let tenant, let artifact):
            offerUndo(
                "Restore \(artifact.shortName)",
                .tenant(.artifacts(.restore(artifact.id)), tenant),
                in: tenant,
                after: "Deleted \(artifact.shortName)."
            )
            return forget(artifact: artifact)
        case .restoreArtifact(_, let artifact):
            toast("Restored \(artifact.shortName).", .success)
            return forget(artifact: artifact)
        case .endSession(let session):
            toast("Ended the session of \(session.device).", .success)
            return forget(session: session.id)
        case .endOtherSessions:
            if case .ended(let count) = answer {
                toast("Ended \(Format.plural(count, "other session")).", .success)
            }
            return reload(isExplicit: true)
        case .revokeInvitation(_, let invitation):
            toast("Took the invitation of \(invitation.email) back.", .success)
            return reload(isExplicit: true)
        case .resendInvitation(_, let invitation):
            toast("Sent \(invitation.email) another invitation.", .success)
            return reload(isExplicit: true)
        case .deleteRole(let tenant, let role): return deleted(role, in: tenant)
        case .save(let work):
            return saved(work, answer)
        case .editAgain(let work):
            if case .artifact(let newest) = answer { merge(newest, into: work) }
            return []
        case .revokeKey(_, let key):
            toast("Revoked the key \(key.name).", .success)
            return settleAfterWrite(answer)
        case .quit, .copyKey: return []
        }
    }

    private mutating func saved(_ work: ArtifactWork, _ answer: ConsoleAnswer) -> [Effect] {
        guard case .artifact(let artifact) = answer else { return reload(isExplicit: true) }
        toast("Saved \(artifact.shortName) as version \(artifact.version).", .success)
        if work.original == nil { return reload(isExplicit: true) }
        return settleAfterWrite(answer)
    }

    mutating func offerUndo(
        _ label: String,
        _ ask: Ask,
        in tenant: TenantRef,
        after sentence: String
    ) {
        let until = surroundings.now.advanced(by: .seconds(60))
        notices.undo = Undo(label: label, ask: ask, tenant: tenant, until: until)
        toast("\(sentence) U undoes it for a minute.", .success)
    }

    mutating func undo() -> [Effect] {
        guard let undo = notices.undo else { return [] }
        notices.undo = nil
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

    private mutating func forget(member: UserID) -> [Effect] {
        trail.change { content in
            guard var screen = content as? MembersScreen else { return }
            screen.forget(member)
            content = screen
        }
        return reload(isExplicit: false)
    }

    private mutating func forget(session: SessionID) -> [Effect] {
        trail.change { content in
            guard var screen = content as? SessionsScreen else { return }
            screen.forget(session)
            content = screen
        }
        return reload(isExplicit: false)
    }

    /// Takes an artifact out of the list of those that are deleted, or of those that are not.
    private mutating func forget(artifact: Artifact) -> [Effect] {
        trail.change { content in
            guard var screen = content as? ArtifactsScreen else { return }
            screen.forget(artifact.id)
            content = screen
        }
        return reload(isExplicit: false)
    }

    mutating func leave() -> [Effect] {
        let changes = requests.pending.values.count { $0.writes }
        guard changes > 0 else { return [.quit] }
        overlay = .dialog(.quit(changes: changes))
        return []
    }
}

extension Artifact {
    /// The name as toasts show it.
    var shortName: String { name.count > 40 ? String(name.prefix(39)) + "…" : name }
}
