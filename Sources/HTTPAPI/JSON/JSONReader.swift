import Domain

// DESIGN
//
// Foundation's decoder takes what this refuses: of two members with one name it silently keeps
// one, it cuts numbers it cannot hold, and it reads as deep as the text is nested. Invariants:
//
// 1. What is accepted is kept exactly: no duplicate names, no number beyond its type.
// 2. Text is text that PostgreSQL can store: UTF-8, no lone surrogate, no NUL.
// 3. Depth and therefore the stack are bounded.

/// Reads a request's JSON, strictly.
struct JSONReader {
    private static let deepest = 32

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Reads a whole document.
    ///
    /// - Throws: `malformed_request` with the rule that was broken, and where.
    static func read(_ bytes: [UInt8]) throws(DomainError) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.refused("text behind the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value() throws(DomainError) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw refused("the text ends too early") }
        switch bytes[index] {
        case UInt8(ascii: "{"):
            return try nested { reader throws(DomainError) in
                try reader.object()
            }
        case UInt8(ascii: "["):
            return try nested { reader throws(DomainError) in
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
        _ read: (inout JSONReader) throws(DomainError) -> JSONValue
    ) throws(DomainError) -> JSONValue {
        guard depth < Self.deepest else {
            throw refused("more than \(Self.deepest) levels of nesting")
        }
        depth += 1
        index += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(DomainError) -> JSONValue {
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
            guard members.updateValue(try value(), forKey: name) == nil else {
                index = start
                throw refused("the name \"\(name.prefix(50))\" twice in one object")
            }
        } while take(",")
        guard take("}") else { throw refused("an object that is not closed") }
        return .object(members)
    }

    private mutating func array() throws(DomainError) -> JSONValue {
        var values: [JSONValue] = []
        if take("]") { return .array(values) }
        repeat { values.append(try value()) } while take(",")
        guard take("]") else { throw refused("an array that is not closed") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(DomainError) -> JSONValue
    {
        guard bytes[index...].starts(with: word.utf8) else { throw refused("an unknown word") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(DomainError) -> JSONValue {
        let start = index
        while index < bytes.count, Self.isNumeric(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard Self.isNumber(text) else {
            index = start
            throw refused("something that is no JSON value")
        }
        if text.allSatisfy({ $0.isNumber || $0 == "-" }) {
            guard let number = Int64(text) else {
                index = start
                throw refused("a whole number beyond 64 bits")
            }
            return .integer(number)
        }
        guard text.utf8.count <= 40, let number = Double(text), number.isFinite else {
            index = start
            throw refused("a number out of range")
        }
        return .number(number)
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// The number of RFC 8259: no leading zero, digits on both sides of the point.
    private static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }

    mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    private func refused(_ what: String) -> DomainError {
        DomainError(
            .malformed,
            .malformedRequest,
            "The body is not the JSON that is understood here: \(what), at byte \(index)."
        )
    }
}

extension JSONReader {
    private mutating func string() throws(DomainError) -> String {
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

    private mutating func escape(into text: inout [UInt8]) throws(DomainError) {
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
            guard scalar.value != 0 else { throw refused("a NUL character") }
            text.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw refused("an unknown escape")
        }
    }

    private mutating func scalar() throws(DomainError) -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800...0xDBFF).contains(first), bytes[index...].starts(with: "\\u".utf8) else {
            throw refused("half of a surrogate pair")
        }
        index += 2
        let second = try unit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw refused("half of a surrogate pair") }
        return scalar
    }

    private mutating func unit() throws(DomainError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw refused("a text that is not closed") }
        let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16) else {
            throw refused("an unknown escape")
        }
        index += 4
        return unit
    }
}
