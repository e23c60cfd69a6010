import Domain
import Terminal

/// Budgets that reached a share of their limit and that nobody has seen to.
struct AlertsScreen: ListScreen {
    static let kind = ScreenKind.alerts
    let place: TenantRef
    var list: Listing<ListedAlert, ListedAlert.ID>

    init(_ place: TenantRef) {
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { "AI alerts" }
    var tenant: TenantRef? { place }
    var status: String { list.count("alert") }
    var people: Set<UserID> {
        Set(list.items.values.filter { $0.scope == .user }.compactMap { UserID($0.scopeID) })
    }

    var keyIDs: Set<APIKeyID> {
        Set(list.items.values.filter { $0.scope == .apiKey }.compactMap { APIKeyID($0.scopeID) })
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.ai(.alerts(page)), place) }

    func page(in answer: ConsoleAnswer) -> Page<ListedAlert>? {
        if case .ai(.alerts(let page)) = answer { return page }
        return nil
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        if case .ai(.acknowledged(let alert)) = answer { list.remove(alert.id) }
    }

    private static let columns = [
        TableColumn(id: "time", title: "RAISED", span: .fixed(16)),
        TableColumn(id: "budget", title: "BUDGET", span: .flexible(minimum: 20, weight: 2)),
        TableColumn(id: "reached", title: "REACHED", span: .fixed(10)),
        TableColumn(id: "used", title: "USED", span: .fixed(10), alignment: .trailing),
        TableColumn(id: "hard", title: "LIMIT", span: .fixed(10), alignment: .trailing),
    ]

    func row(_ alert: ListedAlert, _ context: ScreenContext) -> TableRow<ListedAlert.ID> {
        let reached = alert.id.threshold == 0 ? "soft limit" : "\(alert.id.threshold) %"
        return TableRow(
            id: alert.id,
            cells: [
                .text(SafeText(context.zone.minute(alert.raisedAt)), .muted),
                .text(SafeText(alert.holder(context), limit: 100)),
                .text(
                    SafeText(reached),
                    alert.id.threshold == 100 ? .error : .warning
                ),
                .text(SafeText(alert.metric.amount(alert.used))),
                .text(SafeText(alert.metric.amount(alert.hard))),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "Nothing waits: every alert was seen to."
        )
    }
}

extension ListedAlert {
    func holder(_ context: ScreenContext) -> String {
        "\(scope.holder(scopeID, context)), \(metric.rawValue)"
    }
}
