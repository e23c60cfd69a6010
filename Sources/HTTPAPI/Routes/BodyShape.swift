import Domain

/// The members that a request's body may have.
///
/// Nothing else gets in: what is not listed is refused, so no client can set what it should not.
struct BodyShape: Sendable {
    /// The schema's name in the document.
    let name: String
    let fields: [BodyField]
    /// For the bodies of an interface that others define: they have more than is understood here.
    let ignoresOthers: Bool

    init(_ name: String, _ fields: [BodyField], ignoringOthers: Bool = false) {
        self.name = name
        self.fields = fields
        ignoresOthers = ignoringOthers
    }

    /// Holds a value against the shape.
    ///
    /// - Throws: A validation error that names every member that is unknown, missing or of the
    ///   wrong kind.
    func check(_ value: JSONValue) throws(DomainError) -> BodyFields {
        guard case .object(let members) = value else {
            throw .invalid("body", "must be a JSON object")
        }
        let known = Set(fields.map(\.name))
        let unknown = ignoresOthers ? [] : members.keys.filter { !known.contains($0) }
        var problems = unknown.sorted().map { name in
            FieldProblem(String(name.prefix(50)), "is not a known field")
        }
        var values: [String: JSONValue] = [:]
        for field in fields {
            guard let value = members[field.name], value != .null else {
                if field.isRequired { problems.append(FieldProblem(field.name, "is required")) }
                continue
            }
            if field.kind.accepts(value) {
                values[field.name] = value
            } else {
                problems.append(FieldProblem(field.name, field.kind.rule))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        let nulls = fields.map(\.name).filter { members[$0] == .null }
        return BodyFields(values: values, nulls: Set(nulls))
    }
}

/// One member of a body.
struct BodyField: Sendable {
    let name: String
    let kind: Kind
    let isRequired: Bool
    let note: String

    enum Kind: Hashable, Sendable {
        case text
        case secret
        case integer
        case boolean
        case texts
        case integers
        /// A whole number, or money as a decimal text.
        case amount
        /// Money as a decimal text: a number would be rounded on its way.
        case money
        case object
        case objects
        case number
        /// Of several kinds; the route reads it.
        case any
        case choice([String])
    }

    static func required(_ name: String, _ kind: Kind, _ note: String) -> BodyField {
        BodyField(name: name, kind: kind, isRequired: true, note: note)
    }

    static func optional(_ name: String, _ kind: Kind, _ note: String) -> BodyField {
        BodyField(name: name, kind: kind, isRequired: false, note: note)
    }
}

extension BodyField.Kind {
    func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.text, .string), (.secret, .string), (.integer, .integer), (.boolean, .bool),
            (.object, .object), (.number, .integer), (.number, .number), (.any, _),
            (.amount, .integer), (.amount, .string), (.money, .string):
            true
        case (.choice(let known), .string(let text)): known.contains(text)
        case (.texts, .array(let items)):
            items.allSatisfy { if case .string = $0 { true } else { false } }
        case (.objects, .array(let items)):
            items.allSatisfy { if case .object = $0 { true } else { false } }
        case (.integers, .array(let items)):
            items.allSatisfy { if case .integer = $0 { true } else { false } }
        default: false
        }
    }

    /// What a wrong value is told.
    var rule: String {
        switch self {
        case .text, .secret: "must be a text"
        case .integer: "must be a whole number"
        case .boolean: "must be true or false"
        case .texts: "must be a list of texts"
        case .integers: "must be a list of whole numbers"
        case .amount: "must be a whole number, or USD as a decimal text such as \"25.00\""
        case .money: "must be USD as a decimal text in quotes, such as \"0.15\""
        case .object: "must be an object"
        case .objects: "must be a list of objects"
        case .number: "must be a number"
        case .any: "has a value that is not understood"
        case .choice(let known): "must be one of \(known.joined(separator: ", "))"
        }
    }
}

/// A body's members after they were checked against a shape.
struct BodyFields: Sendable {
    private let values: [String: JSONValue]
    private let nulls: Set<String>

    init(values: [String: JSONValue] = [:], nulls: Set<String> = []) {
        self.values = values
        self.nulls = nulls
    }

    subscript(name: String) -> JSONValue? { values[name] }

    var isEmpty: Bool { values.isEmpty }

    /// Whether a member is there and `null`: most routes take that for one that is not there.
    func isNull(_ name: String) -> Bool { nulls.contains(name) }

    func text(_ name: String) -> String? {
        if case .string(let text) = values[name] { text } else { nil }
    }

    /// A text that the shape requires.
    func requiredText(_ name: String) throws(DomainError) -> String {
        guard let text = text(name) else { throw .invalid(name, "is required") }
        return text
    }

    func integer(_ name: String) -> Int64? {
        if case .integer(let number) = values[name] { number } else { nil }
    }

    func number(_ name: String) -> Double? {
        switch values[name] {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    func list(_ name: String) -> [JSONValue]? {
        if case .array(let items) = values[name] { items } else { nil }
    }

    func boolean(_ name: String) -> Bool? {
        if case .bool(let value) = values[name] { value } else { nil }
    }

    /// A text that must be a time.
    func time(_ name: String) throws(DomainError) -> Instant? {
        guard let text = text(name) else { return nil }
        guard let time = Instant(rfc3339: text) else {
            throw .invalid(name, "must be a time such as 2026-03-02T10:14:00Z, or a date")
        }
        return time
    }

    func texts(_ name: String) -> [String]? {
        guard case .array(let items) = values[name] else { return nil }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    func integers(_ name: String) -> [Int64]? {
        guard case .array(let items) = values[name] else { return nil }
        return items.compactMap { if case .integer(let number) = $0 { number } else { nil } }
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
}
