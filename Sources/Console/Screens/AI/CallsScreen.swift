import Domain
import Terminal

/// Calls to models: those in flight, looked at again every few seconds, or all of them.
struct CallsScreen: ListScreen {
    static let kind = ScreenKind.calls
    let place: TenantRef
    var list: Listing<AICallRecord, AICallID>
    private(set) var onlyRunning = true
    private var lookAt: Instant?

    /// How long a picture of what is in flight is good.
    static let pause = Duration.seconds(3)

    init(_ place: TenantRef) {
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { onlyRunning ? "AI calls in flight" : "AI calls" }
    var tenant: TenantRef? { place }
    var status: String {
        let note = onlyRunning ? "looked at every 3 seconds" : ""
        return [list.count("call"), note].filter { !$0.isEmpty }.joined(separator: " · ")
    }
    var people: Set<UserID> { Set(list.items.values.compactMap(\.caller.user)) }
    var wake: Instant? { [list.pulseUntil, lookAt].compactMap(\.self).min() }

    func ask(_ page: PageRequest) -> Ask? {
        let filter = AICallFilter(state: onlyRunning ? .inFlight : nil)
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
        takePage(answer, for: slot, context)
        lookAt = onlyRunning ? context.now.advanced(by: Self.pause) : nil
        return []
    }

    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        list.settle(context.now)
        guard let due = lookAt, due <= context.now else { return [] }
        lookAt = nil
        return listAsk(.refresh)
    }

    /// Shows the calls that have ended as well, or only those in flight again.
    mutating func toggle() -> [SlotAsk] {
        onlyRunning.toggle()
        lookAt = nil
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
                ? "No call is in flight.\nv shows those that have ended." : "No call was made."
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
