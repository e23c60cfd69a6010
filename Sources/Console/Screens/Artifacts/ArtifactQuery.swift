import Domain
import Terminal

/// The filter of the artifact list as typed and as sent.
struct ArtifactQuery: Hashable, Sendable {
    private(set) var text: String
    /// Nil only when no filter can be made, which the rules of an empty one exclude.
    private(set) var filter: ArtifactFilter?
    /// The author's name while it is not known who that is.
    var author: String?
    /// Whether the answer stood in the order of relevance.
    var isRanked = false

    static let keys = ["tag", "author", "from", "to", "deleted"]

    /// A query of everything; `text` is read later, when the time and the people are known.
    init(text: String, order: ArtifactOrder) {
        self.text = text
        filter = try? ArtifactFilter(order: order)
    }

    init(
        parsing text: String,
        order: ArtifactOrder,
        _ context: ScreenContext
    ) throws(DomainError) {
        let words = try FilterWords(text, known: Self.keys)
        let deleted = try Self.isYes(words.value("deleted"))
        guard !deleted || words.text == nil else {
            throw .filter(
                "Deleted artifacts cannot be searched by words.",
                hint: "Write deleted:yes with tag:, author:, from: or to:."
            )
        }
        var filter = try ArtifactFilter(
            query: words.text,
            tags: words.values("tag"),
            createdFrom: try words.moment("from", context),
            createdTo: try words.moment("to", context),
            deleted: deleted,
            order: order
        )
        if let name = try words.value("author") {
            switch PersonName(name, context) {
            case .known(let id): filter.author = id
            case .unknown(let name): author = name
            }
        }
        self.filter = filter
        self.text = text.trimmed
    }

    var order: ArtifactOrder {
        get { filter?.order ?? .newest }
        set { filter?.order = newValue }
    }

    var showsDeleted: Bool { filter?.deleted ?? false }

    /// Notes who the author is, now that it is known.
    mutating func name(author id: UserID) { filter?.author = id }

    private static func isYes(_ text: String?) throws(DomainError) -> Bool {
        switch text?.lowercased() {
        case nil, "no": return false
        case "yes": return true
        default:
            throw .filter("The filter deleted: is yes or no.", hint: "Write deleted:yes.")
        }
    }

    /// Shows the deleted artifacts, or the others again; words of a search go, because deleted
    /// artifacts are not searched.
    mutating func toggleDeleted() {
        filter?.deleted.toggle()
        filter?.query = nil
        let rest = ((try? FilterWords(text, known: Self.keys))?.pairs ?? [])
            .filter { $0.key != "deleted" }
            .map { key, value in
                value.contains(where: \.isWhitespace) ? "\(key):\"\(value)\"" : "\(key):\(value)"
            }
        text = (rest + (showsDeleted ? ["deleted:yes"] : []))
            .joined(separator: " ")
    }
}

extension ArtifactOrder {
    var words: String {
        switch self {
        case .newest: "newest first"
        case .recentlyUpdated: "recently updated first"
        case .name: "sorted by name"
        }
    }
}
