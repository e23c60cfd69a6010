import Domain

extension Console {
    /// What follows a question that was confirmed and carried out.
    mutating func takeDone(_ answer: ConsoleAnswer, of intent: DialogOverlay.Intent) -> [Effect] {
        switch intent {
        case .accountStatus, .endSessions, .revokeGrant, .standingConsent, .revokeConsent,
            .confirmGrant:
            if case .directory(let answer) = answer { return takeDone(answer) }
            return reload(isExplicit: true)
        case .endVisit(let visit): return ended(visit)
        case .decidePrice:
            if case .prices(let answer) = answer { return takeDone(answer) }
            return reload(isExplicit: true)
        case .acknowledge, .cancelCall, .resetBudget:
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
        case .releaseHold, .requestData, .approveErasure, .erasePerson:
            return tookPrivacy(answer)
        case .quit, .copyKey: return []
        }
    }

    private mutating func saved(_ work: ArtifactWork, _ answer: ConsoleAnswer) -> [Effect] {
        guard case .artifact(let artifact) = answer else { return reload(isExplicit: true) }
        toast("Saved \(artifact.shortName) as version \(artifact.version).", .success)
        if work.original == nil { return reload(isExplicit: true) }
        return settleAfterWrite(answer)
    }
}

extension Console {
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
}
