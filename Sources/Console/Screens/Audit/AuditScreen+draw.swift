import Domain
import Terminal

extension AuditScreen {
    // Below 90 columns the number folds first, then the object; the outcome stays longest.
    static let columns = [
        TableColumn(id: "at", title: "WHEN", span: .fixed(19)),
        TableColumn(
            id: "seq",
            title: "NO.",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 3
        ),
        TableColumn(id: "actor", title: "ACTOR", span: .flexible(minimum: 10, weight: 2)),
        TableColumn(id: "action", title: "ACTION", span: .flexible(minimum: 16, weight: 2)),
        TableColumn(
            id: "resource",
            title: "OBJECT",
            span: .flexible(minimum: 14, weight: 3),
            foldOrder: 2
        ),
        TableColumn(id: "outcome", title: "OUTCOME", span: .fixed(8), foldOrder: 1),
    ]

    static func row(
        _ event: AuditEvent,
        _ context: ScreenContext,
        in place: AuditPlace
    ) -> TableRow<Int64> {
        let entry = event.entry
        // That it was an operator goes without saying on the platform.
        let person = place == .platform ? event.actor.id.map { context.name(of: $0) } : nil
        let object = [entry.resourceType, entry.objectName(context)].compactMap(\.self)
            .joined(separator: " ")
        return TableRow(
            id: event.seq,
            cells: [
                .text(SafeText(context.zone.second(event.createdAt))),
                .text(SafeText(Format.count(event.seq)), .muted),
                .text(SafeText(person ?? event.actor.name(context), limit: 80)),
                .text(SafeText(entry.action, limit: 80), entry.operation.role),
                .text(SafeText(object, limit: 100), .muted),
                .text(SafeText(entry.outcome.rawValue), entry.outcome.role),
            ]
        )
    }

    func row(_ event: AuditEvent, _ context: ScreenContext) -> TableRow<Int64> {
        Self.row(event, context, in: place)
    }

    func listArea(in area: Rect) -> Rect {
        guard check != .none else { return area }
        return Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        if check != .none { drawCheck(into: &frame, in: rect.row(0), context) }
        let empty =
            query.text.isEmpty
            ? "Nothing has been written to this trail yet."
            : "No event fits \"\(query.text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: listArea(in: rect), context, emptyText: empty)
    }

    private func drawCheck(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let (text, role): (String, Terminal.Role) =
            switch check {
            case .none: ("", .text)
            case .running: (Self.words(context.progress, context.key("back")), .accent)
            case .stopped: ("Stopped verifying; \(context.key("verify")) begins anew.", .muted)
            case .failed(let error): ("Not verified: \(error)", .error)
            case .done(let verdict): Self.words(verdict)
            }
        frame.write(SafeText(text), in: rect, style: context.styles[role])
    }

    private static func words(_ progress: Headway?, _ back: String) -> String {
        let bar = progress?.fraction.map { Format.bar($0) + " · " } ?? ""
        let count = Format.plural(progress?.done ?? 0, "event")
        return "Verifying the chain … \(bar)\(count) checked, \(back) stops"
    }

    private static func words(_ verdict: ChainVerdict) -> (String, Terminal.Role) {
        let count = Format.plural(verdict.checked, "event")
        guard let fault = verdict.fault else {
            let hash = Array(verdict.lastHash.prefix(6)).hexDigits
            return ("✓ The chain holds: \(count), last hash \(hash)…", .good)
        }
        return (
            "✗ The chain breaks at event \(Format.count(fault.seq)): \(fault.kind.words) "
                + "(\(count) held).", .error
        )
    }
}

extension AuditActor {
    /// Who it was, as people say it.
    func name(_ context: ScreenContext) -> String {
        switch kind {
        case .user: context.name(of: id)
        case .support: "support: \(context.name(of: id))"
        case .apiKey: "API key"
        case .system: "system"
        case .visitor: "visitor"
        case .anonymous: "anonymous"
        }
    }
}

extension AuditEntry {
    /// The kinds of objects whose field `name` is what people call them.
    private static let named: Set = [
        "artifact", "role", "api_key", "tenant", "ai_prompt", "ai_route", "storefront",
    ]

    /// The person that the entry is about, where it is about one.
    var subject: UserID? {
        resourceType == "member" || resourceType == "user" ? resourceID.flatMap { UserID($0) } : nil
    }

    /// What the object is called, where the entry or what is known on the screen tells it; else its
    /// id, a long one shortened.
    func objectName(_ context: ScreenContext) -> String? {
        if let subject, let person = context.people[subject] { return person.name }
        if let ownName { return ownName }
        if let artifact, let name = context.artifacts[artifact], !name.isEmpty { return name }
        guard let resourceID, resourceID.utf8.count == 36, ArtifactID(resourceID) != nil else {
            return resourceID
        }
        // Ids that were made in the same minute begin alike.
        return "\(resourceID.prefix(8))…\(resourceID.suffix(6))"
    }

    /// The artifact that the entry is about, where it does not say what it is called.
    ///
    /// Asked of every row of a page: the text is looked at and not read.
    var namelessArtifact: ArtifactID? { changes.contains("\"name\":[") ? nil : artifact }

    private var artifact: ArtifactID? {
        resourceType == "artifact" ? resourceID.flatMap { ArtifactID($0) } : nil
    }

    /// The name that the entry itself tells.
    private var ownName: String? {
        // A look at the text spares reading what says nothing of a name.
        guard Self.named.contains(resourceType), changes.contains("\"name\""),
            let changes = try? Changes(canonical: changes)
        else { return nil }
        for value in [changes.fields["name"]?.new, changes.fields["name"]?.old] {
            if case .string(let text) = value, !text.trimmed.isEmpty { return text }
        }
        return nil
    }
}

extension AuditEntry.Operation {
    var role: Terminal.Role {
        switch self {
        case .create: .good
        case .delete: .warning
        case .read, .update, .other: .text
        }
    }
}

extension AuditEntry.Outcome {
    var role: Terminal.Role {
        switch self {
        case .success: .text
        case .denied: .warning
        case .failed: .error
        }
    }
}

extension ChainVerdict.Kind {
    var words: String {
        switch self {
        case .edited: "its content was changed"
        case .missing: "it is missing"
        case .inserted: "it was put in"
        case .fork: "there are two of it"
        case .truncated: "everything from it on is gone"
        case .brokenLink: "it does not follow the one before"
        case .timeRunsBack: "its time is before the one before"
        }
    }
}
