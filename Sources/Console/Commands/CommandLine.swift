import Domain
import Terminal

/// The line behind `:` with what it could mean.
struct CommandLine: Hashable, Sendable {
    var field = TextField(options: .init(limit: 500))
    private(set) var proposals: Proposals
    /// What is wrong with the line that was to be run.
    private(set) var fault: LineFault?
    /// The place in what was run before, counted from the last, and what was typed until then.
    private var recalled: Recall?
    /// Whether what was run before is searched for.
    private(set) var isSearching = false

    private struct Recall: Hashable {
        var index: Int
        var draft: String
    }

    enum Step: Hashable {
        case stay(CommandLine)
        case leave
        case run(String, CommandLine)
    }

    init(_ palette: Palette) {
        proposals = palette.proposals(for: "", cursor: 0)
    }

    mutating func press(_ key: KeyEvent, _ palette: Palette) -> Step {
        fault = nil
        switch (key.key, key.modifiers) {
        case (.escape, []) where isSearching: search(false, palette)
        case (.escape, []): return .leave
        case (.backspace, []) where field.text.isEmpty && !isSearching: return .leave
        case (.character("r"), .control): search(!isSearching, palette)
        case (.enter, []): return enter(palette)
        case (.tab, []): proposals.move(by: 1)
        case (.tab, .shift): proposals.move(by: -1)
        case (.down, []), (.up, []):
            let step = key.key == .down ? 1 : -1
            if proposals.choice != nil {
                proposals.move(by: step)
            } else {
                walk(by: -step, palette)
            }
        default: edit(key, palette)
        }
        return .stay(self)
    }

    /// Puts pasted text in.
    mutating func paste(_ text: String, _ palette: Palette) {
        field.paste(text)
        propose(palette)
    }

    /// Says what is wrong with the line, under the place where it is.
    mutating func show(_ error: DomainError, in text: String) {
        fault = LineFault(error)
        field.replace(with: text, cursor: error.column.map { $0 - 1 } ?? text.count)
    }

    /// Runs the line; a chosen proposal that wants more behind it is only taken over.
    private mutating func enter(_ palette: Palette) -> Step {
        guard let taken = proposals.taken(into: field.text) else { return .run(field.text, self) }
        guard !isSearching, taken.text.dropFirst(taken.cursor - 1).first == ":" else {
            return .run(taken.text, self)
        }
        field.replace(with: taken.text, cursor: taken.cursor)
        propose(palette)
        return .stay(self)
    }

    private mutating func edit(_ key: KeyEvent, _ palette: Palette) {
        if key.typed != nil, !isSearching, let taken = proposals.taken(into: field.text) {
            field.replace(with: taken.text, cursor: taken.cursor)
        }
        _ = field.handle(key)
        recalled = nil
        propose(palette)
    }

    private mutating func search(_ isOn: Bool, _ palette: Palette) {
        isSearching = isOn
        propose(palette)
    }

    /// Goes through what was run before and began as the line does.
    private mutating func walk(by step: Int, _ palette: Palette) {
        let draft = recalled?.draft ?? field.text
        let fitting = palette.history.filter { $0.hasPrefix(draft) && $0 != draft }
        let index = (recalled?.index ?? -1) + step
        guard index < fitting.count else { return }
        guard index >= 0 else {
            if recalled != nil { field.text = draft }
            recalled = nil
            return propose(palette)
        }
        recalled = Recall(index: index, draft: draft)
        field.text = fitting[index]
        proposals = .none
    }

    private mutating func propose(_ palette: Palette) {
        guard isSearching else {
            proposals = palette.proposals(for: field.text, cursor: field.cursor)
            return
        }
        let past = palette.history.map { Completion(text: $0, help: "run before") }
        proposals = Proposals(past, for: field.text, in: 0..<field.text.count)
        if !proposals.items.isEmpty { proposals.move(by: 1) }
    }
}

/// What is wrong with a line that was typed, and at which of its characters.
struct LineFault: Hashable, Sendable {
    var sentence: String
    /// Counted from 1.
    var column: Int?

    init(_ error: DomainError) {
        sentence = error.description
        column = error.column
    }
}
