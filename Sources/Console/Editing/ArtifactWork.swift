import Domain

/// An artifact on its way through the editor.
struct ArtifactWork: Hashable, Sendable {
    let tenant: TenantRef
    /// What the editor began with; nil for a new artifact.
    var original: Artifact?
    /// The text as it left the editor last.
    var text: String
    var draft: ArtifactDraft?
    /// Under which sending a new artifact twice makes one.
    let key: String

    init(new key: String, in tenant: TenantRef) {
        self.tenant = tenant
        self.key = key
        text = ArtifactDocument.template
    }

    /// Whether the text is another one than the editor was given at first.
    var isEdited: Bool {
        text != (original.map(ArtifactDocument.text) ?? ArtifactDocument.template)
    }

    init(_ artifact: Artifact, in tenant: TenantRef) {
        self.tenant = tenant
        original = artifact
        key = ""
        text = ArtifactDocument.text(of: artifact)
    }

    var title: String { original?.shortName ?? "the new artifact" }

    /// What saving asks for.
    var ask: Ask? {
        guard let draft else { return nil }
        guard let original else {
            return .tenant(.artifacts(.create(draft, idempotencyKey: key)), tenant)
        }
        let edit = ArtifactEdit(
            name: draft.name,
            description: draft.description,
            tags: draft.tags,
            metadata: draft.metadata
        )
        let update = ArtifactRequest.update(original.id, edit, version: original.version)
        return .tenant(.artifacts(update), tenant)
    }

    /// The fields that saving changes, old and new.
    var changes: Changes { draft?.changes(from: original) ?? Changes() }
}
