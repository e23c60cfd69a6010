import Domain

/// What is asked before documents change.
enum ArtifactQuestion: Question {
    case delete(TenantRef, Artifact)
    case restore(TenantRef, Artifact)
    case tag(TenantRef, Artifact, TagChange)
    case save(ArtifactWork)
    /// The text is in the editor, or goes there again.
    case editAgain(ArtifactWork)

    var tenant: TenantRef? {
        switch self {
        case .delete(let tenant, _), .restore(let tenant, _), .tag(let tenant, _, _): tenant
        case .save(let work), .editAgain(let work): work.tenant
        }
    }

    var holdsWork: Bool {
        switch self {
        case .save, .editAgain: true
        case .delete, .restore, .tag: false
        }
    }

    func ask(reason: String) -> Ask? {
        switch self {
        case .delete(let tenant, let artifact):
            Self.delete(artifact, version: artifact.version, reason: reason, in: tenant)
        case .restore(let tenant, let artifact):
            .tenant(.artifacts(.restore(artifact.id)), tenant)
        case .tag(let tenant, let artifact, let change):
            Self.tag(artifact, change.applied(to: artifact.tags), artifact.version, in: tenant)
        case .save(let work): work.ask
        case .editAgain: nil
        }
    }

    func takeBack(after answer: ConsoleAnswer) -> TakeBack? {
        switch (self, answer) {
        case (.delete(let tenant, let artifact), _):
            TakeBack(
                "Restore \(artifact.shortName)",
                .tenant(.artifacts(.restore(artifact.id)), tenant)
            )
        case (.restore(let tenant, let artifact), .artifact(let restored)):
            TakeBack(
                "Delete \(artifact.shortName) again",
                Self.delete(
                    restored,
                    version: restored.version,
                    reason: "undo of the restoration",
                    in: tenant
                )
            )
        case (.tag(let tenant, let artifact, _), .artifact(let tagged)):
            TakeBack(
                "Tag \(artifact.shortName) as before",
                Self.tag(artifact, artifact.tags, tagged.version, in: tenant)
            )
        default: nil
        }
    }

    private static func delete(
        _ artifact: Artifact,
        version: Int64,
        reason: String,
        in tenant: TenantRef
    ) -> Ask {
        .tenant(.artifacts(.delete(artifact.id, version: version, reason: reason)), tenant)
    }

    private static func tag(
        _ artifact: Artifact,
        _ tags: [String],
        _ version: Int64,
        in tenant: TenantRef
    ) -> Ask {
        let edit = ArtifactEdit(tags: tags)
        return .tenant(.artifacts(.update(artifact.id, edit, version: version)), tenant)
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        switch self {
        case .delete(let tenant, let artifact):
            console.tell("Deleted \(artifact.shortName).", takeBack(after: answer), in: tenant)
            return console.forget(artifact: artifact)
        case .restore(let tenant, let artifact):
            console.tell("Restored \(artifact.shortName).", takeBack(after: answer), in: tenant)
            return console.forget(artifact: artifact)
        case .tag(let tenant, let artifact, _):
            console.tell("Tagged \(artifact.shortName).", takeBack(after: answer), in: tenant)
            return console.settleAfterWrite(answer)
        case .save(let work): return console.saved(work, answer)
        case .editAgain(let work):
            if case .artifact(let newest) = answer { console.merge(newest, into: work) }
            return []
        }
    }
}

extension Console {
    fileprivate mutating func saved(_ work: ArtifactWork, _ answer: ConsoleAnswer) -> [Effect] {
        guard case .artifact(let artifact) = answer else { return reload(isExplicit: true) }
        toast("Saved \(artifact.shortName) as version \(artifact.version).", .success)
        if work.original == nil { return reload(isExplicit: true) }
        return settleAfterWrite(answer)
    }

    /// Takes an artifact out of the list of those that are deleted, or of those that are not.
    fileprivate mutating func forget(artifact: Artifact) -> [Effect] {
        trail.change { content in
            guard var screen = content as? ArtifactsScreen else { return }
            screen.forget(artifact.id)
            content = screen
        }
        return reload(isExplicit: false)
    }
}
