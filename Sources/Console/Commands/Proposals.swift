import Domain
import Terminal

/// Something that a line can be completed with.
struct Completion: Hashable, Sendable {
    let text: String
    let help: String
    /// Why it cannot be run now.
    var refusal: String?
}

/// What a line may become at its cursor, and which of it is chosen.
struct Proposals: Hashable, Sendable {
    private(set) var items: [Completion]
    /// The characters that a proposal takes the place of.
    private let range: Range<Int>
    /// The index of the chosen one; nil while what is typed counts.
    private(set) var choice: Int?

    /// The most proposals shown.
    static let rows = 8

    static let none = Proposals(items: [], range: 0..<0)

    private init(items: [Completion], range: Range<Int>) {
        self.items = items
        self.range = range
    }

    /// The candidates that fit what is typed, best first.
    init(_ candidates: [Completion], for typed: String, in range: Range<Int>) {
        items = Array(candidates.fuzzy(typed, text: \.text).prefix(Self.rows))
        if items.count == 1, items[0].text == typed { items = [] }
        self.range = range
    }

    /// What may stand at a place of a filter, which begins at a character of the line.
    init(filter line: [Character], from start: Int, cursor: Int, _ schema: FilterSchema) {
        let text = Array(line[start...])
        let completion = FilterCompletion(text, cursor: cursor - start, schema)
        let range = completion.range
        self.init(
            completion.candidates.map { Completion(text: $0.text, help: $0.help) },
            for: completion.typed,
            in: range.lowerBound + start..<range.upperBound + start
        )
    }

    mutating func move(by step: Int) {
        guard !items.isEmpty else { return }
        let next = choice.map { $0 + step } ?? (step > 0 ? 0 : items.count - 1)
        choice = (next + items.count) % items.count
    }

    /// The line with the chosen proposal in it, and the cursor behind that; nil for none.
    func taken(into text: String) -> (text: String, cursor: Int)? {
        guard let choice, items.indices.contains(choice) else { return nil }
        let characters = Array(text)
        let end = min(range.upperBound, characters.count)
        let start = min(range.lowerBound, end)
        let before = String(characters[..<start]) + items[choice].text
        return (before + String(characters[end...]), before.count)
    }
}

extension TextField {
    /// Puts a text in, with the cursor at one of its characters.
    mutating func replace(with text: String, cursor wanted: Int) {
        self.text = text
        while cursor > wanted, handle(KeyEvent(.left)) {}
    }
}
