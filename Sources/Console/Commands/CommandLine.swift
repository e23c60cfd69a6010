import Terminal

/// The line behind `:` with what it could mean.
struct CommandLine: Hashable, Sendable {
    var field: TextField
    /// The index of the chosen proposal; nil while what is typed counts.
    private(set) var choice: Int?
    private(set) var proposals: [Completion] = []

    /// The most proposals shown.
    static let rows = 8

    enum Step: Hashable {
        case stay(CommandLine)
        case leave
        case run(String)
    }

    init(candidates: [Completion]) {
        field = TextField(options: .init(limit: 500))
        propose(from: candidates)
    }

    mutating func press(_ key: KeyEvent, candidates: [Completion]) -> Step {
        switch (key.key, key.modifiers) {
        case (.escape, []): return .leave
        case (.backspace, []) where field.text.isEmpty: return .leave
        case (.enter, []): return .run(choice.map { proposals[$0].text } ?? field.text)
        case (.tab, []), (.down, []): move(by: 1)
        case (.tab, .shift), (.up, []): move(by: -1)
        default:
            if choice != nil, key.typed != nil { take() }
            _ = field.handle(key)
            choice = nil
            propose(from: candidates)
        }
        return .stay(self)
    }

    private mutating func move(by step: Int) {
        guard !proposals.isEmpty else { return }
        let next = choice.map { $0 + step } ?? (step > 0 ? 0 : proposals.count - 1)
        choice = (next + proposals.count) % proposals.count
    }

    /// Takes the chosen proposal into the line, so that typing goes on behind it.
    private mutating func take() {
        guard let choice else { return }
        field.text = proposals[choice].text
    }

    private mutating func propose(from candidates: [Completion]) {
        let text = field.text
        proposals = Array(
            candidates.fuzzy(text, text: \.text).prefix(Self.rows)
        )
    }
}

/// Something that a command line can become.
struct Completion: Hashable, Sendable {
    let text: String
    let help: String
    /// Why it cannot be run now.
    var refusal: String?
}
