import Domain

extension DialogOverlay {
    /// What confirming asks for; nil for what needs no request.
    func ask(reason: String?) -> Ask? {
        let reason = reason ?? ""
        switch intent {
        case .suspend(let tenant): return .platform(.suspend(tenant.id, reason: reason))
        case .resume(let tenant): return .platform(.resumeTenant(tenant.id, reason: reason))
        case .memberStatus(let tenant, let member, let status):
            let change = MemberRequest.change(
                member.user,
                role: nil,
                status: status,
                version: member.version
            )
            return .tenant(.members(change), tenant)
        case .removeMember(let tenant, let member):
            return .tenant(.members(.remove(member.user, reason: reason)), tenant)
        case .transfer(let tenant, let heir):
            return .tenant(.members(.transfer(heir.user)), tenant)
        case .depart(let tenant): return .tenant(.members(.leave), tenant)
        case .take(let tenant, let member, let grant):
            return .tenant(.grants(.take(grant.resource, from: member.user)), tenant)
        case .deleteArtifact(let tenant, let artifact):
            let delete = ArtifactRequest.delete(
                artifact.id,
                version: artifact.version,
                reason: reason
            )
            return .tenant(.artifacts(delete), tenant)
        case .restoreArtifact(let tenant, let artifact):
            return .tenant(.artifacts(.restore(artifact.id)), tenant)
        case .endSession(let session): return .platform(.endSession(session.id))
        case .endOtherSessions: return .platform(.endOtherSessions)
        case .revokeInvitation(let tenant, let invitation):
            return .tenant(.invitations(.revoke(invitation.id)), tenant)
        case .resendInvitation(let tenant, let invitation):
            return .tenant(.invitations(.resend(invitation.id)), tenant)
        case .deleteRole(let tenant, let role):
            return .tenant(.roles(.delete(.id(role.id))), tenant)
        case .save(let work): return work.ask
        case .revokeKey(let tenant, let key):
            return .tenant(.keys(.revoke(key.id, reason: reason)), tenant)
        case .editAgain, .copyKey, .quit, .copyToken: return nil
        case .accountStatus(let account):
            let request: PeopleRequest =
                account.status == .active
                ? .disable(account.id, reason: reason) : .enable(account.id, reason: reason)
            return .platform(.people(request))
        case .endSessions(let account):
            return .platform(.people(.endSessions(account.id, reason: reason)))
        case .revokeGrant(let grant):
            let revoke = PeopleRequest.revoke(grant.role, of: grant.user.id, reason: reason)
            return .platform(.people(revoke))
        case .standingConsent(let tenant, let isOn):
            return .tenant(.consents(.standing(isOn)), tenant)
        case .revokeConsent(let tenant, let consent):
            return .tenant(.consents(.revoke(consent.id)), tenant)
        case .endVisit(let visit): return .platform(.endSupport(visit.id))
        case .acknowledge(let tenant, let alert):
            return .tenant(.ai(.acknowledge(alert.id)), tenant)
        case .cancelCall(let tenant, let call):
            return .tenant(.ai(.cancel(call.id)), tenant)
        case .confirmGrant(let grant, _): return .platform(.people(grant))
        case .releaseHold(let tenant, let hold):
            return .tenant(.privacy(.release(hold.id)), tenant)
        case .requestData(let tenant, let member, let kind):
            return .tenant(.privacy(.ask(kind, of: member.user)), tenant)
        case .approveErasure(let tenant, let request):
            return .tenant(.privacy(.approve(request.id)), tenant)
        case .resetBudget(let tenant, let budget):
            return .tenant(.ai(.reset(budget.id, reason: reason)), tenant)
        case .decidePrice(let proposal, let approves):
            return .platform(.prices(.decide(proposal.id, approves: approves)))
        case .erasePerson(let account):
            return .platform(.personal(.erase(account.id, reason: reason)))
        }
    }
}
