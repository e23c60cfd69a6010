import Domain
import Terminal

/// One artifact: its fields and text, its history, and what the chosen version changed.
struct ArtifactScreen: ListScreen, TextScreen {
    static let kind = ScreenKind.artifact
    static let hasPane = true
    let place: TenantRef
    let id: ArtifactID
    private(set) var artifact: Artifact?
    private(set) var failure: DomainError?
    var list: Listing<ArtifactRevision, Int64>
    private(set) var scrolled = Scrolled()
    var search: TextSearch?

    /// How many lines were scrolled away.
    struct Scrolled: Hashable, Sendable {
        var text = 0
        /// Those of the changes of a version, to a hit.
        var changes = 0
        var version: Int64?
    }

    init(_ artifact: Artifact, in place: TenantRef) {
        self.init(id: artifact.id, in: place)
        self.artifact = artifact
    }

    init(id: ArtifactID, in place: TenantRef) {
        self.id = id
        self.place = place
        list = Listing(columns: Self.columns)
    }

    var title: String { artifact?.name ?? "Artifact" }
    var tenant: TenantRef? { place }
    var status: String { list.count("version") }

    var people: Set<UserID> {
        let authors = artifact.map { [$0.createdBy, $0.updatedBy] } ?? []
        return Set(list.ordered.map(\.actor) + authors)
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.artifacts(.revisions(id, page)), place) }

    func page(in answer: ConsoleAnswer) -> Page<ArtifactRevision>? {
        if case .revisions(let page) = answer { return page }
        return nil
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .tenant(.artifacts(.find(id)), place))]
            + listAsk(isRefresh ? .refresh : .first)
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case .artifact(let artifact) = answer {
            self.artifact = artifact
            failure = nil
        }
        takePage(answer, for: slot, context)
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if slot == .detail { failure = error } else { list.fail(error) }
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        if case .artifact(let changed) = answer, changed.id == id { artifact = changed }
    }

    mutating func scroll(by lines: Int) { scrolled.text = max(0, scrolled.text + lines) }

    /// The text itself, then what the chosen version changed.
    func text(_ context: ScreenContext) -> [TextLine] {
        body(context.area) + changes(context.area)
    }

    func start(_ context: ScreenContext) -> Int { scrolled.text }

    mutating func reveal(_ line: Int, _ context: ScreenContext) {
        let body = body(context.area).count
        if line < body {
            scrolled.text = Self.top(of: scrolled.text, for: line, rows: bodyRows(context))
        } else if let version = list.paned?.version {
            let rows = changesRows(context.area)
            let top = Self.top(of: changesScroll, for: line - body, rows: rows)
            (scrolled.version, scrolled.changes) = (version, top)
        }
    }

    /// How many lines of the shown changes were scrolled away.
    var changesScroll: Int { scrolled.version == list.paned?.version ? scrolled.changes : 0 }

    /// The first line to show, so that one is in sight above the line that counts the rest.
    private static func top(of current: Int, for line: Int, rows: Int) -> Int {
        (current..<current + max(1, rows - 1)).contains(line) ? current : max(0, line - rows / 3)
    }

    private static let columns = [
        TableColumn(id: "version", title: "V", span: .fixed(5), alignment: .trailing),
        TableColumn(id: "at", title: "WHEN", span: .fixed(16), foldOrder: 1),
        TableColumn(id: "by", title: "BY", span: .flexible(minimum: 8, weight: 1)),
        TableColumn(id: "what", title: "WHAT", span: .flexible(minimum: 8, weight: 2)),
    ]

    func row(_ revision: ArtifactRevision, _ context: ScreenContext) -> TableRow<Int64> {
        TableRow(
            id: revision.version,
            cells: [
                .text(SafeText("\(revision.version)")),
                .text(SafeText(context.zone.minute(revision.at))),
                .text(SafeText(context.name(of: revision.actor), limit: 60)),
                .text(SafeText(revision.summary), .muted),
            ]
        )
    }
}
