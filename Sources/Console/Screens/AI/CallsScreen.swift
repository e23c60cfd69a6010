import Domain
import Terminal

/// Calls to models: those in flight, or all of them.
struct CallsScreen: ListScreen {
    static let kind = ScreenKind.calls
    let place: TenantRef
    var list: Listing<AICallRecord, AICallID>
    private(set) var onlyRunning = true
    private var query = CallQuery(text: "")

    init(_ place: TenantRef) {
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { onlyRunning ? "AI calls in flight" : "AI calls" }
    var tenant: TenantRef? { place }
    var status: String {
        let filter = query.text.isEmpty ? "" : "filter: \(query.text)"
        return [list.count("call"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }
    var people: Set<UserID> { Set(list.items.values.compactMap(\.caller.user)) }

    var filterText: String? { query.text }

    func ask(_ page: PageRequest) -> Ask? {
        var filter = query.filter
        if onlyRunning { filter.states = Among(.inFlight) }
        return .tenant(.ai(.calls(filter, page)), place)
    }

    func page(in answer: ConsoleAnswer) -> Page<AICallRecord>? {
        if case .ai(.calls(let page)) = answer { return page }
        return nil
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case (.author, .members(let page)) = (slot, answer) { return takeMember(page, context) }
        takePage(answer, for: slot, context)
        return []
    }

    private mutating func takeMember(
        _ page: Page<Member>,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        takePerson(query.person, among: page.people) { (screen, id) throws(DomainError) in
            try screen.query.name(id, context)
            return screen.asksForList()
        }
    }

    /// A filter is about all calls, those in flight or not.
    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try CallQuery(parsing: text, context)
        onlyRunning = text.isEmpty && onlyRunning
        list.clear()
        return asksForList()
    }

    /// The list, or first who is meant by a name in the filter.
    private func asksForList() -> [SlotAsk] {
        query.person.map { PersonName.search($0.text, in: place) } ?? listAsk(.first)
    }

    /// Shows the calls that have ended as well, or only those in flight again.
    mutating func toggle() -> [SlotAsk] {
        onlyRunning.toggle()
        list.clear()
        return listAsk(.first)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .ai(.cancelled(let call)) = answer else { return }
        let screen = self
        list.replace(call, now: context.now) { screen.row($0, context) }
    }

    // Below 80 columns who called folds first, then the purpose.
    private static let columns = [
        TableColumn(id: "time", title: "MADE", span: .fixed(16)),
        TableColumn(id: "state", title: "STATE", span: .fixed(12)),
        TableColumn(id: "model", title: "MODEL", span: .flexible(minimum: 14, weight: 2)),
        TableColumn(
            id: "purpose",
            title: "PURPOSE",
            span: .flexible(minimum: 8, weight: 1),
            foldOrder: 1
        ),
        TableColumn(
            id: "who",
            title: "WHO",
            span: .flexible(minimum: 10, weight: 1),
            foldOrder: 2
        ),
        TableColumn(id: "tokens", title: "TOKENS", span: .fixed(8), alignment: .trailing),
        TableColumn(id: "cost", title: "COST", span: .fixed(9), alignment: .trailing),
    ]

    func row(_ call: AICallRecord, _ context: ScreenContext) -> TableRow<AICallID> {
        TableRow(
            id: call.id,
            cells: [
                .text(SafeText(context.zone.minute(call.times.reserved)), .muted),
                .text(SafeText(call.stateText), call.role),
                .text(SafeText(call.way.model, limit: 100)),
                .text(SafeText(call.caller.purpose, limit: 100)),
                .text(SafeText(context.name(of: call.caller.user), limit: 100)),
                .text(SafeText(Format.short(call.usage.total))),
                .text(SafeText(Format.money(call.money.charge))),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: onlyRunning
                ? "No call is in flight.\n\(context.key("running")) shows those that have ended."
                : "No call was made."
        )
    }
}

extension AICallRecord {
    var stateText: String {
        if state == .inFlight, times.cancelRequested != nil { return "ending" }
        return state.rawValue.replacing("_", with: " ")
    }

    var role: Terminal.Role {
        switch state {
        case .inFlight: .accent
        case .settled: .good
        case .released, .settledLate: .muted
        case .expired, .rejected: .warning
        }
    }
}
