import Domain

/// A JSON value whose members keep their order, as answers and documents are written.
enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])
    /// A value of a tenant's own making.
    case value(JSONValue)
    /// Text that is JSON already: the ledger's canonical changes.
    case raw(String)
}

extension JSON {
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }

    init(_ number: Int64?) {
        self = number.map { .integer($0) } ?? .null
    }

    init(_ instant: Instant?) {
        self = instant.map { .string($0.rfc3339) } ?? .null
    }

    init<Entity>(_ id: Identifier<Entity>?) {
        self = id.map { .string($0.description) } ?? .null
    }

    /// Money as a decimal text: nano-USD have nine places.
    init(nanoUSD amount: Int64) {
        let digits = String(amount.magnitude)
        let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        let sign = amount < 0 ? "-" : ""
        self = .string("\(sign)\(padded.dropLast(9)).\(padded.suffix(9))")
    }

    /// Bytes as lower-case hexadecimal digits.
    init(hex bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        self = .string(String(decoding: text, as: UTF8.self))
    }

    /// The object with further members behind its own.
    func adding(_ members: [(String, JSON)]) -> JSON {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}
