import Terminal

extension Array {
    /// The elements whose text fits what was typed, best first; all of them when nothing was.
    func fuzzy(_ query: String, text: (Element) -> String) -> [Element] {
        guard !query.isEmpty else { return self }
        return enumerated()
            .compactMap { entry in
                FuzzyMatch(query, in: text(entry.element)).map { (entry, $0.score) }
            }
            .sorted { ($1.1, $0.0.offset) < ($0.1, $1.0.offset) }
            .map(\.0.element)
    }
}
