import Domain
import Terminal

/// One audit event: who, what, to what, with which outcome, and what it changed.
struct AuditEventScreen: ConsoleScreen {
    static let kind = ScreenKind.event
    let place: TenantRef
    let event: AuditEvent
    private(set) var scroll = 0

    init(_ event: AuditEvent, in place: TenantRef) {
        self.event = event
        self.place = place
    }

    var title: String { "Event \(Format.count(event.seq))" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> { Set([event.actor.id, event.actor.actingID].compactMap(\.self)) }

    /// An event never changes: there is nothing to load.
    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] { [] }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] { [] }

    mutating func fail(_ error: DomainError, for slot: Slot) {}

    mutating func scroll(by lines: Int) { scroll = max(0, scroll + lines) }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        switch Table<Int>.usualKeys[key] {
        case .up: scroll(by: -1)
        case .down: scroll(by: 1)
        case .pageUp: scroll(by: -context.area.height)
        case .pageDown: scroll(by: context.area.height)
        case .top: scroll = 0
        case .bottom, nil: return nil
        }
        return []
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let lines = lines(context, width: rect.width)
        let top = min(scroll, max(0, lines.count - rect.height))
        for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
            let pieces = line.map { (text: $0.text, style: context.styles[$0.role]) }
            frame.write(pieces, x: rect.x, y: rect.y + row, clip: rect)
        }
        if context.isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
    }

    private func lines(_ context: DrawContext, width: Int) -> [[ChangesText.Line]] {
        let entry = event.entry
        var facts: [(SafeText, String)] = [
            ("when", context.screen.zone.second(event.createdAt)),
            ("actor", event.actor.name(context.screen)),
            ("action", entry.action),
            ("object", [entry.resourceType, entry.resourceID ?? ""].joined(separator: " ")),
            ("outcome", entry.outcome.rawValue),
            ("request", entry.requestID ?? "–"),
            ("event id", event.id.description),
            ("session", event.actor.session?.description ?? "–"),
        ]
        if let acting = event.actor.actingID {
            facts.append(("acted by", context.screen.name(of: acting)))
        }
        if let support = event.actor.supportSession {
            facts.append(("support", support.description))
        }
        facts += [
            ("hash", event.links.hash.hex), ("previous", event.links.previousHash.hex),
            ("payload", event.links.payloadHash.hex),
        ]
        var lines = facts.map { label, value -> [ChangesText.Line] in
            let room = max(4, width - 10)
            return [
                (label.padded(to: 10), .muted), (SafeText(value).truncated(to: room), .text),
            ]
        }
        lines += [[], [("what it changed", .title)]]
        return lines + changeLines(width: width).map { [$0] }
    }

    private func changeLines(width: Int) -> [ChangesText.Line] {
        guard let changes = try? Changes(canonical: event.entry.changes) else {
            return SafeText(event.entry.changes).wrapped(to: width).map { ($0, .text) }
        }
        return changes.isEmpty
            ? [("nothing", .muted)] : ChangesText.lines(changes, width: width)
    }
}

extension [UInt8] {
    /// Two hexadecimal digits a byte.
    var hex: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
