import Domain
import Terminal

/// What an action does while rows are marked.
enum MarkUse: Sendable {
    /// The same to each of them, after one plan for all.
    case each(@Sendable (Console) -> Bulk?)
    /// A form first, whose values are for all of them.
    case form(@Sendable (Console) -> FormOverlay?)
    /// It works on one row alone.
    case one
    /// It has nothing to do with rows.
    case noRow
}

extension Actions {
    /// The lists whose rows can be marked.
    static let markable: Set<ScreenKind> = [
        .tenants, .members, .artifacts, .keys, .invitations, .sessions, .users, .alerts, .calls,
    ]

    /// Marking rows, for actions on several.
    static let marks: [Action] = [
        Action(
            id: "mark",
            keys: ["space"],
            label: "mark",
            help:
                "Mark the row for an action on several, or take its mark away; back takes all.",
            screens: markable,
            rank: 50,
            run: { console in
                let context = console.context
                return console.changeMarks { $0.toggleMark(context) }
            }
        ),
        Action(
            id: "mark-range",
            keys: ["V"],
            label: "mark to here",
            help: "Mark every row from the one marked last to this one.",
            screens: markable,
            run: { console in
                console.changeMarks { screen in
                    screen.markRange()
                    return []
                }
            }
        ),
        Action(
            id: "mark-others",
            keys: ["~"],
            label: "mark the others",
            help:
                "Mark the loaded rows that are not marked, and take the marks of the others away.",
            screens: markable,
            run: { console in
                console.changeMarks { screen in
                    screen.invertMarks()
                    return []
                }
            }
        ),
        Action(
            id: "tag",
            keys: ["t"],
            label: "tags",
            help: "Give the artifact tags, or take some away.",
            screens: [.artifacts],
            permission: .artifactUpdate,
            writes: true,
            rank: 14,
            obstacle: { console in
                guard let artifact = console.selectedArtifact else {
                    return "No artifact is selected."
                }
                return artifact.deletedAt == nil ? nil : "This artifact is deleted."
            },
            run: { console in
                guard let tenant = console.shownTenant, let artifact = console.selectedArtifact
                else { return [] }
                return console.openForm(.tags(of: [artifact], in: tenant))
            }
        ),
    ]

    /// What each action that changes something does while rows are marked.
    ///
    /// A test holds it against the registry: an action that writes on a list with marks is here.
    static let markUse: [String: MarkUse] = [
        "suspend": .each { $0.bulkOfTenants(to: .suspended) },
        "resume": .each { $0.bulkOfTenants(to: .active) },
        "lock": .each { $0.bulkOfMemberStatus() },
        "remove": .each { $0.bulkOfRemovals() },
        "delete": .each { $0.bulkOfDeletions() },
        "restore": .each { $0.bulkOfRestorations() },
        "tag": .form { $0.formOfTags() },
        "revokekey": .each { $0.bulkOfKeys() },
        "revoke": .each { $0.bulkOfInvitations(resend: false) },
        "resend": .each { $0.bulkOfInvitations(resend: true) },
        "end-session": .each { $0.bulkOfSessions() },
        "disable": .each { $0.bulkOfAccounts() },
        "endsessions": .each { $0.bulkOfSessionsOfPeople() },
        "acknowledge": .each { $0.bulkOfAlerts() },
        "cancelcall": .each { $0.bulkOfCalls() },

        "plan": .one, "quota": .one, "rename": .one, "support": .one, "role": .one,
        "transfer": .one, "copy-member": .one, "erase-member": .one, "edit": .one,
        "editkey": .one, "rotatekey": .one, "person": .one, "erase-person": .one,

        "provision": .noRow, "add": .noRow, "invite": .noRow, "depart": .noRow,
        "create": .noRow, "newkey": .noRow, "grant": .noRow, "end-others": .noRow,
    ]
}
