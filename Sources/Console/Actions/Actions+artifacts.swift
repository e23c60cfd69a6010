import Domain
import Terminal

extension Actions {
    /// Documents.
    static let artifacts: [Action] = [
        Action(
            id: "create",
            keys: ["n"],
            label: "new",
            help: "Write a new artifact in $EDITOR.",
            screens: [.artifacts],
            permission: .artifactCreate,
            writes: true,
            rank: 10,
            run: { $0.createArtifact() }
        ),
        Action(
            id: "edit",
            keys: ["e"],
            label: "edit",
            help: "Edit name, tags, metadata and description in $EDITOR.",
            screens: [.artifacts, .artifact],
            permission: .artifactUpdate,
            writes: true,
            rank: 11,
            obstacle: { needsArtifact(deleted: false, $0) },
            run: { $0.editArtifact() }
        ),
        Action(
            id: "delete",
            keys: ["d"],
            label: "delete",
            help: "Delete the artifact; it can be restored.",
            screens: [.artifacts, .artifact],
            permission: .artifactDelete,
            writes: true,
            rank: 12,
            obstacle: { needsArtifact(deleted: false, $0) },
            run: { $0.askDeleteArtifact() }
        ),
        Action(
            id: "restore",
            keys: ["u"],
            label: "restore",
            help: "Bring a deleted artifact back.",
            screens: [.artifacts, .artifact],
            permission: .artifactRestore,
            writes: true,
            rank: 13,
            obstacle: { needsArtifact(deleted: true, $0) },
            run: { $0.askRestoreArtifact() }
        ),
        Action(
            id: "deleted",
            keys: ["v"],
            label: "deleted",
            help: "Show the deleted artifacts, or the others again.",
            screens: [.artifacts],
            rank: 31,
            run: { $0.toggleDeleted() }
        ),
        Action(
            id: "history",
            keys: ["H"],
            label: "history",
            help: "Show what was changed, by whom and when.",
            screens: [.artifacts],
            rank: 32,
            obstacle: { needsArtifact(deleted: nil, $0) },
            run: { $0.openSelected() }
        ),
        Action(
            id: "events",
            keys: ["L"],
            label: "events",
            help: "Show the audit events of this object.",
            screens: [
                .artifacts, .artifact, .members, .grants, .tenant, .keys, .roles, .invitations,
                .consents, .stays,
            ],
            permission: .auditRead,
            rank: 33,
            obstacle: { console in
                console.selectedObject == nil ? "Nothing with events of its own is selected." : nil
            },
            run: { $0.showEventsOfObject() }
        ),
        Action(
            id: "scroll",
            keys: ["space"],
            label: "more text",
            help: "Scroll the text; at its end go back to its beginning.",
            screens: [.artifact],
            rank: 34,
            run: { $0.scrollText() }
        ),
        Action(
            id: "copy",
            keys: ["y"],
            label: "copy id",
            help: "Copy the id of the selected object.",
            screens: copyable,
            rank: 70,
            run: { $0.copyID() }
        ),
    ]

    /// AI budgets and use.
    static let ai: [Action] = [
        Action(
            id: "grouping",
            keys: ["tab"],
            label: "next grouping",
            help: "Sum the use by model, by purpose, by member or by API key.",
            screens: [.ai],
            rank: 10,
            run: { console in
                _ = console.trail.edit(AIScreen.self) { $0.showNext() }
                return []
            }
        )
    ]

    /// The security ledger.
    static let audit: [Action] = [
        Action(
            id: "verify",
            keys: ["V"],
            label: "verify",
            help: "Follow the whole chain of hashes and say where it breaks, if it does.",
            screens: [.audit, .trail],
            permission: .auditVerify,
            rank: 10,
            run: { $0.verifyChain() }
        ),
        Action(
            id: "object",
            keys: ["o"],
            label: "object",
            help: "Go to the object of the event.",
            screens: [.audit, .trail, .event, .trailEvent],
            rank: 15,
            run: { $0.openObjectOfEvent() }
        ),
    ]

    private static func needsArtifact(deleted: Bool?, _ console: Console) -> String? {
        guard let artifact = console.selectedArtifact else { return "No artifact is selected." }
        guard let deleted, deleted != (artifact.deletedAt != nil) else { return nil }
        return deleted ? "This artifact is not deleted." : "This artifact is deleted."
    }
}
