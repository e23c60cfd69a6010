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
        /// A role that rules the platform; backing out leads to the form again.
        case confirmGrant(PeopleRequest, FormOverlay)
        case releaseHold(TenantRef, LegalHold)
        case requestData(TenantRef, Member, DataRequest.Kind)
        case approveErasure(TenantRef, DataRequest)
        case erasePerson(Account)
        case resetBudget(TenantRef, Budget)
        case decidePrice(PriceProposal, approves: Bool)
    }

    /// Shows why it could not be done, in the place of an earlier reason.
    mutating func show(_ error: DomainError, requestID: String?) {
        dialog.lines.removeAll { $0.string.hasPrefix("✗ ") }
        let suffix = requestID.map { " (\($0))" } ?? ""
        dialog.lines.append(SafeText("✗ \(error)\(suffix)"))
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
