/// What may stand at a place of a filter.
package struct FilterCompletion: Hashable, Sendable {
    /// The characters that a candidate takes the place of.
    package var range: Range<Int>
    /// What stands there.
    package var typed: String
    package var candidates: [Candidate]

    package struct Candidate: Hashable, Sendable {
        package var text: String
        package var help: String
    }

    /// - Parameters:
    ///   - text: The filter.
    ///   - cursor: The characters before the cursor.
    ///   - schema: What the list knows.
    package init(_ text: [Character], cursor: Int, _ schema: FilterSchema) {
        let cursor = max(0, min(cursor, text.count))
        var start = 0
        var isQuoted = false
        for (index, character) in text[..<cursor].enumerated() {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted { start = index + 1 }
        }
        if start < cursor, text[start] == "-" { start += 1 }
        let piece = text[start..<cursor]
        if let colon = piece.firstIndex(of: ":"),
            let key = schema.key(String(piece[..<colon]).lowercased())
        {
            let last = piece.lastIndex(of: ",").map { max($0, colon) } ?? colon
            start = last + 1
            candidates = key.values.map { Candidate(text: $0, help: key.help) }
        } else {
            candidates = schema.keys.map { Candidate(text: "\($0.name):", help: $0.help) }
        }
        range = start..<cursor
        typed = String(text[start..<cursor])
    }
}
