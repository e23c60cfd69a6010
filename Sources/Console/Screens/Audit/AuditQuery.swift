import Domain
import Terminal

/// The filter language of the audit trail, as typed and as sent.
struct AuditQuery: Hashable, Sendable {
    private(set) var text: String
    var filter = AuditFilter()
    /// The actor's name while it is not known who that is.
    var actor: String?

    static let keys = [
        "actor", "action", "resource", "outcome", "since", "until", "asof", "request",
    ]

    /// A query of everything; `text` is read later, when the time and the people are known.
    init(text: String) { self.text = text }

    init(parsing text: String, _ context: ScreenContext) throws(DomainError) {
        let words = try FilterWords(text, known: Self.keys)
        if let word = words.words.first {
            throw .filter(
                "The audit trail has no search for \"\(word)\".",
                hint: "Filters are \(Self.keys.map { $0 + ":" }.listed)."
            )
        }
        filter = AuditFilter(
            action: try words.value("action"),
            outcome: try words.choice("outcome", of: AuditEntry.Outcome.self),
            from: try words.moment("since", context),
            to: try words.moment("until", context),
            requestID: try words.value("request")
        )
        if let past = try words.lastMoment("asof", context) {
            filter.to = min(past, filter.to ?? past)
        }
        if let resource = try words.value("resource") {
            let parts = resource.split(separator: ":", maxSplits: 1).map(String.init)
            filter.resourceType = parts.first
            filter.resourceID = parts.count == 2 ? parts[1] : nil
        }
        if let name = try words.value("actor") {
            switch PersonName(name, context) {
            case .known(let id): filter.actor = id
            case .unknown(let name): actor = name
            }
        }
        self.text = text.trimmed
    }
}
