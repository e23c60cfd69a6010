import Domain

/// A filter that may name people, who have to be found before it can be sent.
protocol PeopleFilter: Hashable, Sendable {
    static var schema: FilterSchema { get }
    /// Lets all through.
    static var everything: Self { get }

    init(
        _ reading: FilterReading,
        _ clock: FilterClock,
        people: [String: UserID]
    ) throws(DomainError)
}

/// A filter as typed and as sent.
struct PeopleQuery<Filter: PeopleFilter>: Hashable, Sendable {
    private(set) var text: String
    var filter = Filter.everything
    /// A name in the filter while it is not known who that is.
    private(set) var person: FilterText.Value?
    private var known: [String: UserID] = [:]

    /// A query of everything; `text` is read later, when the time and the people are known.
    init(text: String) { self.text = text }

    init(parsing text: String, _ context: ScreenContext) throws(DomainError) {
        self.text = text.trimmed
        try read(context)
    }

    /// Notes who is meant by the name, now that it is known; another one may be unknown still.
    mutating func name(_ id: UserID, _ context: ScreenContext) throws(DomainError) {
        if let person { known[person.text] = id }
        try read(context)
    }

    private mutating func read(_ context: ScreenContext) throws(DomainError) {
        let reading = try FilterReading(text, Filter.schema)
        person = nil
        for name in reading.people where known[name.text] == nil {
            switch PersonName(name.text, context) {
            case .known(let id): known[name.text] = id
            case .unknown:
                person = name
                return
            }
        }
        filter = try Filter(reading, context.clock, people: known)
    }
}
