import Domain
import Terminal

/// The serving processes, and what each measured last.
struct ProcessesScreen: PlainListScreen {
    static let kind = ScreenKind.processes
    var list = Listing<NodeFigures, ProcessID>(columns: Self.columns)
    private var at: Instant?

    /// A process by where and since when it runs.
    struct ProcessID: Hashable, Sendable {
        var host: String
        var startedAt: Instant
    }

    var title: String { "Processes" }
    var status: String { list.count("process") }

    func ask(_ page: PageRequest) -> Ask? { .platform(.overview) }

    func page(in answer: ConsoleAnswer) -> Page<NodeFigures>? {
        guard case .overview(let overview) = answer else { return nil }
        return Page(items: overview.health?.nodes ?? [], next: nil, hasPrevious: false)
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case .overview(let overview) = answer { at = overview.health?.at }
        takePage(answer, for: slot, context)
        return []
    }

    // Below 120 columns the connections in vain fold first, then the start, then the median.
    private static let columns = [
        TableColumn(id: "host", title: "HOST", span: .flexible(minimum: 12, weight: 2)),
        TableColumn(id: "started", title: "STARTED", span: .fixed(16), foldOrder: 2),
        TableColumn(id: "report", title: "REPORTED", span: .fixed(10)),
        TableColumn(id: "requests", title: "REQUESTS", span: .fixed(8), alignment: .trailing),
        TableColumn(id: "failed", title: "FAILED", span: .fixed(8), alignment: .trailing),
        TableColumn(
            id: "median",
            title: "P50",
            span: .fixed(8),
            alignment: .trailing,
            foldOrder: 1
        ),
        TableColumn(id: "slowest", title: "P99", span: .fixed(8), alignment: .trailing),
        TableColumn(id: "pool", title: "IN USE", span: .fixed(8), alignment: .trailing),
        TableColumn(id: "waiting", title: "WAITING", span: .fixed(7), alignment: .trailing),
        TableColumn(
            id: "vain",
            title: "IN VAIN",
            span: .fixed(7),
            alignment: .trailing,
            foldOrder: 3
        ),
    ]

    func row(_ node: NodeFigures, _ context: ScreenContext) -> TableRow<ProcessID> {
        let age = node.measuredAt.duration(to: at ?? context.now)
        let isSilent = age > PlatformHealth.patience
        let isSlow = node.slowest.map { $0 > .seconds(1) } ?? false
        return TableRow(
            id: ProcessID(host: node.host, startedAt: node.startedAt),
            cells: [
                .text(SafeText(node.host, limit: 100)),
                .text(SafeText(context.zone.minute(node.startedAt)), .muted),
                signed("\(Format.elapsedSeconds(age)) ago", isSilent),
                .text(SafeText(Format.count(node.requests))),
                signed(Format.count(node.errors), node.errors > 0),
                .text(SafeText(node.median.map(Format.precise) ?? "–")),
                signed(node.slowest.map(Format.precise) ?? "–", isSlow),
                .text(SafeText("\(node.pool.inUse)/\(node.pool.size)")),
                signed(Format.count(node.pool.waiting), node.pool.waiting > 0),
                .text(SafeText(Format.count(node.pool.timeouts)), .muted),
            ]
        )
    }

    /// A value with a sign when somebody should look at it.
    private func signed(_ text: String, _ isWarning: Bool) -> TableCell {
        let role: Terminal.Role = isWarning ? .warning : .text
        return .text(role.sign + SafeText(text), role)
    }

    var emptyText: String { "No process serves.\nghostworks serve starts one." }
}
