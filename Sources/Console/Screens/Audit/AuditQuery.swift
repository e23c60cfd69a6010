import Domain
import Terminal

/// The filter of the audit trail, as typed and as sent.
struct AuditQuery: Hashable, Sendable {
    private(set) var text: String
    var filter = AuditFilter()
    /// A name in the filter while it is not known who that is.
    private(set) var actor: FilterText.Value?
    private var known: [String: UserID] = [:]

    /// A query of everything; `text` is read later, when the time and the people are known.
    init(text: String) { self.text = text }

    init(parsing text: String, _ context: ScreenContext) throws(DomainError) {
        self.text = text.trimmed
        try read(context)
    }

    /// Notes who is meant by the name, now that it is known; another one may be unknown still.
    mutating func name(actor id: UserID, _ context: ScreenContext) throws(DomainError) {
        if let actor { known[actor.text] = id }
        try read(context)
    }

    private mutating func read(_ context: ScreenContext) throws(DomainError) {
        let reading = try FilterReading(text, .audit)
        actor = nil
        for name in reading.people where known[name.text] == nil {
            switch PersonName(name.text, context) {
            case .known(let id): known[name.text] = id
            case .unknown:
                actor = name
                return
            }
        }
        filter = try AuditFilter(reading, context.clock, people: known)
    }
}
