import Domain
import Terminal

/// The legal holds of one tenant: whom it may not erase, and why.
struct HoldsScreen: ListScreen {
    static let kind = ScreenKind.holds
    let place: TenantRef
    var list = Listing<LegalHold, LegalHoldID>(columns: Self.columns)

    init(_ place: TenantRef) {
        self.place = place
    }

    var title: String { "Legal holds" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> {
        Set(list.ordered.flatMap { [$0.subject, $0.createdBy].compactMap(\.self) })
    }
    var status: String {
        [list.count("hold"), "newest first"].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.privacy(.holds(page)), place) }

    func made(in answer: ConsoleAnswer) -> LegalHoldID? {
        if case .privacy(.hold(let hold)) = answer { return hold.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<LegalHold>? {
        if case .privacy(.holds(let page)) = answer { return page }
        return nil
    }

    // On a narrow screen the day of placing folds first, then who placed it.
    private static let columns = [
        TableColumn(id: "state", title: "STATE", span: .fixed(8)),
        TableColumn(id: "about", title: "ON", span: .flexible(minimum: 12, weight: 2)),
        TableColumn(id: "reason", title: "REASON", span: .flexible(minimum: 14, weight: 3)),
        TableColumn(id: "by", title: "PLACED BY", span: .flexible(minimum: 10), foldOrder: 1),
        TableColumn(id: "at", title: "PLACED", span: .fixed(16), foldOrder: 2),
        TableColumn(id: "end", title: "LIFTED", span: .fixed(16)),
    ]

    func row(_ hold: LegalHold, _ context: ScreenContext) -> TableRow<LegalHoldID> {
        let about = hold.subject.map { context.name(of: $0) } ?? "everybody"
        return TableRow(
            id: hold.id,
            cells: [
                hold.isLive ? .text("holds", .warning) : .text("lifted", .muted),
                .text(SafeText(about, limit: 200)),
                .text(SafeText(hold.reason, limit: 500)),
                .text(SafeText(context.name(of: hold.createdBy), limit: 200), .muted),
                .text(SafeText(context.zone.minute(hold.createdAt)), .muted),
                .text(SafeText(hold.releasedAt.map { context.zone.minute($0) } ?? "–"), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "No legal hold was placed: people may be erased.\n"
                + "\(context.key("hold")) places one."
        )
    }
}

extension LegalHold {
    /// Whether it forbids an erasure.
    var isLive: Bool { releasedAt == nil }
}
