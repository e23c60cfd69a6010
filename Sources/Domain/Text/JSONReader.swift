// DESIGN
//
// Foundation's decoder takes what this refuses: of two members with one name it silently keeps
// one, it cuts numbers it cannot hold, and it reads as deep as the text is nested. Invariants:
//
// 1. What is accepted is kept exactly: no duplicate names, no number beyond its type. Only of
//    text that PostgreSQL wrote out itself are large whole numbers taken as the nearest double:
//    it writes 1e300 with all its digits.
// 2. Text is text that PostgreSQL can store: UTF-8, no lone surrogate, no NUL.
// 3. Depth and therefore the stack are bounded.

/// Reads JSON strictly (RFC 8259).
package struct JSONReader {
    /// Why a text was refused, and where.
    package struct Refusal: Error {
        /// The rule that was broken: "text behind the value".
        package let rule: String
        /// The byte at which it was.
        package let offset: Int
    }

    /// Where a text comes from.
    package enum Source: Sendable {
        /// Somebody sends it.
        case request
        /// We or PostgreSQL wrote it: what was accepted before, perhaps a few levels deeper
        /// inside, and large numbers with all their digits.
        case stored
        /// A model server answers with it: what such servers are known to write wrongly is
        /// repaired. Of two members with one name the last counts; halves of surrogate pairs and
        /// NUL become U+FFFD; large whole numbers become the nearest double.
        case answer

        fileprivate var deepest: Int { self == .stored ? 64 : 32 }
    }

    private let bytes: [UInt8]
    private let source: Source
    private var index = 0
    private var depth = 0

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - source: where it comes from.
    /// - Returns: The document.
    /// - Throws: ``Refusal`` for what is no JSON or breaks a limit of the source.
    package static func read(
        _ bytes: [UInt8],
        from source: Source = .request
    ) throws(Refusal) -> JSONValue {
        var reader = JSONReader(bytes: bytes, source: source)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.refused("text behind the value") }
        return value
    }

    private init(bytes: [UInt8], source: Source) {
        self.bytes = bytes
        self.source = source
    }

    private mutating func value() throws(Refusal) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw refused("the text ends too early") }
        switch bytes[index] {
        case UInt8(ascii: "{"):
            return try nested { reader throws(Refusal) in
                try reader.object()
            }
        case UInt8(ascii: "["):
            return try nested { reader throws(Refusal) in
                try reader.array()
            }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(Refusal) -> JSONValue
    ) throws(Refusal) -> JSONValue {
        guard depth < source.deepest else {
            throw refused("more than \(source.deepest) levels of nesting")
        }
        depth += 1
        index += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(Refusal) -> JSONValue {
        var members: [String: JSONValue] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let start = index
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw refused("a member without a name")
            }
            let name = try string()
            guard take(":") else { throw refused("a name without a colon") }
            let isNew = members.updateValue(try value(), forKey: name) == nil
            guard isNew || source == .answer else {
                index = start
                throw refused("the name \"\(name.prefix(50))\" twice in one object")
            }
        } while take(",")
        guard take("}") else { throw refused("an object that is not closed") }
        return .object(members)
    }

    private mutating func array() throws(Refusal) -> JSONValue {
        var values: [JSONValue] = []
        if take("]") { return .array(values) }
        repeat { values.append(try value()) } while take(",")
        guard take("]") else { throw refused("an array that is not closed") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Refusal) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw refused("an unknown word") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(Refusal) -> JSONValue {
        let start = index
        let isWhole = try numeral()
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole {
            if let number = Int64(text) { return .integer(number) }
            guard source != .request else {
                index = start
                throw refused("a whole number beyond 64 bits")
            }
        }
        guard isWhole || text.utf8.count <= 40, let number = Double(text), number.isFinite else {
            index = start
            throw refused("a number out of range")
        }
        return .number(number)
    }

    /// Passes the number of RFC 8259: no leading zero, digits on both sides of the point.
    ///
    /// - Returns: Whether it has neither fraction nor exponent.
    private mutating func numeral() throws(Refusal) -> Bool {
        let start = index
        pass("-")
        let first = index
        var isGood = passDigits() && (bytes[first] != UInt8(ascii: "0") || index == first + 1)
        var isWhole = true
        if pass(".") {
            isWhole = false
            isGood = passDigits() && isGood
        }
        if pass("e") || pass("E") {
            isWhole = false
            if !pass("+") { pass("-") }
            isGood = passDigits() && isGood
        }
        guard isGood else {
            index = start
            throw refused("something that is no JSON value")
        }
        return isWhole
    }

    @discardableResult private mutating func pass(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    private mutating func passDigits() -> Bool {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        return index > start
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return pass(character)
    }

    private func refused(_ rule: String) -> Refusal {
        Refusal(rule: rule, offset: index)
    }
}

extension JSONReader {
    private mutating func string() throws(Refusal) -> String {
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw refused("text that is not UTF-8")
                }
                return valid
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<32: throw refused("a control character that is not escaped")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw refused("a text that is not closed")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Refusal) {
        guard index < bytes.count else { throw refused("a text that is not closed") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            let scalar = try scalar()
            guard scalar.value != 0 || source == .answer else { throw refused("a NUL character") }
            let kept = scalar.value == 0 ? Self.replacement : scalar
            text.append(contentsOf: Array(String(Character(kept)).utf8))
        default: throw refused("an unknown escape")
        }
    }

    private mutating func scalar() throws(Refusal) -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800...0xDBFF).contains(first), bytes[index...].starts(with: "\\u".utf8) else {
            return try half()
        }
        let behindFirst = index
        index += 2
        let second = try unit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            index = source == .answer ? behindFirst : index
            return try half()
        }
        return scalar
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    private func half() throws(Refusal) -> Unicode.Scalar {
        guard source == .answer else { throw refused("half of a surrogate pair") }
        return Self.replacement
    }

    private mutating func unit() throws(Refusal) -> UInt32 {
        guard index + 4 <= bytes.count else { throw refused("a text that is not closed") }
        let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16) else {
            throw refused("an unknown escape")
        }
        index += 4
        return unit
    }
}
