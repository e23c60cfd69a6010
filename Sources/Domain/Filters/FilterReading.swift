/// A filter that was held against the schema of its list: every key is known, and every value
/// that can be judged without the database is one.
package struct FilterReading: Hashable, Sendable {
    package let text: FilterText
    /// The terms by the first name of their key.
    private let terms: [String: [FilterText.Term]]
    /// The people who are named other than by their id.
    package let people: [FilterText.Value]

    /// - Throws: A validation error with the column of what is wrong.
    package init(_ source: String, _ schema: FilterSchema) throws(DomainError) {
        text = try FilterText(source)
        var terms: [String: [FilterText.Term]] = [:]
        var people: [FilterText.Value] = []
        for term in text.terms {
            let key = try schema.key(of: term)
            try key.check(term, after: terms[key.name] ?? [])
            terms[key.name, default: []].append(term)
            if key.kind == .person { people += term.values.filter { UserID($0.text) == nil } }
        }
        if schema.words == nil, let word = text.words.first {
            throw .filter(
                "This list has no search for \"\(Validation.quotable(word.text))\".",
                at: word.column,
                hint: "Filters are \(schema.names)."
            )
        }
        guard people.count <= Self.mostPeople else {
            throw .filter(
                "A filter names at most \(Self.mostPeople) people.",
                at: people[Self.mostPeople].column,
                hint: "Ids are not counted."
            )
        }
        self.terms = terms
        self.people = people
    }

    /// Each has to be looked for.
    package static let mostPeople = 8

    /// The plain words as one text.
    package var words: String? {
        text.words.isEmpty ? nil : text.words.map(\.text).joined(separator: " ")
    }

    func value(_ key: String) -> FilterText.Value? { terms[key]?.first?.values.first }

    func values(_ key: String) -> [FilterText.Value] { (terms[key] ?? []).flatMap(\.values) }

    func among(_ key: String) -> Among<FilterText.Value> {
        let all = terms[key] ?? []
        return Among(
            any: all.filter { !$0.isNegated }.flatMap(\.values),
            none: all.filter(\.isNegated).flatMap(\.values)
        )
    }

    func texts(_ key: String) throws(DomainError) -> Among<String> {
        try among(key).map { (value) throws(DomainError) in value.text }
    }

    func choices<Value: RawRepresentable & Hashable & Sendable>(
        _ key: String,
        of _: Value.Type = Value.self
    ) throws(DomainError) -> Among<Value> where Value.RawValue == String {
        try among(key).map { (value) throws(DomainError) in
            guard let choice = Value(rawValue: value.text.lowercased()) else {
                throw .filter("There is no such \(key).", at: value.column)
            }
            return choice
        }
    }

    func isYes(_ key: String) -> Bool? { value(key).map { $0.text.lowercased() == "yes" } }

    func instant(_ key: String, _ clock: FilterClock) -> Instant? {
        value(key).flatMap { FilterTime($0.text) }.map(clock.instant)
    }

    /// The same, where a day means its end: what was known when it was over.
    func lastInstant(_ key: String, _ clock: FilterClock) -> Instant? {
        guard let time = value(key).flatMap({ FilterTime($0.text) }) else { return nil }
        let instant = clock.instant(time)
        switch time {
        case .day, .dayAgo: return instant.advanced(by: .seconds(86_400))
        case .instant, .ago: return instant
        }
    }

    /// The people of a key; who a name stands for is known by now.
    func people(_ key: String, _ known: [String: UserID]) throws(DomainError) -> Among<UserID> {
        try among(key).map { (value) throws(DomainError) in
            guard let id = UserID(value.text) ?? known[value.text] else {
                throw .filter(
                    "Nobody here is called \"\(Validation.quotable(value.text))\".",
                    at: value.column,
                    hint: "Write the whole mail address, or an id."
                )
            }
            return id
        }
    }
}

extension FilterSchema {
    /// The keys as an error lists them.
    var names: String {
        let names = keys.map { "\($0.name):" }
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    fileprivate func key(of term: FilterText.Term) throws(DomainError) -> FilterKey {
        if let key = key(term.key) { return key }
        throw .filter(
            "There is no filter \"\(Validation.quotable(term.key)):\".",
            at: term.column + (term.isNegated ? 1 : 0),
            hint:
                "There \(keys.count == 1 ? "is" : "are") \(names). A word with a colon stands in quotes."
        )
    }
}

extension FilterKey {
    fileprivate func check(
        _ term: FilterText.Term,
        after others: [FilterText.Term]
    ) throws(DomainError) {
        if count != .any, term.isNegated {
            throw .filter(
                "The filter \(name): cannot be turned round with a minus.",
                at: term.column
            )
        }
        if count != .any, term.values.count > 1 {
            throw .filter(
                "The filter \(name): takes one value.",
                at: term.values[1].column,
                hint: count == .every
                    ? "Write \(name): once for each; all of them must be there." : nil
            )
        }
        if count == .once, !others.isEmpty {
            throw .filter(
                "The filter \(name): occurs twice.",
                at: term.column,
                hint: "Leave one of them out."
            )
        }
        for value in term.values { try check(value) }
    }

    private func check(_ value: FilterText.Value) throws(DomainError) {
        let shown = Validation.quotable(value.text)
        switch kind {
        case .choice(let choices) where !choices.contains(value.text.lowercased()):
            throw .filter(
                "There is no \(name) \"\(shown)\".",
                at: value.column,
                hint: "There are \(choices.joined(separator: ", "))."
            )
        case .yesOrNo where !["yes", "no"].contains(value.text.lowercased()):
            throw .filter(
                "The filter \(name): is yes or no.",
                at: value.column,
                hint: "Write \(name):yes."
            )
        case .time where FilterTime(value.text) == nil:
            throw .filter("\"\(shown)\" is no time.", at: value.column, hint: FilterTime.syntax)
        case .pattern where value.text.dropLast().contains("*") && !value.isQuoted:
            throw .filter(
                "A star can only stand at the end of \(name):.",
                at: value.column,
                hint: "Such as \(name):\(example)."
            )
        case .role:
            guard (try? RoleName(value.text)) != nil else {
                throw .filter("\"\(shown)\" cannot be a role.", at: value.column)
            }
        default: break
        }
    }
}
