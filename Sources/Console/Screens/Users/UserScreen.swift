import Domain
import Terminal

/// One person: facts, memberships, roles on the platform, and the sessions below.
struct UserScreen: ListScreen {
    static let kind = ScreenKind.user
    private(set) var account: Account
    private(set) var detail: AccountDetail?
    private(set) var failure: DomainError?
    var list = Listing<AccountSession, SessionID>(columns: Self.columns)

    init(_ account: Account) {
        self.account = account
    }

    var title: String { account.user.name }
    var status: String { list.count("session") }

    func ask(_ page: PageRequest) -> Ask? { .platform(.people(.sessions(account.id, page))) }

    func page(in answer: ConsoleAnswer) -> Page<AccountSession>? {
        if case .directory(.sessions(let page)) = answer { return page }
        return nil
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .platform(.people(.find(account.id))))]
            + listAsk(isRefresh ? .refresh : .first)
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case .directory(.detail(let detail)) = answer {
            self.detail = detail
            account = detail.account
            failure = nil
        } else {
            takePage(answer, for: slot, context)
        }
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if slot == .detail { failure = error } else { list.fail(error) }
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .directory(.account(let changed)) = answer, changed.id == account.id else {
            return
        }
        account = changed
        detail?.account = changed
    }

    func listArea(in area: Rect) -> Rect {
        let head = min(headLines + 1, max(0, area.height - 4))
        return Rect(
            x: area.x,
            y: area.y + head,
            width: area.width,
            height: area.height - head
        )
    }

    /// The rows above the sessions: the facts, a title and the memberships.
    private var headLines: Int { factRows + 1 + max(1, min(detail?.places.count ?? 0, 6)) }

    private let factRows = 6

    private static let columns = [
        TableColumn(id: "kind", title: "SESSION", span: .fixed(8)),
        TableColumn(id: "state", title: "STATE", span: .fixed(8)),
        TableColumn(id: "ip", title: "ADDRESS", span: .flexible(minimum: 12, weight: 1)),
        TableColumn(
            id: "agent",
            title: "PROGRAM",
            span: .flexible(minimum: 12, weight: 2),
            foldOrder: 1
        ),
        TableColumn(id: "seen", title: "LAST SEEN", span: .fixed(16)),
        TableColumn(id: "began", title: "BEGAN", span: .fixed(16), foldOrder: 2),
    ]

    func row(_ session: AccountSession, _ context: ScreenContext) -> TableRow<SessionID> {
        let state: (String, Terminal.Role) =
            if session.isLive(at: context.now) {
                ("live", .good)
            } else {
                (session.revokedAt == nil ? "over" : "ended", .muted)
            }
        return TableRow(
            id: session.id,
            cells: [
                .text(SafeText(session.kind)),
                .text(SafeText(state.0), state.1),
                .text(SafeText(session.ip ?? "–")),
                .text(SafeText(session.userAgent ?? "–", limit: 256)),
                .text(SafeText(context.zone.minute(session.lastSeenAt)), .muted),
                .text(SafeText(context.zone.minute(session.createdAt)), .muted),
            ]
        )
    }
}

extension UserScreen {
    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let facts = facts(context)
        for (index, fact) in facts.enumerated() where index < rect.height {
            context.drawPair(fact.0, fact.1, into: &frame, in: rect.row(index), role: fact.2)
        }
        drawPlaces(into: &frame, in: rect, top: factRows, context)
        drawList(
            into: &frame,
            in: listArea(in: rect),
            context,
            emptyText: "No session is on record."
        )
    }

    private func facts(_ context: DrawContext) -> [(SafeText, SafeText, Terminal.Role)] {
        let zone = context.screen.zone
        let verified = account.emailVerifiedAt.map { "verified \(zone.day($0))" } ?? "not verified"
        var roles: [String] = []
        for grant in detail?.roles ?? [] {
            let end = grant.expiresAt.map { " until \(zone.minute($0))" } ?? ""
            roles.append("\(grant.role.rawValue)\(end)")
        }
        let live = detail.map { Format.plural($0.liveSessions, "live session") } ?? "…"
        return [
            ("name", SafeText(account.user.name, limit: 200), .title),
            ("mail", SafeText("\(account.user.email), \(verified)", limit: 300), .text),
            ("status", SafeText(account.status.rawValue), account.status.role),
            (
                "platform",
                SafeText(roles.isEmpty ? "no role" : roles.joined(separator: ", ")),
                .text
            ),
            ("since", SafeText("\(zone.minute(account.createdAt)) · \(account.locale)"), .muted),
            ("sessions", SafeText(live), .text),
        ]
    }

    private func drawPlaces(
        into frame: inout Frame,
        in rect: Rect,
        top: Int,
        _ context: DrawContext
    ) {
        guard top + 1 < rect.height else { return }
        frame.write("MEMBERSHIPS", in: rect.row(top), style: context.styles[.header])
        guard let detail else {
            let text = failure.map { SafeText($0.description) } ?? "Loading …"
            let role: Terminal.Role = failure == nil ? .muted : .error
            frame.write(text, in: rect.row(top + 1), style: context.styles[role])
            return
        }
        guard !detail.places.isEmpty else {
            frame.write(
                "A member of no tenant.",
                in: rect.row(top + 1),
                style: context.styles[.muted]
            )
            return
        }
        for (index, place) in detail.places.prefix(6).enumerated()
        where top + 1 + index < rect.height {
            let isLast = index == 5 && detail.places.count > 6
            let text =
                isLast
                ? "and \(detail.places.count - 5) more"
                : "\(place.name) (\(place.slug)): \(place.role ?? "a custom role"), "
                    + place.status.rawValue
            frame.write(
                SafeText(text, limit: 200),
                in: rect.row(top + 1 + index),
                style: context.styles[isLast ? .muted : .text]
            )
        }
    }
}
