import Domain
import Terminal

/// Tags that documents get and lose.
struct TagChange: Hashable, Sendable {
    var added: [String]
    var taken: [String]

    /// The tags afterwards, the old ones first.
    func applied(to tags: [String]) -> [String] {
        let kept = tags.filter { !taken.contains($0) }
        return kept + added.filter { !kept.contains($0) }
    }

    /// The change in words: `adds zakat, takes draft`.
    var words: String {
        [
            added.isEmpty ? nil : "adds \(added.joined(separator: ", "))",
            taken.isEmpty ? nil : "takes \(taken.joined(separator: ", "))",
        ].compactMap(\.self).joined(separator: ", ")
    }
}

/// The tags that one document or several get and lose.
struct TagEntry: Entry {
    let place: TenantRef
    let artifacts: [Artifact]

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of form: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let change = try Self.change(values)
        if artifacts.count == 1, let artifact = artifacts.first {
            let question = ArtifactQuestion.tag(place, artifact, change)
            guard change.applied(to: artifact.tags) != artifact.tags,
                let ask = question.ask(reason: "")
            else { throw .invalid("add", "changes nothing: it is tagged so already") }
            return .ask(ask)
        }
        let bulk = Bulk.tag(artifacts, change, in: place)
        guard !bulk.steps.isEmpty else {
            throw .invalid("add", "changes nothing: they are tagged so already")
        }
        return .confirmAll(BulkOverlay(bulk))
    }

    private static func change(_ values: FormValues) throws(DomainError) -> TagChange {
        var problems = FieldProblems()
        let added = problems.collect { () throws(DomainError) in
            try Self.tags(values["add"], field: "add")
        }
        let taken = problems.collect { () throws(DomainError) in
            try Self.tags(values["take"], field: "take")
        }
        guard let added, let taken else { throw .invalid(problems.list) }
        guard !added.isEmpty || !taken.isEmpty else {
            throw .invalid("add", "must name a tag, or one to take below")
        }
        if let both = added.first(where: taken.contains) {
            throw .invalid("take", "must not name \"\(both)\", which is added")
        }
        return TagChange(added: added, taken: taken)
    }

    private static func tags(_ text: String, field: String) throws(DomainError) -> [String] {
        var tags: [String] = []
        for word in text.split(separator: ",") where String(word).nonBlank != nil {
            let tag = try Validation.text(String(word), field: field, length: 1...50).lowercased()
            if !tags.contains(tag) { tags.append(tag) }
        }
        return tags
    }

    func done(
        _ answer: ConsoleAnswer,
        _ values: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard let artifact = artifacts.first, let change = try? Self.change(values) else {
            return console.reload(isExplicit: true)
        }
        return ArtifactQuestion.tag(place, artifact, change).done(answer, in: &console)
    }
}

extension FormOverlay {
    static func tags(of artifacts: [Artifact], in tenant: TenantRef) -> FormOverlay {
        let known = Array(Set(artifacts.flatMap(\.tags))).sorted()
        return FormOverlay(
            title: artifacts.count == 1
                ? SafeText("Tags of \(artifacts.first?.name ?? "")", limit: 60)
                : SafeText("Tags of \(artifacts.count) artifacts"),
            plan: [
                SafeText(
                    "Changes \(Format.plural(artifacts.count, "artifact")); each change is a new "
                        + "version, and the others stay in the history. Undone by: undo right after."
                ),
                SafeText(known.isEmpty ? "No tags yet." : "Now: \(known.joined(separator: ", "))"),
            ],
            form: Form([
                text(
                    "add",
                    "Add",
                    placeholder: "zakat, guide",
                    limit: 500,
                    hint: "tags with commas between them"
                ),
                text(
                    "take",
                    "Take away",
                    placeholder: "draft",
                    limit: 500,
                    hint: "tags with commas between them; those without them stay as they are"
                ),
            ]),
            intent: .tags(TagEntry(place: tenant, artifacts: artifacts))
        )
    }
}
