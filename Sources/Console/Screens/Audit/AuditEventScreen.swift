import Domain
import Terminal

/// One audit event: who, what, to what, with which outcome, and what it changed.
struct AuditEventScreen: TextScreen {
    static let kind = ScreenKind.event
    let place: AuditPlace
    let event: AuditEvent
    /// The row that the keys are about.
    private(set) var cursor = 0
    /// What was opened of what stayed the same.
    private(set) var unfolded: Set<String> = []
    var search: TextSearch?

    init(_ event: AuditEvent, in place: AuditPlace) {
        self.event = event
        self.place = place
    }

    var title: String { "Event \(Format.count(event.seq))" }
    var kind: ScreenKind { place == .platform ? .trailEvent : .event }
    var tenant: TenantRef? { place.tenant }
    var people: Set<UserID> { Set([event.actor.id, event.actor.actingID].compactMap(\.self)) }

    var nameless: Set<ArtifactID> { Set([event.entry.namelessArtifact].compactMap(\.self)) }

    /// An event never changes: there is nothing to load.
    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] { [] }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] { [] }

    mutating func fail(_ error: DomainError, for slot: Slot) {}

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        let last = rows(context, width: context.area.width).count - 1
        let target: Int
        switch Table<Int>.usualKeys[key] {
        case .up: target = cursor - 1
        case .down: target = cursor + 1
        case .pageUp: target = cursor - context.area.height
        case .pageDown: target = cursor + context.area.height
        case .halfPageUp: target = cursor - context.area.height / 2
        case .halfPageDown: target = cursor + context.area.height / 2
        case .top: target = 0
        case .bottom: target = last
        case nil: return nil
        }
        cursor = min(max(0, target), max(0, last))
        return []
    }

    /// Opens or closes what the cursor is on, or the next fold below it; false when there is none.
    mutating func toggleFold(_ context: ScreenContext) -> Bool {
        let rows = rows(context, width: context.area.width)
        let next = rows.indices.dropFirst(cursor).first { rows[$0].fold != nil }
        guard let index = next ?? rows.indices.first(where: { rows[$0].fold != nil }),
            let fold = rows[index].fold
        else { return false }
        cursor = index
        if unfolded.remove(fold) == nil { unfolded.insert(fold) }
        return true
    }

    /// Opens everything, or closes everything again.
    mutating func toggleAll(_ context: ScreenContext) -> Bool {
        let folds = rows(context, width: context.area.width).compactMap(\.fold)
        guard !folds.isEmpty else { return false }
        unfolded = unfolded.isSuperset(of: folds) ? [] : Set(folds)
        return true
    }

    func text(_ context: ScreenContext) -> [TextLine] {
        rows(context, width: context.area.width).map(\.line)
    }

    func start(_ context: ScreenContext) -> Int { cursor }

    mutating func reveal(_ line: Int, _ context: ScreenContext) { cursor = line }

    mutating func openAll(_ context: ScreenContext) {
        unfolded = Set(rows(context, width: context.area.width).compactMap(\.fold))
    }
}

extension AuditEventScreen {
    private struct Row {
        var line: TextLine
        var fold: String?
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let rows = rows(context.screen, width: rect.width)
        // The cursor is kept on the screen, with what is around it.
        let latest = max(0, rows.count - rect.height)
        let top = min(latest, max(0, cursor - rect.height + 1))
        let lines = rows.map(\.line)
        let shown = top..<top + rect.height
        frame.write(lines, shown: shown, in: rect, search, styles: context.styles)
        if cursor > 0, context.isFocused {
            drawCursor(on: lines, top, into: &frame, in: rect, context)
        }
        if context.isFocused { frame.cursor = Point(x: rect.x, y: rect.y + cursor - top) }
    }

    private func drawCursor(
        on lines: [TextLine],
        _ top: Int,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        guard lines.indices.contains(cursor) else { return }
        let row = rect.row(cursor - top)
        let style = context.styles[.selection]
        frame.fill(row, style: style)
        let said = search == nil ? lines : lines.map { $0.said(by: frame) }
        frame.write(
            said[cursor],
            in: row,
            marks: search?.marks(in: said, at: cursor..<cursor + 1) ?? [],
            styles: context.styles,
            style: style
        )
    }

    private func rows(_ context: ScreenContext, width: Int) -> [Row] {
        let facts = facts(context).map { label, value in
            let room = max(4, width - 10)
            return Row(
                line: TextLine([
                    (label.padded(to: 10), .muted), (SafeText(value).truncated(to: room), .text),
                ])
            )
        }
        let head = [Row(line: TextLine([])), Row(line: TextLine("what it changed", .title))]
        return facts + head + changeRows(width: width)
    }

    private func facts(_ context: ScreenContext) -> [(SafeText, String)] {
        let entry = event.entry
        var facts: [(SafeText, String)] = [
            ("when", context.zone.second(event.createdAt)),
            ("actor", event.actor.name(context)),
            ("action", entry.action),
            ("object", object(context)),
            ("outcome", entry.outcome.rawValue),
            ("request", entry.requestID ?? "–"),
            ("event id", event.id.description),
            ("session", event.actor.session?.description ?? "–"),
        ]
        if let acting = event.actor.actingID {
            facts.append(("acted by", context.name(of: acting)))
        }
        if let support = event.actor.supportSession {
            facts.append(("support", support.description))
        }
        return facts + [
            ("hash", event.links.hash.hexDigits),
            ("previous", event.links.previousHash.hexDigits),
            ("payload", event.links.payloadHash.hexDigits),
        ]
    }

    /// Its kind and id, and the name where only the id stands in the event.
    private func object(_ context: ScreenContext) -> String {
        let entry = event.entry
        let name = entry.namelessArtifact.flatMap { context.artifacts[$0] } ?? ""
        let id = name.isEmpty ? entry.resourceID : entry.resourceID.map { "\(name) · \($0)" }
        return [entry.resourceType, id].compactMap(\.self).joined(separator: " ")
    }

    private func changeRows(width: Int) -> [Row] {
        guard let changes = try? Changes(canonical: event.entry.changes) else {
            return TextLine.broken(SafeText(event.entry.changes), to: width, role: .text)
                .map { Row(line: $0) }
        }
        guard !changes.isEmpty else { return [Row(line: TextLine("nothing", .muted))] }
        return ChangesTree.rows(changes, unfolded: unfolded, width: width)
            .map { Row(line: $0.line, fold: $0.fold) }
    }
}
