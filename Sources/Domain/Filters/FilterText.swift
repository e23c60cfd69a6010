/// A filter as typed, in its parts: `key:value` terms and plain words.
///
/// ```
/// filter = { term | word }
/// term   = [ "-" ] key ":" value { "," value }
/// value  = { bare | quoted }
/// quoted = '"' { character | '\"' | '\\' } '"'
/// ```
package struct FilterText: Hashable, Sendable {
    package private(set) var terms: [Term] = []
    package private(set) var words: [Value] = []

    /// The most characters of a filter.
    package static let longest = 1_000
    /// The most alternatives of one term, and the most terms.
    package static let most = 32

    /// One `key:value`, wanted or not wanted.
    package struct Term: Hashable, Sendable {
        package var key: String
        package var isNegated: Bool
        /// At least one.
        package var values: [Value]
        /// Where it begins, counted in characters from 1.
        package var column: Int
        /// The term as it was typed.
        package var source: String
    }

    /// A value without its quotes.
    package struct Value: Hashable, Sendable {
        package var text: String
        package var column: Int
        /// Whether any part of it stood in quotes, where a star is a star.
        package var isQuoted = false
    }

    /// - Throws: A validation error with the column of what cannot be read.
    package init(_ text: String) throws(DomainError) {
        var scanner = FilterScanner(Array(text.prefix(Self.longest + 1)))
        guard scanner.characters.count <= Self.longest else {
            throw .filter("A filter has at most 1,000 characters.", at: Self.longest + 1)
        }
        try scanner.refuseNull()
        while scanner.skipSpace() {
            if let term = try scanner.term() {
                terms.append(term)
            } else {
                words.append(try scanner.value(endsAtComma: false))
            }
            guard terms.count + words.count <= Self.most else {
                throw .filter("A filter has at most \(Self.most) parts.", at: scanner.column)
            }
        }
    }

    /// The value in the form in which the parser gives it back.
    package static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.isEmpty
            || text.contains {
                $0.isWhitespace || $0 == "\"" || $0 == "," || $0 == "\\"
            }
        guard needsQuotes else { return text }
        return "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// Reads the parts of a filter one after the other.
private struct FilterScanner {
    let characters: [Character]
    private var index = 0

    init(_ characters: [Character]) {
        self.characters = characters
    }

    var column: Int { index + 1 }

    /// PostgreSQL has no text with it.
    func refuseNull() throws(DomainError) {
        if let place = characters.firstIndex(of: "\0") {
            throw .filter("A filter must not contain NUL characters.", at: place + 1)
        }
    }

    /// Goes to the next part; false at the end.
    mutating func skipSpace() -> Bool {
        while index < characters.count, characters[index].isWhitespace { index += 1 }
        return index < characters.count
    }

    /// The term that begins here; nil for a plain word.
    mutating func term() throws(DomainError) -> FilterText.Term? {
        let start = index
        let isNegated = characters[start] == "-"
        let keyStart = isNegated ? start + 1 : start
        var end = keyStart
        while end < characters.count, !characters[end].isWhitespace, characters[end] != "\"",
            characters[end] != ":"
        {
            end += 1
        }
        guard end < characters.count, characters[end] == ":", end > keyStart else { return nil }
        let key = String(characters[keyStart..<end]).lowercased()
        index = end
        var values: [FilterText.Value] = []
        repeat {
            index += 1
            let value = try value(endsAtComma: true)
            guard !value.text.isEmpty else {
                let name = Validation.quotable(key)
                throw .filter(
                    "The filter \(name): needs a value.",
                    at: value.column,
                    hint: "Write \(name): and the value, without a space between."
                )
            }
            values.append(value)
        } while index < characters.count && characters[index] == ","
        guard values.count <= FilterText.most else {
            throw .filter("A filter has at most \(FilterText.most) values in a row.", at: start + 1)
        }
        return FilterText.Term(
            key: key,
            isNegated: isNegated,
            values: values,
            column: start + 1,
            source: String(characters[start..<index])
        )
    }

    /// What stands here up to a space; of a term also up to a comma.
    mutating func value(endsAtComma: Bool) throws(DomainError) -> FilterText.Value {
        var value = FilterText.Value(text: "", column: column)
        while index < characters.count {
            let character = characters[index]
            if character == "\"" {
                value.isQuoted = true
                value.text += try quoted()
            } else if character.isWhitespace || (endsAtComma && character == ",") {
                break
            } else {
                value.text.append(character)
                index += 1
            }
        }
        return value
    }

    private mutating func quoted() throws(DomainError) -> String {
        let start = index
        var text = ""
        index += 1
        while index < characters.count {
            let character = characters[index]
            index += 1
            if character == "\"" { return text }
            if character == "\\", index < characters.count,
                characters[index] == "\"" || characters[index] == "\\"
            {
                text.append(characters[index])
                index += 1
            } else {
                text.append(character)
            }
        }
        throw .filter(
            "The quote is not closed.",
            at: start + 1,
            hint: "Write a \" at its end, or \\\" for a quote inside of quotes."
        )
    }
}

extension DomainError {
    /// What is wrong with a filter, and at which character, counted from 1.
    package static func filter(
        _ sentence: String,
        at column: Int?,
        hint: String? = nil
    ) -> DomainError {
        DomainError(
            .invalid([FieldProblem("filter", sentence, column: column)]),
            .validationError,
            sentence,
            hint: hint
        )
    }

    /// The character of the input that the error is about, counted from 1.
    package var column: Int? {
        if case .invalid(let problems) = kind {
            problems.lazy.compactMap(\.column).first
        } else {
            nil
        }
    }
}
