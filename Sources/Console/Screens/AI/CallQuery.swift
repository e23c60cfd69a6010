import Domain

/// The filter of the calls to models, as typed and as sent.
struct CallQuery: Hashable, Sendable {
    private(set) var text: String
    private(set) var filter = AICallFilter()
    /// A name in the filter while it is not known who that is.
    private(set) var member: FilterText.Value?
    private var known: [String: UserID] = [:]

    init(text: String) { self.text = text }

    init(parsing text: String, _ context: ScreenContext) throws(DomainError) {
        self.text = text.trimmed
        try read(context)
    }

    /// Notes who is meant by the name, now that it is known; another one may be unknown still.
    mutating func name(member id: UserID, _ context: ScreenContext) throws(DomainError) {
        if let member { known[member.text] = id }
        try read(context)
    }

    private mutating func read(_ context: ScreenContext) throws(DomainError) {
        let reading = try FilterReading(text, .calls)
        member = nil
        for name in reading.people where known[name.text] == nil {
            switch PersonName(name.text, context) {
            case .known(let id): known[name.text] = id
            case .unknown:
                member = name
                return
            }
        }
        filter = try AICallFilter(reading, context.clock, people: known)
    }
}
