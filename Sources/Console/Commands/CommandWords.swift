import Domain

/// A command line in its words, with the place where its filter begins.
struct CommandWords {
    let name: String?
    /// What stands behind the name, as typed.
    private let text: String
    /// The characters of the line before that; nil when an alias put other words there.
    private let offset: Int?

    init(_ line: String, aliases: [String: String]) {
        let start = line.firstIndex { !$0.isWhitespace } ?? line.endIndex
        let end = line[start...].firstIndex(where: \.isWhitespace) ?? line.endIndex
        let word = String(line[start..<end])
        guard let alias = aliases[word] else {
            self.init(
                name: word.isEmpty ? nil : word,
                text: String(line[end...]),
                offset: line.distance(from: line.startIndex, to: end)
            )
            return
        }
        let parts = alias.split(separator: " ", maxSplits: 1).map(String.init)
        let behind = parts.count > 1 ? " " + parts[1] : ""
        self.init(name: parts.first, text: behind + line[end...], offset: nil)
    }

    private init(name: String?, text: String, offset: Int?) {
        self.name = name
        self.text = text
        self.offset = offset
    }

    var rest: [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// A first word that is no filter names a tenant.
    func takingSlug() -> (slug: String?, words: CommandWords) {
        guard let first = rest.first, !first.contains(":"), !first.contains("\"") else {
            return (nil, self)
        }
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.index(start, offsetBy: first.count)
        let skipped = text.distance(from: text.startIndex, to: end)
        let words = CommandWords(
            name: name,
            text: String(text[end...]),
            offset: offset.map { $0 + skipped }
        )
        return (first, words)
    }

    /// What is left, as a filter of a list; nil for none.
    ///
    /// - Throws: A validation error whose column is counted in the line.
    func filter(_ schema: FilterSchema) throws(DomainError) -> String? {
        let filter = text.trimmed
        guard !filter.isEmpty else { return nil }
        do throws(DomainError) {
            _ = try FilterReading(text, schema)
            return filter
        } catch {
            throw error.shifted(by: offset)
        }
    }
}

extension DomainError {
    /// The same about a text that is a part of a line.
    fileprivate func shifted(by offset: Int?) -> DomainError {
        guard case .invalid(let problems) = kind else { return self }
        var error = self
        error.kind = .invalid(
            problems.map { problem in
                FieldProblem(
                    problem.field,
                    problem.problem,
                    column: offset.flatMap { offset in problem.column.map { $0 + offset } }
                )
            }
        )
        return error
    }
}
