import Domain
import Terminal

/// The keys with which programs work in a tenant, and what the selected one may do.
struct APIKeysScreen: ListScreen {
    static let kind = ScreenKind.keys
    static let hasPane = true
    let place: TenantRef
    var list: Listing<APIKey, APIKeyID>

    init(_ place: TenantRef) {
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { "API keys" }
    var tenant: TenantRef? { place }
    var status: String { list.count("key") }
    var people: Set<UserID> { Set(list.items.values.map(\.createdBy)) }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.keys(.list(page)), place) }

    func made(in answer: ConsoleAnswer) -> APIKeyID? {
        if case .issuedKey(let issued) = answer { return issued.key.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<APIKey>? {
        if case .keys(let page) = answer { return page }
        return nil
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .key(let key) = answer else { return }
        let screen = self
        list.replace(key, now: context.now) { screen.row($0, context) }
    }

    // At 80 columns the day of making and who made it have folded.
    private static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 12, weight: 2)),
        TableColumn(id: "prefix", title: "PREFIX", span: .fixed(13)),
        TableColumn(id: "state", title: "STATE", span: .fixed(8)),
        TableColumn(id: "scopes", title: "SCOPES", span: .fixed(6), alignment: .trailing),
        TableColumn(
            id: "maker",
            title: "MADE BY",
            span: .flexible(minimum: 12, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "used", title: "LAST USED", span: .fixed(16)),
        TableColumn(id: "expires", title: "EXPIRES", span: .fixed(10)),
        TableColumn(id: "made", title: "MADE", span: .fixed(10), foldOrder: 2),
    ]

    func row(_ key: APIKey, _ context: ScreenContext) -> TableRow<APIKeyID> {
        let state = key.state(at: context.now)
        let used = key.lastUsedAt.map { context.zone.minute($0) } ?? "never"
        let expires = key.expiresAt.map { context.zone.day($0) } ?? "never"
        return TableRow(
            id: key.id,
            cells: [
                .text(SafeText(key.name, limit: 100)),
                .text(SafeText(key.shortPrefix), .muted),
                .text(SafeText(state.rawValue), state.role),
                .text(SafeText(Format.count(key.scopes.count))),
                .text(SafeText(context.name(of: key.createdBy), limit: 200)),
                .text(SafeText(used), key.lastUsedAt == nil ? .muted : .text),
                .text(SafeText(expires), key.expiresAt == nil ? .muted : .text),
                .text(SafeText(context.zone.day(key.createdAt)), .muted),
            ]
        )
    }
}

extension APIKeysScreen {
    /// The list has the upper part; what the selected key may do the rest.
    func listArea(in area: Rect) -> Rect {
        let rows = min(max(6, list.table.rows.count + 1), max(6, area.height * 2 / 3))
        return Rect(x: area.x, y: area.y, width: area.width, height: min(rows, area.height))
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let upper = listArea(in: rect)
        drawList(
            into: &frame,
            in: upper,
            context,
            emptyText: "There is no API key.\n\(context.key("newkey")) makes one."
        )
        guard let key = list.paned, rect.height > upper.height + 2 else { return }
        let lower = Rect(
            x: rect.x + 1,
            y: rect.y + upper.height + 1,
            width: max(0, rect.width - 2),
            height: rect.height - upper.height - 1
        )
        let lines =
            facts(key, context.screen).map { ($0, Terminal.Role.muted) }
            + SafeText(key.scopes.map(\.description).joined(separator: "  "))
            .wrapped(to: lower.width).map { ($0, .text) }
        for (index, line) in lines.prefix(lower.height).enumerated() {
            frame.write(line.0, in: lower.row(index), style: context.styles[line.1])
        }
    }

    /// What does not fit into a row.
    private func facts(_ key: APIKey, _ context: ScreenContext) -> [SafeText] {
        let rate = key.ratePerMinute.map { "\(Format.count($0)) requests a minute" }
        var facts = [
            SafeText("\(key.id)  ·  \(rate ?? "the usual rate limit")"),
            SafeText("It begins with: \(key.prefix)"),
        ]
        if let until = key.previousUntil, until > context.now, key.status == .active {
            let time = context.zone.minute(until)
            facts.append(SafeText("The secret before the last rotation is good until \(time)."))
        }
        if let block = key.block(at: context.now) { facts.append(SafeText(block.sentence)) }
        facts.append("It acts for who made it, and may at most:")
        return facts
    }
}

extension APIKey {
    /// The prefix without its middle: all keys of a tenant begin alike, and differ at the end.
    fileprivate var shortPrefix: String { "\(prefix.prefix(4))…\(prefix.suffix(8))" }
}

extension APIKey.State {
    var role: Terminal.Role {
        switch self {
        case .active: .good
        case .blocked, .expired: .warning
        case .revoked: .muted
        }
    }
}
