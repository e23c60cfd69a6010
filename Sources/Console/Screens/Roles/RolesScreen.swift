import Domain
import Terminal

/// The roles of a tenant, and what the selected one may do.
struct RolesScreen: ListScreen {
    static let kind = ScreenKind.roles
    static let hasPane = true
    let place: TenantRef
    var list: Listing<TenantRole, RoleName>

    init(_ place: TenantRef) {
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { "Roles" }
    var tenant: TenantRef? { place }
    var status: String { list.count("role") }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.roles(.list), place) }

    func made(in answer: ConsoleAnswer) -> RoleName? {
        if case .role(let role) = answer { return RoleName(role.role) }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<TenantRole>? {
        guard case .roles(let roles) = answer else { return nil }
        return Page(items: roles, next: nil, hasPrevious: false)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .role(let role) = answer else { return }
        let screen = self
        list.replace(role, now: context.now) { screen.row($0, context) }
    }

    private static let columns = [
        TableColumn(id: "name", title: "ROLE", span: .flexible(minimum: 16, weight: 2)),
        TableColumn(id: "kind", title: "KIND", span: .fixed(10)),
        TableColumn(id: "rank", title: "RANK", span: .fixed(5), alignment: .trailing),
        TableColumn(id: "members", title: "MEMBERS", span: .fixed(8), alignment: .trailing),
        TableColumn(id: "may", title: "MAY", span: .fixed(5), alignment: .trailing, foldOrder: 1),
    ]

    func row(_ role: TenantRole, _ context: ScreenContext) -> TableRow<RoleName> {
        let name = SafeText(role.role.name, limit: 50)
        return TableRow(
            id: RoleName(role.role),
            cells: [
                .text(name, role.role == .owner ? .accent : .text),
                .text(role.isSystem ? "platform" : "own", role.isSystem ? .muted : .text),
                .text(SafeText(String(role.role.rank))),
                .text(SafeText(Format.count(Int64(role.members)))),
                .text(SafeText(String(role.role.permissions.held.count)), .muted),
            ]
        )
    }

    /// The list has the upper half; the permissions of the selected role the rest.
    func listArea(in area: Rect) -> Rect {
        let rows = min(max(4, list.table.rows.count + 1), max(4, area.height / 2))
        return Rect(x: area.x, y: area.y, width: area.width, height: min(rows, area.height))
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let upper = listArea(in: rect)
        drawList(into: &frame, in: upper, context, emptyText: "There are no roles.")
        guard let role = list.paned, rect.height > upper.height + 2 else { return }
        let lower = Rect(
            x: rect.x + 1,
            y: rect.y + upper.height + 1,
            width: max(0, rect.width - 2),
            height: rect.height - upper.height - 1
        )
        let names = role.role.permissions.names
        let title = SafeText("\(role.role.name) may do \(names.count) things", limit: 70)
        frame.write(title, in: lower.row(0), style: context.styles[.muted])
        let lines = SafeText(names.joined(separator: "  ")).wrapped(to: lower.width)
        let room = max(0, lower.height - 1)
        let shown = lines.prefix(lines.count > room ? max(0, room - 1) : room)
        for (index, line) in shown.enumerated() {
            frame.write(line, in: lower.row(index + 1), style: context.styles[.text])
        }
        guard shown.count < lines.count, room > 0 else { return }
        let named = shown.reduce(0) { $0 + $1.string.split(separator: " ").count }
        let rest = SafeText("and \(names.count - named) more")
        frame.write(rest, in: lower.row(shown.count + 1), style: context.styles[.muted])
    }
}
