import Domain
import Terminal

/// Who is what on the platform.
struct OperatorsScreen: ListScreen {
    static let kind = ScreenKind.operators
    var list = Listing<PlatformGrant, GrantID>(columns: Self.columns)
    private(set) var endedToo = false
    private(set) var text: String

    /// A person has each role once.
    struct GrantID: Hashable, Sendable {
        var user: UserID
        var role: PlatformRole
    }

    init(filter: String?) {
        text = filter ?? ""
    }

    var title: String { "Platform roles" }
    var filterText: String? { text }

    var status: String {
        let filter = endedToo ? "with those that ended" : ""
        return [list.count("role"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? {
        .platform(.people(.grants(endedToo: endedToo, page)))
    }

    func made(in answer: ConsoleAnswer) -> GrantID? {
        if case .directory(.grant(let grant)) = answer {
            return GrantID(user: grant.user.id, role: grant.role)
        }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<PlatformGrant>? {
        if case .directory(.grants(let page)) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        endedToo = try FilterReading(text, .operators).endedToo
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    // Below 80 columns the time of granting folds first, then the mail address, then the granter.
    private static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 14, weight: 2)),
        TableColumn(
            id: "email",
            title: "MAIL",
            span: .flexible(minimum: 16, weight: 2),
            foldOrder: 2
        ),
        TableColumn(id: "role", title: "ROLE", span: .fixed(11)),
        TableColumn(
            id: "by",
            title: "GRANTED BY",
            span: .flexible(minimum: 10, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "at", title: "GRANTED", span: .fixed(16), foldOrder: 3),
        TableColumn(id: "ends", title: "ENDS", span: .fixed(16)),
    ]

    func row(_ grant: PlatformGrant, _ context: ScreenContext) -> TableRow<GrantID> {
        let isLive = grant.isLive(at: context.now)
        let ends = grant.expiresAt.map { context.zone.minute($0) } ?? "never"
        return TableRow(
            id: GrantID(user: grant.user.id, role: grant.role),
            cells: [
                .text(SafeText(grant.user.name, limit: 200)),
                .text(SafeText(grant.user.email, limit: 254)),
                .text(SafeText(grant.role.rawValue), isLive ? .accent : .muted),
                .text(SafeText(grant.grantedByName ?? "–", limit: 200), .muted),
                .text(SafeText(context.zone.minute(grant.grantedAt)), .muted),
                .text(SafeText(ends), isLive ? .text : .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "Nobody has a role.\n\(context.key("grant")) grants one."
        )
    }
}
