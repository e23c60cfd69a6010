/// What a mutation changed: field, old value, new value.
package struct Changes: Hashable, Sendable {
    package private(set) var fields: [String: Change]

    /// The most bytes an audit event may carry.
    package static let byteLimit = 8_192
    /// Longer texts are cut in the trail; the object itself keeps them whole.
    private static let valueLimit = 1_024

    package struct Change: Hashable, Sendable {
        package var old: JSONValue
        package var new: JSONValue

        package init(old: JSONValue, new: JSONValue) {
            self.old = old
            self.new = new
        }
    }

    package init() {
        fields = [:]
    }

    /// Notes a field when its value really changed.
    ///
    /// Long texts are cut.
    package mutating func note(_ field: String, from old: JSONValue, to new: JSONValue) {
        guard old != new else { return }
        fields[field] = Change(old: Self.shortened(old), new: Self.shortened(new))
    }

    package var isEmpty: Bool { fields.isEmpty }

    /// The canonical JSON that is stored and hashed: `{"name":["old","new"]}`.
    ///
    /// Where the whole would be too large, the values of the largest fields give way to the word
    /// `omitted`.
    package var canonical: String {
        var values = fields.mapValues { JSONValue.array([$0.old, $0.new]) }
        var text = JSONValue.object(values).canonical
        while text.utf8.count > Self.byteLimit {
            let largest = values.max {
                $0.value.canonical.utf8.count < $1.value.canonical.utf8.count
            }
            guard let largest, largest.value != .string("omitted") else { break }
            values[largest.key] = .string("omitted")
            text = JSONValue.object(values).canonical
        }
        return text
    }

    /// Reads the stored form.
    package init(canonical text: String) throws(DomainError) {
        guard case .object(let members) = try JSONValue(parsing: text, field: "changes") else {
            throw .invalid("changes", "must be a JSON object")
        }
        fields = members.mapValues { value in
            if case .array(let pair) = value, pair.count == 2 {
                return Change(old: pair[0], new: pair[1])
            }
            return Change(old: value, new: value)
        }
    }

    private static func shortened(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text) where text.utf8.count > valueLimit:
            .string(String(text.prefix(valueLimit / 4)) + "…")
        case .array, .object:
            value.canonical.utf8.count > valueLimit
                ? .string(String(value.canonical.prefix(valueLimit / 4)) + "…") : value
        default: value
        }
    }
}
