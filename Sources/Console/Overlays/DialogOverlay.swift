import Domain
import Terminal

/// A question before something is written, and what its answer does.
struct DialogOverlay: Hashable, Sendable {
    var dialog: Dialog
    let intent: Intent
    /// Whether it is asked if what was written may be thrown away.
    var isLeaving = false
    /// Whether what is shown as the reason is that the database was gone.
    private(set) var tellsLoss = false

    /// What is seen: the question, or whether to leave it.
    var shown: Dialog {
        guard isLeaving else { return dialog }
        return Dialog(
            title: dialog.title,
            lines: ["Throw away what you wrote? It is saved nowhere."],
            verb: "Throw away",
            isDangerous: true
        )
    }

    /// One case for each area; each says itself what confirming asks for and what follows.
    enum Intent: Hashable, Sendable {
        case tenant(TenantQuestion)
        case member(MemberQuestion)
        case artifact(ArtifactQuestion)
        case key(KeyQuestion)
        case invitation(InvitationQuestion)
        case role(RoleQuestion)
        case session(SessionQuestion)
        case person(PersonQuestion)
        case consent(ConsentQuestion)
        case ai(AIQuestion)
        case job(JobQuestion)
        case privacy(PrivacyQuestion)
        case undo(UndoQuestion)
        case quit
    }

    /// Shows why it could not be done, in the place of an earlier reason.
    mutating func show(_ error: DomainError, requestID: String?) {
        dialog.lines.removeAll { $0.string.hasPrefix("✗ ") }
        tellsLoss = error.kind == .unavailable
        let suffix = requestID.map { " (\($0))" } ?? ""
        dialog.lines.append(SafeText("✗ \(error)\(suffix)"))
    }

    /// Takes back that the database was gone: it is there again.
    mutating func forgetLoss() {
        guard tellsLoss else { return }
        tellsLoss = false
        dialog.lines.removeAll { $0.string.hasPrefix("✗ ") }
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
                    "Nothing is deleted. Undone by: undo right after, resume later.",
                ],
                verb: "Suspend",
                isDangerous: true,
                demand: .init(word: tenant.slug, needsReason: true)
            ),
            intent: .tenant(.suspend(tenant))
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
            intent: .tenant(.resume(tenant))
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
                demand: .init(word: isActive ? member.email : nil, needsReason: isActive)
            ),
            intent: .member(.status(tenant, member, isActive ? .suspended : .active))
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
            intent: .member(.remove(tenant, member))
        )
    }

    static func delete(_ artifact: Artifact, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Delete \(artifact.name)", limit: 60),
                lines: [
                    SafeText("Marks 1 artifact (version \(artifact.version)) as deleted."),
                    "Its history stays. Undone by: undo right after, restore later.",
                ],
                verb: "Delete",
                isDangerous: true,
                demand: .init(word: artifact.wordToType, needsReason: true)
            ),
            intent: .artifact(.delete(tenant, artifact))
        )
    }

    static func restore(_ artifact: Artifact, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Restore \(artifact.name)", limit: 60),
                lines: ["Brings 1 artifact back. Undone by: delete."],
                verb: "Restore"
            ),
            intent: .artifact(.restore(tenant, artifact))
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
            intent: .session(.end(session))
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
            intent: .session(.endOthers)
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
