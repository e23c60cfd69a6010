import Domain

extension JSONValue {
    /// The text; nil for any other value.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
