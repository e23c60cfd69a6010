/// Walks over SQL text and stops at the end of each statement.
struct SQLScanner {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    /// How deep the position is inside parentheses.
    private var parentheses = 0
    /// How deep the position is inside BEGIN ATOMIC … END.
    private var blocks = 0
    /// The first words of the statement: they tell whether BEGIN opens a body.
    private var words: [String] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The next statement that holds more than space and comments; nil at the end.
    mutating func nextStatement() -> SQLScript.Statement? {
        (parentheses, blocks, words) = (0, 0, [])
        var start: (index: Int, line: Int)?
        while index < bytes.count {
            if skipSpaceOrComment() { continue }
            if bytes[index] == UInt8(ascii: ";"), parentheses == 0, blocks == 0 {
                defer { index += 1 }
                guard let start else { continue }
                return statement(from: start)
            }
            if start == nil { start = (index, line) }
            skipToken()
        }
        return start.map { statement(from: $0) }
    }

    private func statement(from start: (index: Int, line: Int)) -> SQLScript.Statement {
        var end = index
        while end > start.index, Self.isSpace(bytes[end - 1]) { end -= 1 }
        let text = String(decoding: bytes[start.index..<end], as: UTF8.self)
        return SQLScript.Statement(text: text, line: start.line)
    }

    // MARK: Tokens

    private mutating func skipToken() {
        switch bytes[index] {
        case UInt8(ascii: "'"): skipQuoted(by: UInt8(ascii: "'"), escapes: false)
        case UInt8(ascii: "\""): skipQuoted(by: UInt8(ascii: "\""), escapes: false)
        case UInt8(ascii: "$"): skipDollarQuoteOrByte()
        case UInt8(ascii: "("):
            parentheses += 1
            advance()
        case UInt8(ascii: ")"):
            parentheses = max(0, parentheses - 1)
            advance()
        case let byte where Self.isWordStart(byte): skipWord()
        default: advance()
        }
    }

    private mutating func skipWord() {
        let start = index
        while index < bytes.count, Self.isWordPart(bytes[index]) { advance() }
        let word = String(decoding: bytes[start..<index], as: UTF8.self).uppercased()
        // E'…' is the one string in which a backslash takes the quote's meaning away.
        if word == "E", index < bytes.count, bytes[index] == UInt8(ascii: "'") {
            skipQuoted(by: UInt8(ascii: "'"), escapes: true)
            return
        }
        if words.count < 4 { words.append(word) }
        guard createsRoutine, parentheses == 0 else { return }
        switch word {
        case "BEGIN": blocks += 1
        case "CASE" where blocks > 0: blocks += 1
        case "END" where blocks > 0: blocks -= 1
        default: break
        }
    }

    private var createsRoutine: Bool {
        var rest = words[...]
        guard rest.popFirst() == "CREATE" else { return false }
        if rest.first == "OR" { rest = rest.dropFirst(2) }
        return rest.first == "FUNCTION" || rest.first == "PROCEDURE"
    }

    private mutating func skipQuoted(by quote: UInt8, escapes: Bool) {
        advance()
        while index < bytes.count {
            let byte = bytes[index]
            advance()
            if escapes, byte == UInt8(ascii: "\\"), index < bytes.count { advance() }
            // A doubled quote closes and opens again at once, which comes to the same end.
            if byte == quote { return }
        }
    }

    private mutating func skipDollarQuoteOrByte() {
        var end = index + 1
        while end < bytes.count, Self.isWordPart(bytes[end]), bytes[end] != UInt8(ascii: "$") {
            end += 1
        }
        let isParameter = index + 1 < bytes.count && Self.isDigit(bytes[index + 1])
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), !isParameter else {
            advance()
            return
        }
        let tag = bytes[index...end]
        for _ in tag { advance() }
        while index < bytes.count, !bytes[index...].starts(with: tag) { advance() }
        for _ in tag where index < bytes.count { advance() }
    }

    private mutating func skipSpaceOrComment() -> Bool {
        if Self.isSpace(bytes[index]) {
            advance()
            return true
        }
        if follows("-", "-") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { advance() }
            return true
        }
        guard follows("/", "*") else { return false }
        var depth = 0
        repeat {
            if follows("/", "*") {
                depth += 1
                advance()
            } else if follows("*", "/") {
                depth -= 1
                advance()
            }
            advance()
        } while depth > 0 && index < bytes.count
        return true
    }

    private func follows(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: first)
            && bytes[index + 1] == UInt8(ascii: second)
    }

    private mutating func advance() {
        guard index < bytes.count else { return }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        let isLetter =
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        return isLetter || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        isWordStart(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
    }
}
