import Domain
import Terminal

/// The tenants that the person at the console is a member of.
struct WorkspacesScreen: ListScreen {
    static let kind = ScreenKind.workspaces
    var list = Listing<Workspace, TenantID>(columns: Self.columns)

    var title: String { "Your workspaces" }
    var status: String { list.count("workspace") }

    func ask(_ page: PageRequest) -> Ask? { .platform(.workspaces) }

    func page(in answer: ConsoleAnswer) -> Page<Workspace>? {
        guard case .workspaces(let workspaces) = answer else { return nil }
        return Page(items: workspaces, next: nil, hasPrevious: false)
    }

    private static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 16, weight: 3)),
        TableColumn(
            id: "slug",
            title: "SLUG",
            span: .flexible(minimum: 12, weight: 2),
            foldOrder: 1
        ),
        TableColumn(id: "role", title: "YOUR ROLE", span: .fixed(13)),
        TableColumn(id: "status", title: "STATUS", span: .fixed(9)),
        TableColumn(id: "plan", title: "PLAN", span: .fixed(10), foldOrder: 2),
        TableColumn(id: "created", title: "CREATED", span: .fixed(12), foldOrder: 3),
    ]

    func row(_ workspace: Workspace, _ context: ScreenContext) -> TableRow<TenantID> {
        TableRow(
            id: workspace.id,
            cells: [
                .text(SafeText(workspace.name, limit: 200)),
                .text(SafeText(workspace.slug)),
                .text(SafeText(workspace.role.name)),
                .text(SafeText(workspace.status.rawValue), workspace.status.role),
                .text(SafeText(workspace.plan.rawValue)),
                .text(SafeText(context.zone.day(workspace.createdAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "You are a member of no tenant.\nSomebody there has to add you."
        )
    }
}
