import Domain
import Terminal

/// One artifact: its fields and text, its history, and what the chosen version changed.
struct ArtifactScreen: ListScreen {
    static let kind = ScreenKind.artifact
    static let hasPane = true
    let place: TenantRef
    let id: ArtifactID
    private(set) var artifact: Artifact?
    private(set) var failure: DomainError?
    var list: Listing<ArtifactRevision, Int64>
    /// How many lines of the text were scrolled away.
    private(set) var scroll = 0

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

    mutating func scroll(by lines: Int) { scroll = max(0, scroll + lines) }

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
