import Domain
import Hummingbird

/// A parameter of a query string.
struct QueryParameter: Sendable {
    let name: String
    let kind: Kind
    let note: String

    enum Kind: Hashable, Sendable {
        case text
        /// May be given several times, or once with commas.
        case texts
        case integer
        case boolean
        case time
        case id
        case choice([String])
    }

    static let page: [QueryParameter] = [
        QueryParameter(
            name: "limit",
            kind: .integer,
            note: "How many items, 1 to 100; 20 unless told."
        ),
        QueryParameter(
            name: "cursor",
            kind: .text,
            note: "Where to go on: `next_cursor` of the page before."
        ),
    ]
}

/// The query of a request, held against what the route knows.
struct Query: Sendable {
    private let values: [String: [String]]

    /// - Throws: `malformed_request` for what cannot be decoded, a validation error that names every
    ///   parameter that is unknown or given too often.
    init(
        _ text: String?,
        parameters: [QueryParameter],
        ignoringOthers: Bool = false
    ) throws(DomainError) {
        var values: [String: [String]] = [:]
        var problems: [FieldProblem] = []
        for pair in (text ?? "").split(separator: "&", omittingEmptySubsequences: true) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            let value = parts.count > 1 ? try Self.decoded(parts[1]) : ""
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                if ignoringOthers { continue }
                problems.append(FieldProblem(String(name.prefix(50)), "is not a known parameter"))
                continue
            }
            if values[name] != nil, parameter.kind != .texts {
                problems.append(FieldProblem(name, "must be given once"))
            }
            values[name, default: []].append(value)
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.values = values
    }

    /// The parameters that were given.
    var names: Set<String> { Set(values.keys) }

    func text(_ name: String) -> String? {
        values[name]?.first
    }

    /// Spaces around each are cut, as they are when such texts are stored.
    func texts(_ name: String) -> [String] {
        (values[name] ?? []).flatMap { $0.split(separator: ",") }
            .map { String($0.trimmingSpaces) }.filter { !$0.isEmpty }
    }

    func integer(_ name: String) throws(DomainError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else { throw .invalid(name, "must be a whole number") }
        return number
    }

    func boolean(_ name: String) throws(DomainError) -> Bool? {
        switch text(name) {
        case nil: nil
        case "true": true
        case "false": false
        default: throw .invalid(name, "must be true or false")
        }
    }

    func time(_ name: String) throws(DomainError) -> Instant? {
        guard let text = text(name) else { return nil }
        guard let time = Instant(rfc3339: text) else {
            throw .invalid(name, "must be a time such as 2026-03-02T10:14:00Z, or a date")
        }
        return time
    }

    func id<Entity>(_ name: String) throws(DomainError) -> Identifier<Entity>? {
        guard let text = text(name) else { return nil }
        guard let id = Identifier<Entity>(text) else { throw .invalid(name, "must be a UUID") }
        return id
    }

    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        of _: Value.Type = Value.self
    ) throws(DomainError) -> Value? where Value.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(name, "must be one of \(known)")
        }
        return value
    }

    /// Every parameter but the page's own, as one text: what a cursor is bound to.
    var filter: String {
        values.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.joined(separator: "\u{1}"))" }.joined(separator: "\u{2}")
    }

    /// Percent-decodes text; a plus is a space.
    static func decoded(_ text: Substring) throws(DomainError) -> String {
        guard let bytes = PercentEncoding.decode(text.utf8, plusIsSpace: true),
            let decoded = String(validating: bytes, as: UTF8.self)
        else {
            throw DomainError(
                .malformed,
                .malformedRequest,
                "The query is not percent-encoded UTF-8."
            )
        }
        guard !bytes.contains(0) else {
            throw DomainError(
                .malformed,
                .malformedRequest,
                "The query contains a NUL character."
            )
        }
        return decoded
    }
}

/// RFC 3986, section 2.1.
enum PercentEncoding {
    /// The bytes, or nil where a percent sign is not followed by two hexadecimal digits.
    static func decode(_ text: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8]? {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit),
                    let low = iterator.next().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
