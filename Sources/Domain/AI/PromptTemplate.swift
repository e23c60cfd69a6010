/// A text with named holes: `{{name}}` stands for a value.
///
/// Nothing else is special, and a value is put in as it is: there is no code to run, no condition,
/// no file to include, and a value that looks like a hole stays a value.
package struct PromptTemplate: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case text(String)
        case variable(String)
    }

    package let source: String
    private let pieces: [Piece]

    package static let longest = 65_536

    /// Reads a template.
    ///
    /// - Throws: A validation error that names `field`, for a hole that is not closed or whose name
    ///   is none.
    package init(_ source: String, field: String) throws(DomainError) {
        let text = try Validation.body(source, field: field, bytes: Self.longest)
        var pieces: [Piece] = []
        var rest = text[...]
        while let (before, inside, after) = Self.nextHole(in: rest) {
            guard let inside else {
                throw .invalid(field, "has {{ without }}")
            }
            if !before.isEmpty { pieces.append(.text(String(before))) }
            pieces.append(.variable(try Self.name(inside, field: field)))
            rest = after
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.source = text
        self.pieces = pieces
    }

    /// The names of the holes, each once, in the order in which they first stand.
    package var variables: [String] {
        var seen: Set<String> = []
        return pieces.compactMap { piece in
            guard case .variable(let name) = piece, seen.insert(name).inserted else { return nil }
            return name
        }
    }

    /// How many bytes `filled` would have.
    package func size(filled values: [String: String]) -> Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text): sum + text.utf8.count
            case .variable(let name): sum + (values[name]?.utf8.count ?? 0)
            }
        }
    }

    /// The text with the values in their places; a missing one leaves nothing.
    package func filled(_ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .variable(let name): values[name] ?? ""
            }
        }.joined()
    }

    /// What stands before the next hole, inside it (nil when it is not closed), and after it.
    private static func nextHole(
        in text: Substring
    ) -> (before: Substring, inside: Substring?, after: Substring)? {
        guard let open = text.firstRange(of: "{{") else { return nil }
        let tail = text[open.upperBound...]
        guard let close = tail.firstRange(of: "}}") else {
            return (text[..<open.lowerBound], nil, tail)
        }
        return (text[..<open.lowerBound], tail[..<close.lowerBound], tail[close.upperBound...])
    }

    private static func name(_ text: Substring, field: String) throws(DomainError) -> String {
        let name = String(text.cut)
        let letters = Set("abcdefghijklmnopqrstuvwxyz")
        guard name.count <= 50, let first = name.first, letters.contains(first),
            name.allSatisfy({ letters.contains($0) || $0 == "_" || ("0"..."9").contains($0) })
        else {
            throw .invalid(
                field,
                "has {{\(Validation.quotable(name))}}, which is no name: a letter, then lower-case letters, digits and _"
            )
        }
        return name
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Where a text stands first.
    func firstRange(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let tail = self[start...]
            if tail.hasPrefix(needle) {
                return start..<tail.index(start, offsetBy: needle.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
