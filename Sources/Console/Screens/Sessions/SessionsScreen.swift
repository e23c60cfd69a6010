import Domain
import Terminal

/// Where the person at the console is signed in.
struct SessionsScreen: ListScreen {
    static let kind = ScreenKind.sessions
    var list = Listing<LiveSession, SessionID>(columns: Self.columns)

    var title: String { "Your sessions" }
    var status: String {
        [list.count("session"), "latest sign-in first"].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.sessions(page)) }

    func page(in answer: ConsoleAnswer) -> Page<LiveSession>? {
        if case .sessions(let page) = answer { return page }
        return nil
    }

    mutating func forget(_ session: SessionID) { list.remove(session) }

    // Below 80 columns the address folds first, then the end, then the beginning.
    private static let columns = [
        TableColumn(id: "device", title: "DEVICE", span: .flexible(minimum: 16, weight: 3)),
        TableColumn(id: "kind", title: "DOOR", span: .fixed(8)),
        TableColumn(id: "ip", title: "ADDRESS", span: .fixed(15), foldOrder: 3),
        TableColumn(id: "seen", title: "LAST SEEN", span: .fixed(16)),
        TableColumn(id: "started", title: "SIGNED IN", span: .fixed(16), foldOrder: 1),
        TableColumn(id: "ends", title: "ENDS", span: .fixed(16), foldOrder: 2),
    ]

    func row(_ live: LiveSession, _ context: ScreenContext) -> TableRow<SessionID> {
        let isCurrent = live.id == context.session
        return TableRow(
            id: live.id,
            cells: [
                .text(
                    SafeText(isCurrent ? "this console: \(live.device)" : live.device, limit: 200),
                    isCurrent ? .accent : .text
                ),
                .text(SafeText(live.session.kind.rawValue)),
                .text(SafeText(live.ip ?? "–", limit: 45)),
                .text(SafeText(context.zone.minute(live.lastSeenAt))),
                .text(SafeText(context.zone.minute(live.createdAt)), .muted),
                .text(SafeText(context.zone.minute(live.session.expiresAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "No session is live.\n\(context.key("reload")) loads the list again."
        )
    }
}

extension LiveSession {
    /// What signed in, as far as it told.
    var device: String {
        let told = userAgent?.trimmed ?? ""
        return told.isEmpty ? "an unnamed client" : told
    }
}
