import Domain
import Terminal

extension Console {
    mutating func createArtifact() -> [Effect] {
        guard let tenant = trail.current?.content.tenant else { return [] }
        return edit(ArtifactWork(new: formKey, in: tenant))
    }

    mutating func editArtifact() -> [Effect] {
        guard let tenant = trail.current?.content.tenant, let artifact = selectedArtifact else {
            return []
        }
        return edit(ArtifactWork(artifact, in: tenant))
    }

    /// Hands a text to the editor; nothing is drawn and no key is taken until it comes back.
    mutating func edit(_ work: ArtifactWork) -> [Effect] {
        notices.isEditing = true
        overlay = .dialog(.editing(work))
        return [.edit(work.text)]
    }

    mutating func takeEdited(_ result: Result<String?, DomainError>) -> [Effect] {
        let wasPager = notices.isPaging
        notices.isEditing = false
        notices.isPaging = false
        guard !wasPager, case .dialog(let dialog) = overlay,
            case .artifact(.editAgain(var work)) = dialog.intent
        else {
            if case .failure(let error) = result { toast(error, .failure) }
            return [.redraw]
        }
        overlay = nil
        switch result {
        case .success(let text): work.text = text ?? work.text
        case .failure(let error): toast(error, .failure)
        }
        // What was written before is there still, whatever became of this time.
        if work.isEdited {
            review(work)
            askAgainForRight(to: work)
        } else if case .success = result {
            toast("Nothing was changed.", .hint)
        }
        return [.redraw]
    }

    /// The support session may have ended while the editor was open: the text is put aside until
    /// there is another one.
    private mutating func askAgainForRight(to work: ArtifactWork) {
        guard overlay != nil, !maySee(work.tenant) else { return }
        _ = park(
            work.tenant,
            goingBackTo: Destination(.artifacts(filter: nil), in: work.tenant)
        )
    }

    /// Shows what saving would change, or what is wrong with the text.
    private mutating func review(_ work: ArtifactWork) {
        var work = work
        do throws(DocumentError) {
            work.draft = try ArtifactDocument.parse(work.text)
            guard !work.changes.isEmpty else {
                toast("Nothing was changed.", .hint)
                return
            }
            overlay = .dialog(.save(work))
        } catch {
            overlay = .dialog(.repair(work, error))
        }
    }

    /// Somebody else was faster: fetches their version, so that the editor can show it.
    mutating func askForNewest(of work: ArtifactWork) -> [Effect] {
        guard let original = work.original else { return [] }
        overlay = .dialog(.conflict(work))
        return send(.tenant(.artifacts(.find(original.id)), work.tenant), to: .overlay)
    }

    /// Puts their version beside the operator's text.
    mutating func merge(_ newest: Artifact, into work: ArtifactWork) {
        var work = work
        work.text = work.draft.map { ArtifactDocument.text(of: $0, beside: newest) } ?? work.text
        work.original = newest
        overlay = .dialog(.conflict(work))
    }
}

extension ArtifactDocument {
    /// The operator's fields, with what somebody else saved meanwhile as comments.
    static func text(of draft: ArtifactDraft, beside newest: Artifact) -> String {
        var comments = [
            "Version \(newest.version) was saved meanwhile. It says:",
            "name: \(newest.name)",
            "tags: \(newest.tags.joined(separator: ", "))",
            "metadata: \(newest.metadata.canonical)",
            "description:",
        ]
        comments += newest.description.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  \($0)" }
        return text(
            name: draft.name,
            tags: draft.tags,
            metadata: draft.metadata,
            description: draft.description,
            comments: comments
        )
    }
}

extension DialogOverlay {
    /// What lies over the screen while the editor is open; it is never seen.
    static func editing(_ work: ArtifactWork) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(title: SafeText(work.title), lines: ["In the editor …"], verb: "Edit"),
            intent: .artifact(.editAgain(work))
        )
    }

    static func save(_ work: ArtifactWork) -> DialogOverlay {
        let fields = work.changes.fields.keys.sorted().joined(separator: ", ")
        let plan: [SafeText] =
            if let original = work.original {
                [
                    SafeText("Saves 1 artifact as version \(original.version + 1)."),
                    SafeText("Changes: \(fields)."),
                    SafeText("Version \(original.version) stays in its history."),
                ]
            } else {
                ["Creates 1 artifact. Undone by: delete."]
            }
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("Save \(work.draft?.name ?? work.title)", limit: 60),
                lines: plan,
                verb: "Save"
            ),
            intent: .artifact(.save(work))
        )
    }

    static func repair(_ work: ArtifactWork, _ error: DocumentError) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "The text cannot be read",
                lines: [SafeText(error.description), "Your text is kept."],
                verb: "Edit again"
            ),
            intent: .artifact(.editAgain(work))
        )
    }

    static func conflict(_ work: ArtifactWork) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "Somebody else saved it meanwhile",
                lines: [
                    SafeText(
                        "Nothing was overwritten. Editing again shows your text with theirs "
                            + "beside it as comments."
                    )
                ],
                verb: "Edit again"
            ),
            intent: .artifact(.editAgain(work))
        )
    }
}
