// DESIGN
//
// 1. Run-time text cannot become SQL by accident: literal segments are `StaticString`, an
//    interpolated value is bound, and raw text needs the label `unsafe:`.
// 2. `marks` holds where each `$n` stands, so that a spliced fragment is renumbered exactly, and
//    a `$1` inside a literal segment is left alone.

/// SQL text with bound parameters.
///
/// ```swift
/// let query: SQL = "SELECT id FROM tenants WHERE slug = \(slug)"
/// ```
public struct SQL: Sendable {
    /// The statement with `$1`…`$n` for the parameters.
    public private(set) var text: String
    /// The bound values, `$1` first.
    public private(set) var parameters: [SQLParameter]
    /// UTF-8 offsets of the placeholders in `text`.
    private var marks: [Int] = []

    init(text: String = "", parameters: [SQLParameter] = []) {
        self.text = text
        self.parameters = parameters
    }

    /// One fragment after the other, the second one's parameters renumbered.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    /// Appends a fragment in place.
    public static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    mutating func append(text more: String) {
        text += more
    }

    mutating func bind(_ parameter: SQLParameter) {
        parameters.append(parameter)
        marks.append(text.utf8.count)
        text += "$\(parameters.count)"
    }

    mutating func append(_ other: SQL) {
        for piece in other.pieces {
            text += piece.text
            if let parameter = piece.parameter { bind(parameter) }
        }
    }

    /// The text between the placeholders, each part with the parameter that follows it.
    var pieces: [(text: Substring, parameter: SQLParameter?)] {
        let bytes = text.utf8
        var position = bytes.startIndex
        var pieces: [(text: Substring, parameter: SQLParameter?)] = []
        for (index, mark) in marks.enumerated() {
            let start = bytes.index(bytes.startIndex, offsetBy: mark)
            pieces.append((text[position..<start], parameters[index]))
            position = bytes.index(start, offsetBy: "$\(index + 1)".utf8.count)
        }
        pieces.append((text[position...], nil))
        return pieces
    }
}
