import Domain
import Terminal

/// The filter of the artifact list as typed and as sent.
struct ArtifactQuery: Ordered, Hashable, Sendable {
    private(set) var text: String
    /// Nil only when no filter can be made, which the rules of an empty one exclude.
    private(set) var filter: ArtifactFilter?
    /// The author's name while it is not known who that is.
    private(set) var author: FilterText.Value?
    private var known: [String: UserID] = [:]
    /// Whether the answer stood in the order of relevance.
    var isRanked = false

    /// A query of everything; `text` is read later, when the time and the people are known.
    init(text: String) {
        self.text = text
        filter = try? ArtifactFilter()
    }

    init(
        parsing text: String,
        sortedAs before: ArtifactQuery,
        _ context: ScreenContext
    ) throws(DomainError) {
        self.text = text.trimmed
        filter = try ArtifactFilter(order: before.order, isReversed: before.isReversed)
        try read(context)
    }

    private mutating func read(_ context: ScreenContext) throws(DomainError) {
        let reading = try FilterReading(text, .artifacts)
        author = nil
        for name in reading.people where known[name.text] == nil {
            switch PersonName(name.text, context) {
            case .known(let id): known[name.text] = id
            case .unknown:
                author = name
                return
            }
        }
        filter = try ArtifactFilter(
            reading,
            context.clock,
            people: known,
            order: order,
            isReversed: isReversed
        )
    }

    var order: ArtifactOrder {
        get { filter?.order ?? .newest }
        set { filter?.order = newValue }
    }

    /// Whether the order is turned round.
    var isReversed: Bool {
        get { filter?.isReversed ?? false }
        set { filter?.isReversed = newValue }
    }

    /// Takes an order by its name; one that does not exist changes nothing.
    mutating func sort(by sorting: ListSorting) {
        guard let order = ArtifactOrder(named: sorting.name) else { return }
        self.order = order
        isReversed = sorting.isReversed
    }

    /// Whether there are words, which bring the best first.
    var hasWords: Bool { filter?.query?.contains { !$0.isWhitespace } ?? false }

    var showsDeleted: Bool { filter?.deleted ?? false }

    /// Notes who the author is, now that it is known.
    mutating func name(author id: UserID, _ context: ScreenContext) throws(DomainError) {
        if let author { known[author.text] = id }
        try read(context)
    }

    /// Shows the deleted artifacts, or the others again; words of a search go, because deleted
    /// artifacts are not searched.
    mutating func toggleDeleted() {
        filter?.deleted.toggle()
        filter?.query = nil
        let rest = ((try? FilterText(text))?.terms ?? []).filter { $0.key != "deleted" }
            .map(\.source)
        text = (rest + (showsDeleted ? ["deleted:yes"] : []))
            .joined(separator: " ")
    }
}

extension ArtifactOrder: NamedOrder {
    var name: String {
        switch self {
        case .newest: "newest"
        case .recentlyUpdated: "updated"
        case .name: "name"
        }
    }

    var words: (usual: String, reversed: String) {
        switch self {
        case .newest: ("newest first", "oldest first")
        case .recentlyUpdated: ("recently updated first", "longest unchanged first")
        case .name: ("sorted by name", "sorted by name, the last first")
        }
    }

    /// The order that has this name, or was kept under its name in queries.
    init?(named name: String) {
        guard let order = Self.allCases.first(where: { $0.name == name || $0.rawValue == name })
        else { return nil }
        self = order
    }
}
