import Domain
import Terminal

/// A question before something is written, and what its answer does.
struct DialogOverlay: Hashable, Sendable {
    var dialog: Dialog
    let intent: Intent

    enum Intent: Hashable, Sendable {
        case suspend(TenantRef)
        case resume(TenantRef)
        case memberStatus(TenantRef, Member, MemberStatus)
        case removeMember(TenantRef, Member)
        case transfer(TenantRef, Member)
        case depart(TenantRef)
        case take(TenantRef, Member, MemberGrant)
        case deleteArtifact(TenantRef, Artifact)
        case restoreArtifact(TenantRef, Artifact)
        case endSession(LiveSession)
        case endOtherSessions
        case save(ArtifactWork)
        case editAgain(ArtifactWork)
        case revokeKey(TenantRef, APIKey)
        case copyKey(IssuedAPIKey)
        case revokeInvitation(TenantRef, Invitation)
        case resendInvitation(TenantRef, Invitation)
        case deleteRole(TenantRef, CustomRole)
        case quit
        case accountStatus(Account)
        case endSessions(Account)
        case revokeGrant(PlatformGrant)
        case standingConsent(TenantRef, Bool)
        case revokeConsent(TenantRef, SupportConsent)
        case endVisit(SupportSession)
        case copyToken(String)
        case acknowledge(TenantRef, ListedAlert)
        case cancelCall(TenantRef, AICallRecord)
    }

    /// Shows why it could not be done, in the place of an earlier reason.
    mutating func show(_ error: DomainError, requestID: String?) {
        dialog.lines.removeAll { $0.string.hasPrefix("✗ ") }
        let suffix = requestID.map { " (\($0))" } ?? ""
        dialog.lines.append(SafeText("✗ \(error)\(suffix)"))
    }

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
        }
    }
}

extension DialogOverlay {
    static func suspend(_ tenant: TenantRef, members: Int?) -> DialogOverlay {
        let people = members.map { Format.plural($0, "member") } ?? "its members"
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("Suspend \(tenant.name)"),
                lines: [
                    SafeText("Changes 1 tenant. Locks out \(people) and every API key at once."),
                    "Nothing is deleted. Undone by: resume (U right after, R later).",
                ],
                verb: "Suspend",
                isDangerous: true,
                demand: .init(word: tenant.slug, needsReason: true)
            ),
            intent: .suspend(tenant)
        )
    }

    static func resume(_ tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Resume \(tenant.name)"),
                lines: [
                    "Changes 1 tenant. Lets its members and API keys in again.",
                    "Undone by: suspend.",
                ],
                verb: "Resume",
                demand: .init(needsReason: true)
            ),
            intent: .resume(tenant)
        )
    }

    static func memberStatus(_ member: Member, in tenant: TenantRef) -> DialogOverlay {
        let isActive = member.status == .active
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("\(isActive ? "Suspend" : "Reactivate") \(member.name)"),
                lines: [
                    SafeText(
                        isActive
                            ? "Changes 1 membership of \(tenant.name): they are locked out of it."
                            : "Changes 1 membership of \(tenant.name): they get in again."
                    ),
                    "Undone by: the same key once more.",
                ],
                verb: isActive ? "Suspend" : "Reactivate",
                isDangerous: isActive,
                demand: .init(word: isActive ? member.email : nil)
            ),
            intent: .memberStatus(tenant, member, isActive ? .suspended : .active)
        )
    }

    static func remove(_ member: Member, from tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Remove \(member.name)"),
                lines: [
                    SafeText("Ends 1 membership of \(tenant.name) and frees its seat."),
                    "What they made stays. Undone by: adding them again.",
                ],
                verb: "Remove",
                isDangerous: true,
                demand: .init(word: member.email, needsReason: true)
            ),
            intent: .removeMember(tenant, member)
        )
    }

    static func delete(_ artifact: Artifact, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Delete \(artifact.name)", limit: 60),
                lines: [
                    SafeText("Marks 1 artifact (version \(artifact.version)) as deleted."),
                    "Its history stays. Undone by: restore (U right after, u later).",
                ],
                verb: "Delete",
                isDangerous: true,
                demand: .init(word: artifact.wordToType, needsReason: true)
            ),
            intent: .deleteArtifact(tenant, artifact)
        )
    }

    static func restore(_ artifact: Artifact, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Restore \(artifact.name)", limit: 60),
                lines: ["Brings 1 artifact back. Undone by: delete."],
                verb: "Restore"
            ),
            intent: .restoreArtifact(tenant, artifact)
        )
    }

    static func end(_ session: LiveSession) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("End the session of \(session.device)", limit: 60),
                lines: ["Ends 1 session at once. Undone by: signing in there again."],
                verb: "End",
                isDangerous: true
            ),
            intent: .endSession(session)
        )
    }

    static func endOtherSessions() -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "End all other sessions",
                lines: [
                    "Ends every session of yours at once, but for this console's.",
                    "Undone by: signing in again, wherever you need it.",
                ],
                verb: "End all",
                isDangerous: true
            ),
            intent: .endOtherSessions
        )
    }

    static func quit(changes: Int) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "Leave the console?",
                lines: [
                    SafeText(
                        "\(Format.plural(changes, "change")) on the way: leaving now means "
                            + "not knowing whether it was made."
                    )
                ],
                verb: "Leave"
            ),
            intent: .quit
        )
    }
}

extension Artifact {
    /// What deleting asks to type: the name when a keyboard can type it, else the id's beginning.
    var wordToType: String {
        let isTypeable = name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        return isTypeable && name.count <= 40 && name.trimmed == name && !name.isEmpty
            ? name : String(id.description.prefix(8))
    }
}
