// DESIGN: a field whose value is picked from a list that is searched.
//
// 1. Closed it is one line; `ctrl-space`, down, space or the first letter of a word opens the list.
// 2. Open, every key belongs to it: letters filter, arrows move, enter picks, escape closes it and
//    nothing else. Only one list of a form is open at a time.
// 3. The choices may be the first part of many: whoever owns them asks for others while something
//    is typed (`query`) and offers them; what was chosen stays, also when it is not among them.

/// A value, or several, picked from a list by searching.
public struct PickField: Sendable, Hashable {
    /// How a field differs from one that picks one of its choices.
    public struct Options: Sendable, Hashable {
        /// Whether several can be picked; the value has spaces between them.
        public var isMultiple: Bool

        /// Whether what was typed is a value when nothing fits.
        public var takesWords: Bool

        /// A hint shown while nothing is picked.
        public var placeholder: SafeText

        /// Makes options.
        public init(
            isMultiple: Bool = false,
            takesWords: Bool = false,
            placeholder: SafeText = ""
        ) {
            self.isMultiple = isMultiple
            self.takesWords = takesWords
            self.placeholder = placeholder
        }
    }

    /// What can be picked, as far as it is known.
    public private(set) var choices: [FormField.Choice]

    /// Whether there is nothing beyond the choices.
    public private(set) var isWhole = true

    /// The values that are picked, in the order in which they were.
    public private(set) var chosen: [String]

    /// The field's options.
    public let options: Options

    /// What is typed into the open list; nil while it is closed.
    public private(set) var query: TextField?

    private var cursor = 0
    /// The titles of what was chosen, which may not be among the choices any more.
    private var titles: [String: SafeText] = [:]

    static let mostRows = 8

    /// Makes a field with its list closed.
    public init(
        _ choices: [FormField.Choice],
        chosen: [String] = [],
        isWhole: Bool = true,
        options: Options = Options()
    ) {
        self.choices = choices
        self.chosen = chosen
        self.isWhole = isWhole
        self.options = options
        noteTitles()
    }

    /// The values with spaces between them.
    public var value: String { chosen.joined(separator: " ") }

    /// Whether the list is open.
    public var isOpen: Bool { query != nil }

    /// What fits the query, the best first; in the given order while nothing is typed.
    public var matches: [FormField.Choice] {
        guard let text = query?.text, !text.isEmpty else { return choices }
        // Where words are values as well, what only resembles them must not take their place.
        if options.takesWords { return choices.filter { $0.contains(text) } }
        let scored = choices.enumerated().compactMap { index, choice -> (Int, Int)? in
            let inTitle = FuzzyMatch(text, in: choice.title.string)?.score
            let inDetail = FuzzyMatch(text, in: choice.detail.string)?.score
            return [inTitle, inDetail].compactMap(\.self).max().map { ($0, index) }
        }
        return scored.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.map { choices[$0.1] }
    }

    /// Takes other choices; what was picked stays.
    public mutating func offer(_ choices: [FormField.Choice], isWhole: Bool) {
        let fixed = self.choices.filter(\.value.isEmpty)
        self.choices = fixed + choices
        self.isWhole = isWhole
        noteTitles()
        cursor = min(cursor, max(0, matches.count - 1))
    }

    private mutating func noteTitles() {
        for choice in choices where chosen.contains(choice.value) {
            titles[choice.value] = choice.title
        }
    }

    /// Handles a key; false when it means nothing to the field.
    mutating func handle(_ event: KeyEvent) -> Bool {
        query == nil ? handleClosed(event) : handleOpen(event)
    }

    private mutating func handleClosed(_ event: KeyEvent) -> Bool {
        switch (event.key, event.modifiers) {
        case (.down, []), (.character(" "), []), (.character(" "), .control): open()
        case (.left, []) where !options.isMultiple: step(by: -1)
        case (.right, []) where !options.isMultiple: step(by: 1)
        case (.backspace, []), (.delete, []):
            guard !chosen.isEmpty else { return false }
            chosen.removeLast()
        default:
            guard let typed = event.typed else { return false }
            open()
            _ = query?.handle(KeyEvent(.character(typed)))
        }
        return true
    }

    private mutating func open() {
        query = TextField(options: TextField.Options(limit: 200))
        cursor = options.isMultiple ? 0 : choices.firstIndex { $0.value == value } ?? 0
    }

    private mutating func step(by step: Int) {
        guard !choices.isEmpty else { return }
        guard let index = choices.firstIndex(where: { $0.value == value }) else {
            return pick(choices[step > 0 ? 0 : choices.count - 1])
        }
        pick(choices[min(max(index + step, 0), choices.count - 1)])
    }

    private mutating func handleOpen(_ event: KeyEvent) -> Bool {
        switch (event.key, event.modifiers) {
        case (.escape, []), (.character(" "), .control): close(picking: false)
        case (.up, []), (.character("p"), .control): cursor -= 1
        case (.down, []), (.character("n"), .control): cursor += 1
        case (.pageUp, []): cursor -= Self.mostRows
        case (.pageDown, []): cursor += Self.mostRows
        case (.enter, []) where !options.isMultiple: close(picking: true)
        case (.enter, []),
            (.character(" "), []) where options.isMultiple:
            toggle()
        default:
            guard query?.handle(event) == true else { return false }
            cursor = 0
        }
        cursor = min(max(cursor, 0), max(0, matches.count - 1))
        return true
    }

    /// The choice under the cursor of the open list.
    var current: FormField.Choice? {
        let matches = matches
        return matches.indices.contains(cursor) ? matches[cursor] : nil
    }

    /// Closes the list, and picks what the cursor is on; several are picked one by one.
    mutating func close(picking: Bool) {
        defer { query = nil }
        guard picking, !options.isMultiple else { return }
        if let current { return pick(current) }
        if options.takesWords, let words = query?.text, !words.isEmpty { chosen = [words] }
    }

    private mutating func pick(_ choice: FormField.Choice) {
        chosen = choice.value.isEmpty ? [] : [choice.value]
        titles[choice.value] = choice.title
    }

    private mutating func toggle() {
        guard let current else { return }
        if let index = chosen.firstIndex(of: current.value) {
            chosen.remove(at: index)
        } else {
            chosen.append(current.value)
            titles[current.value] = current.title
        }
        query?.text = ""
        cursor = choices.firstIndex(of: current) ?? 0
    }

    /// Takes pasted values where several can be picked, else words to search for.
    mutating func paste(_ text: String) {
        if options.isMultiple, query == nil {
            for word in text.split(whereSeparator: { $0 == "," || $0.isWhitespace })
            where !chosen.contains(String(word)) {
                chosen.append(String(word))
            }
            return
        }
        if query == nil { open() }
        query?.paste(text)
        cursor = 0
    }

    /// What is picked, in words.
    var summary: SafeText {
        if chosen.isEmpty {
            return choices.first { $0.value.isEmpty }?.title ?? options.placeholder
        }
        let names = chosen.map { titles[$0] ?? SafeText($0) }
        guard names.count > 1 else { return names[0] }
        let joined = names.dropFirst().reduce(names[0]) { $0 + ", " + $1 }
        return SafeText("\(names.count): ") + joined
    }

    /// The index of the choice under the cursor within the matches.
    var cursorIndex: Int { cursor }
}

extension FormField.Choice {
    /// Whether a text occurs in it, whatever the case of its letters.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = text.lowercased()
        return value.lowercased().contains(wanted)
            || title.string.lowercased().contains(wanted)
            || detail.string.lowercased().contains(wanted)
    }
}

extension PickField {
    /// Picks what a typed line names: by number, by value or by title; several with commas.
    ///
    /// - Returns: Why the line is no answer; nil when it was taken.
    mutating func answer(_ line: String) -> SafeText? {
        let words = options.isMultiple ? line.split { $0 == "," || $0 == " " } : [line[...]]
        var picked: [String] = []
        for word in words {
            guard let value = value(named: String(word)) else {
                return SafeText("Answer with a number from 1 to \(choices.count).")
            }
            if !value.isEmpty { picked.append(value) }
        }
        chosen = picked
        noteTitles()
        return nil
    }

    private func value(named word: String) -> String? {
        if let number = Int(word), choices.indices.contains(number - 1) {
            return choices[number - 1].value
        }
        let wanted = word.lowercased()
        let named = choices.first {
            $0.value.lowercased() == wanted || $0.title.string.lowercased() == wanted
        }
        return named?.value ?? (options.takesWords ? word : nil)
    }
}
