import Domain
import Terminal

/// The line at the bottom in which a filter is typed.
struct FilterLine: Hashable, Sendable {
    private(set) var field: TextField
    private(set) var fault: LineFault?
    let hint: String
    private(set) var proposals = Proposals.none
    private let kind: ScreenKind

    enum Step: Hashable {
        case stay
        case leave
        case apply
    }

    init(_ text: String, of kind: ScreenKind) {
        field = TextField(text, options: .init(limit: FilterText.longest))
        hint = kind.filterHint
        self.kind = kind
    }

    mutating func press(_ key: KeyEvent) -> Step {
        switch (key.key, key.modifiers) {
        case (.escape, []): return .leave
        case (.enter, []): return enter()
        case (.tab, []), (.down, []): move(by: 1)
        case (.tab, .shift), (.up, []): move(by: -1)
        default:
            fault = nil
            if key.typed != nil, let taken = proposals.taken(into: field.text) {
                field.replace(with: taken.text, cursor: taken.cursor)
            }
            _ = field.handle(key)
            propose()
        }
        return .stay
    }

    mutating func paste(_ text: String) {
        fault = nil
        field.paste(text)
        propose()
    }

    /// Says what is wrong with the filter, under the place where it is.
    mutating func show(_ error: DomainError) {
        fault = LineFault(error)
        proposals = .none
        if let column = error.column { field.replace(with: field.text, cursor: column - 1) }
    }

    /// Applies the filter; a chosen proposal is only taken over.
    private mutating func enter() -> Step {
        guard let taken = proposals.taken(into: field.text) else {
            // Columns are counted in what is seen.
            field.text = field.text.trimmed
            return .apply
        }
        field.replace(with: taken.text, cursor: taken.cursor)
        propose()
        return .stay
    }

    private mutating func move(by step: Int) {
        if proposals.items.isEmpty { propose(evenWithoutText: true) }
        proposals.move(by: step)
    }

    private mutating func propose(evenWithoutText: Bool = false) {
        guard let schema = kind.filterSchema else { return }
        let line = Array(field.text)
        let isWord = field.cursor > 0 && !line[field.cursor - 1].isWhitespace
        proposals =
            isWord || evenWithoutText
            ? Proposals(filter: line, from: 0, cursor: field.cursor, schema) : .none
    }
}
