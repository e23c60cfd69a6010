import Domain
import Terminal

/// The tenants of the platform.
struct TenantsScreen: ListScreen, OrderedScreen {
    static let kind = ScreenKind.tenants
    var list: Listing<TenantSummary, TenantID>
    private(set) var query: TenantFilter
    private(set) var text: String

    init(filter: String?, order: String?) {
        text = filter ?? ""
        query = TenantFilter()
        if let order { query.sort(by: ListSorting(kept: order)) }
        list = Listing(columns: Self.columns, sort: Self.sort(query))
    }

    var title: String { "Tenants" }
    var filterText: String? { text }
    var sorting: ListSorting {
        ListSorting(name: query.order.name, isReversed: query.isReversed)
    }
    static let orders = TenantFilter.Order.listOrders

    var status: String {
        let filter = text.isEmpty ? nil : "filter: \(text)"
        return [list.count("tenant"), filter, sortWords].compactMap(\.self)
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.tenants(query, page)) }

    func made(in answer: ConsoleAnswer) -> TenantID? {
        if case .tenant(let tenant) = answer { return tenant.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<TenantSummary>? {
        if case .tenants(let page) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try TenantFilter(
            FilterReading(text, .tenants),
            context.clock,
            order: query.order,
            isReversed: query.isReversed
        )
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    mutating func sort(by sorting: ListSorting) -> [SlotAsk] {
        query.sort(by: sorting)
        list.table.sort = Self.sort(query)
        list.restart()
        return listAsk(.first)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        let tenant: Tenant
        switch answer {
        case .tenant(let changed): tenant = changed
        case .tenantDetail(let detail): tenant = detail.tenant
        default: return
        }
        guard var summary = list.items[tenant.id] else { return }
        summary.status = tenant.status
        summary.plan = tenant.plan
        summary.name = tenant.name
        let screen = self
        list.replace(summary, now: context.now) { screen.row($0, context) }
    }
}

extension TenantsScreen {
    // Below 80 columns the figures fold first, the slug last.
    static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 16, weight: 3)),
        TableColumn(
            id: "slug",
            title: "SLUG",
            span: .flexible(minimum: 12, weight: 2),
            foldOrder: 1
        ),
        TableColumn(id: "plan", title: "PLAN", span: .fixed(10), foldOrder: 2),
        TableColumn(id: "status", title: "STATUS", span: .fixed(9)),
        TableColumn(
            id: "members",
            title: "MEMBERS",
            span: .fixed(7),
            alignment: .trailing,
            foldOrder: 3
        ),
        TableColumn(
            id: "ai",
            title: "AI TOKENS",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 5
        ),
        TableColumn(
            id: "cost",
            title: "AI COST",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 7
        ),
        TableColumn(
            id: "artifacts",
            title: "ARTIFACTS",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 8
        ),
        TableColumn(
            id: "storage",
            title: "STORAGE",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 6
        ),
        TableColumn(id: "newest", title: "CREATED", span: .fixed(12), foldOrder: 4),
    ]

    static func sort(_ query: TenantFilter) -> TableSort {
        let order = query.order
        return TableSort(
            column: order == .tokens ? "ai" : order.rawValue,
            isAscending: query.isAscending
        )
    }

    func row(_ tenant: TenantSummary, _ context: ScreenContext) -> TableRow<TenantID> {
        let figures = tenant.figures
        func figure(_ text: String?) -> TableCell { .text(SafeText(text ?? "–")) }
        return TableRow(
            id: tenant.id,
            cells: [
                .text(SafeText(tenant.name, limit: 200)),
                .text(SafeText(tenant.slug)),
                .text(SafeText(tenant.plan.rawValue)),
                // What is as it should be has no colour: of many rows the others are looked for.
                .text(
                    SafeText(tenant.status.rawValue),
                    tenant.status == .active ? .text : tenant.status.role
                ),
                figure(figures.map { Format.count($0.members) }),
                figure(figures.map { Format.short($0.aiTokens) }),
                figure(figures.map { Format.money($0.aiCostNano) }),
                figure(figures.map { Format.count($0.artifacts) }),
                figure(figures.map { Format.bytes($0.storageBytes) }),
                .text(SafeText(context.zone.day(tenant.createdAt))),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "No tenant exists yet.\nn provisions one."
            : "No tenant fits \"\(text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

extension TenantFilter {
    /// Takes an order by its name; one that does not exist changes nothing.
    fileprivate mutating func sort(by sorting: ListSorting) {
        guard let order = Order(rawValue: sorting.name) else { return }
        self.order = order
        isReversed = sorting.isReversed
    }
}

extension TenantFilter.Order: NamedOrder {
    var name: String { rawValue }

    var words: (usual: String, reversed: String) {
        switch self {
        case .newest: ("newest first", "oldest first")
        case .name: ("sorted by name", "sorted by name, the last first")
        case .members: ("most members first", "fewest members first")
        case .tokens: ("most AI tokens first", "fewest AI tokens first")
        case .cost: ("highest AI cost first", "lowest AI cost first")
        case .artifacts: ("most artifacts first", "fewest artifacts first")
        case .storage: ("most storage first", "least storage first")
        }
    }
}

extension TenantStatus {
    var role: Terminal.Role {
        switch self {
        case .active: .good
        case .suspended: .warning
        case .deleted: .error
        }
    }
}
