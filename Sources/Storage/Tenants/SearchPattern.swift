/// Patterns for LIKE from what people type.
enum SearchPattern {
    /// Matches texts that contain `text`; nil when there is nothing to look for.
    static func containing(_ text: String?) -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        var pattern = "%"
        for character in text {
            if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
