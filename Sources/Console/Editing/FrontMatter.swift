import Domain

/// Reads the lines between the dashes.
struct FrontMatter {
    let lines: [String]
    let range: Range<Int>
    private var name = ""
    private var tags: [String] = []
    private var metadata = JSONValue.object([:])
    private var lineOf: [String: Int] = [:]

    init(lines: [String], range: Range<Int>) {
        self.lines = lines
        self.range = range
    }

    mutating func read() throws(DocumentError) {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = lines[index]
            if line.trimmed.isEmpty || line.hasPrefix("#") {
                index += 1
                continue
            }
            index = try readField(at: index)
        }
    }

    /// Reads the field that begins on a line and returns the first line after it.
    private mutating func readField(at index: Int) throws(DocumentError) -> Int {
        guard let colon = lines[index].firstIndex(of: ":") else {
            throw DocumentError(line: index + 1, reason: "a field must look like 'name: value'")
        }
        let key = String(lines[index][..<colon]).trimmed
        guard ["name", "tags", "metadata"].contains(key) else {
            throw DocumentError(
                line: index + 1,
                reason: "unknown field '\(key)'; known are name, tags, metadata"
            )
        }
        guard lineOf[key] == nil else {
            throw DocumentError(line: index + 1, reason: "the field '\(key)' occurs twice")
        }
        lineOf[key] = index + 1
        var value = [String(lines[index][lines[index].index(after: colon)...])]
        var next = index + 1
        while next < range.upperBound, continues(lines[next]) {
            if !lines[next].hasPrefix("#") { value.append(lines[next]) }
            next += 1
        }
        try take(value, for: key, line: index + 1)
        return next
    }

    /// Indented lines and dashes belong to the field before them, and so does a closing bracket.
    private func continues(_ line: String) -> Bool {
        guard let first = line.first else { return true }
        return first == " " || first == "\t" || first == "-" || first == "}" || first == "]"
            || first == "#"
    }

    private mutating func take(
        _ value: [String],
        for key: String,
        line: Int
    ) throws(DocumentError) {
        let whole = value.joined(separator: "\n").trimmed
        switch key {
        case "name": name = try text(whole, line: line)
        case "tags": tags = try list(whole, line: line)
        default: metadata = try json(whole, line: line)
        }
    }

    private func text(_ value: String, line: Int) throws(DocumentError) -> String {
        if value.hasPrefix("\"") {
            guard case .string(let text)? = try? JSONValue(parsing: value, field: "name") else {
                throw DocumentError(
                    line: line,
                    reason: "a text in quotes must be written as in JSON"
                )
            }
            return text
        }
        if value.count >= 2, value.hasPrefix("'"), value.hasSuffix("'") {
            return value.dropFirst().dropLast().split(
                separator: "''",
                omittingEmptySubsequences: false
            ).joined(separator: "'")
        }
        return value
    }

    private func list(_ value: String, line: Int) throws(DocumentError) -> [String] {
        if value.isEmpty { return [] }
        if value.hasPrefix("[") {
            guard value.hasSuffix("]") else {
                throw DocumentError(line: line, reason: "the list of tags must end with ]")
            }
            return try split(String(value.dropFirst().dropLast()), line: line)
        }
        var tags: [String] = []
        for entry in value.split(separator: "\n") {
            let entry = String(entry).trimmed
            guard entry.hasPrefix("-") else {
                throw DocumentError(
                    line: line,
                    reason: "tags must be [a, b] or lines that begin with a dash"
                )
            }
            tags.append(try text(String(entry.dropFirst()).trimmed, line: line))
        }
        return tags
    }

    /// Splits at the commas outside of quotes.
    private func split(_ body: String, line: Int) throws(DocumentError) -> [String] {
        var parts: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in body {
            if character == ",", !isQuoted {
                parts.append("")
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            parts[parts.count - 1].append(character)
        }
        var tags: [String] = []
        for part in parts where !part.trimmed.isEmpty {
            tags.append(try text(part.trimmed, line: line))
        }
        return tags
    }

    private func json(_ value: String, line: Int) throws(DocumentError) -> JSONValue {
        if value.isEmpty { return .object([:]) }
        guard let json = try? JSONValue(parsing: value, field: "metadata") else {
            throw DocumentError(
                line: line,
                reason: "metadata must be valid JSON, such as {\"language\": \"en\"}"
            )
        }
        return json
    }

    func draft(description: String) throws(DocumentError) -> ArtifactDraft {
        do throws(DomainError) {
            return try ArtifactDraft(
                name: name,
                description: description,
                tags: tags,
                metadata: metadata
            )
        } catch {
            guard case .invalid(let problems) = error.kind, let first = problems.first else {
                throw DocumentError(line: range.lowerBound, reason: error.message)
            }
            throw DocumentError(
                line: lineOf[first.field] ?? range.lowerBound,
                reason: "\(first.field) \(first.problem)"
            )
        }
    }
}
