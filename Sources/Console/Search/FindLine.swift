import Terminal

/// The line at the bottom in which words are typed that a text is searched for.
struct FindLine: Hashable, Sendable {
    private(set) var field = TextField("", options: .init(limit: 200))

    enum Step: Hashable {
        case stay
        case leave
        case find(String)
    }

    mutating func press(_ key: KeyEvent) -> Step {
        switch (key.key, key.modifiers) {
        case (.escape, []): return .leave
        case (.enter, []): return .find(field.text)
        default:
            _ = field.handle(key)
            return .stay
        }
    }

    mutating func paste(_ text: String) { field.paste(text) }
}
