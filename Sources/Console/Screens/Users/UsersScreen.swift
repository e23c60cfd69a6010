import Domain
import Terminal

/// The people of the platform.
struct UsersScreen: ListScreen {
    static let kind = ScreenKind.users
    var list = Listing<Account, UserID>(columns: Self.columns)
    private(set) var query = AccountFilter()
    private(set) var text: String

    init(filter: String?) {
        text = filter ?? ""
    }

    var title: String { "Users" }
    var filterText: String? { text }

    var status: String {
        let filter = text.isEmpty ? "" : "filter: \(text)"
        return [list.count("person"), filter, "newest first"].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.people(.list(query, page))) }

    func page(in answer: ConsoleAnswer) -> Page<Account>? {
        if case .directory(.accounts(let page)) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try AccountFilter(FilterReading(text, .users), context.clock)
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .directory(.account(let account)) = answer else { return }
        let screen = self
        list.replace(account, now: context.now) { screen.row($0, context) }
    }

    // Below 80 columns the role on the platform folds first, then the day of joining.
    private static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 14, weight: 2)),
        TableColumn(id: "email", title: "MAIL", span: .flexible(minimum: 18, weight: 2)),
        TableColumn(id: "status", title: "STATUS", span: .fixed(9)),
        TableColumn(id: "role", title: "PLATFORM", span: .fixed(11), foldOrder: 2),
        TableColumn(id: "created", title: "KNOWN SINCE", span: .fixed(12), foldOrder: 1),
    ]

    func row(_ account: Account, _ context: ScreenContext) -> TableRow<UserID> {
        let name = account.id == context.viewer ? "you: \(account.user.name)" : account.user.name
        return TableRow(
            id: account.id,
            cells: [
                .text(SafeText(name, limit: 200)),
                .text(SafeText(account.user.email, limit: 254)),
                .text(SafeText(account.status.rawValue), account.status.role),
                .text(SafeText(account.platformRole?.rawValue ?? "–"), .accent),
                .text(SafeText(context.zone.day(account.createdAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "Nobody is known yet." : "Nobody fits \"\(text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

extension AccountStatus {
    var role: Terminal.Role {
        switch self {
        case .active: .good
        case .disabled: .warning
        case .erased: .muted
        }
    }
}
