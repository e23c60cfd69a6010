import Domain
import Terminal

/// The documents of a tenant, with a preview beside them.
struct ArtifactsScreen: ListScreen, OrderedScreen {
    static let kind = ScreenKind.artifacts
    let place: TenantRef
    var list: Listing<Artifact, ArtifactID>
    private(set) var query: ArtifactQuery
    private(set) var preview = Preview()

    /// What the preview shows, and what it will show.
    ///
    /// It follows the selection once that rests: going through the list then costs two rows a key
    /// and not a screen of text.
    struct Preview: Hashable, Sendable {
        var artifact: ArtifactID?
        var revisions: [ArtifactRevision] = []
        /// When the selected artifact is shown and its history asked for.
        var due: Instant?
    }

    private static let pause = Duration.milliseconds(200)
    private static let historyLength = 6

    init(_ place: TenantRef, filter: String?, order: String?) {
        self.place = place
        query = ArtifactQuery(text: filter ?? "")
        if let order { query.sort(by: ListSorting(kept: order)) }
        list = Listing(columns: Self.columns, sort: Self.sort(query))
    }

    var title: String { query.showsDeleted ? "Deleted artifacts" : "Artifacts" }
    var tenant: TenantRef? { place }
    var filterText: String? { query.text }

    var people: Set<UserID> {
        let authors = list.ordered.flatMap { [$0.createdBy, $0.updatedBy] }
        return Set(authors + preview.revisions.map(\.actor))
    }

    var wake: Instant? { [list.pulseUntil, preview.due].compactMap(\.self).min() }

    var asksSoon: Bool { preview.due != nil }

    var status: String {
        let filter = query.text.isEmpty ? "" : "filter: \(query.text)"
        let order = query.isRanked ? "best first" : sortWords
        return [list.count("artifact"), filter, order].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? {
        query.filter.map { .tenant(.artifacts(.list($0, page)), place) }
    }

    func made(in answer: ConsoleAnswer) -> ArtifactID? {
        if case .artifact(let artifact) = answer { return artifact.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<Artifact>? {
        if case .artifacts(let found) = answer { return found.page }
        return nil
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        switch (slot, answer) {
        case (.recent, .revisions(let page)):
            preview.revisions = page.items
        case (.author, .members(let page)): return takeAuthor(page, context)
        default:
            if case .artifacts(let found) = answer { query.isRanked = found.ranked }
            takePage(answer, for: slot, context)
            schedulePreview(context)
        }
        return []
    }

    private mutating func takeAuthor(
        _ page: Page<Member>,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        takePerson(query.author, among: page.people) { (screen, id) throws(DomainError) in
            try screen.query.name(author: id, context)
            return screen.listAsk(.first)
        }
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try ArtifactQuery(parsing: text, sortedAs: query, context)
        list.clear()
        if let author = query.author { return PersonName.search(author.text, in: place) }
        return listAsk(.first)
    }

    static let orders = ArtifactOrder.listOrders

    var sorting: ListSorting {
        ListSorting(name: query.order.name, isReversed: query.isReversed)
    }

    var reverseObstacle: String? {
        query.hasWords ? "Words of a filter bring what fits them best first." : nil
    }

    mutating func sort(by sorting: ListSorting) -> [SlotAsk] {
        query.sort(by: sorting)
        list.table.sort = Self.sort(query)
        list.restart()
        return listAsk(.first)
    }

    mutating func toggleDeleted(_ context: ScreenContext) -> [SlotAsk] {
        query.toggleDeleted()
        list.clear()
        return listAsk(.first)
    }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        let visible = Table<ArtifactID>.visibleRows(in: listArea(in: context.area))
        switch list.press(key, visible: visible) {
        case .ignored: return nil
        case .moved:
            schedulePreview(context)
            return []
        case .wants(let place):
            schedulePreview(context)
            return listAsk(place)
        }
    }

    private mutating func schedulePreview(_ context: ScreenContext) {
        guard previewArea(in: context.area) != nil, let selected = list.table.selection else {
            return
        }
        // Nothing of what is gone stays in sight, and the first is there at once.
        if let shown = preview.artifact, list.items[shown] == nil { preview = Preview() }
        guard preview.artifact != selected else {
            preview.due = nil
            return
        }
        preview.due = context.now.advanced(by: Self.pause)
    }

    /// What the preview is about: the selection, once that rests.
    var previewed: Artifact? {
        guard preview.due != nil, let shown = preview.artifact else { return list.selected }
        return list.items[shown]
    }

    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        list.settle(context.now)
        guard let due = preview.due, due <= context.now, let artifact = list.table.selection,
            let page = try? PageRequest(limit: Self.historyLength)
        else { return [] }
        preview = Preview(artifact: artifact)
        return [SlotAsk(.recent, .tenant(.artifacts(.revisions(artifact, page)), place))]
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if slot != .recent { list.fail(error) }
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .artifact(let artifact) = answer else { return }
        if (artifact.deletedAt != nil) != query.showsDeleted { return list.remove(artifact.id) }
        let screen = self
        list.replace(artifact, now: context.now) { screen.row($0, context) }
        if preview.artifact == artifact.id { preview.artifact = nil }
        schedulePreview(context)
    }

    mutating func forget(_ artifact: ArtifactID) { list.remove(artifact) }
}
