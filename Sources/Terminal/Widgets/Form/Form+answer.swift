extension Form {
    /// The field that is asked for.
    public var focusedField: FormField? { fields.indices.contains(focus) ? fields[focus] : nil }

    /// Whether sending follows the field that is asked for.
    public var isAtEnd: Bool { focus >= fields.count - 1 }

    /// Fills the field with the focus from a line that was typed in answer to it; an empty line
    /// keeps what is there.
    ///
    /// - Returns: Why the line is no answer; nil when it was taken.
    public mutating func answer(_ line: String) -> SafeText? {
        guard !line.isEmpty, fields.indices.contains(focus) else { return nil }
        guard let problem = fields[focus].answer(line) else {
            fields[focus].error = nil
            return nil
        }
        return problem
    }
}

extension FormField {
    /// The answers that can be given by number; empty where text is typed.
    public var answers: [SafeText] {
        switch content {
        case .choice(let choices, _): return choices.map(\.title)
        case .pick(let field): return field.choices.map(\.title)
        case .text, .toggle, .note: return []
        }
    }

    /// What is filled in, as it is read out; nothing of a secret.
    public var reading: SafeText {
        switch content {
        case .text(let field): return field.options.isSecret ? "" : SafeText(field.text)
        case .choice(let choices, let selected):
            return choices.indices.contains(selected) ? choices[selected].title : ""
        case .toggle(let isOn): return isOn ? "yes" : "no"
        case .note(let area): return SafeText(area.text)
        case .pick(let field): return field.summary
        }
    }

    /// Whether what is typed must not be seen.
    public var isSecret: Bool {
        if case .text(let field) = content { return field.options.isSecret }
        return false
    }

    fileprivate mutating func answer(_ line: String) -> SafeText? {
        let word = line.lowercased()
        switch content {
        case .text(var field):
            field.text = line
            content = .text(field)
        case .note:
            content = .note(TextArea(line.replacing("\\n", with: "\n")))
        case .pick(var field):
            if let problem = field.answer(line) { return problem }
            content = .pick(field)
        case .toggle:
            guard ["y", "yes", "n", "no"].contains(word) else { return "Answer yes or no." }
            content = .toggle(word.hasPrefix("y"))
        case .choice(let choices, _):
            let named = choices.firstIndex {
                $0.value.lowercased() == word || $0.title.string.lowercased() == word
            }
            let numbered = Int(word).flatMap { choices.indices.contains($0 - 1) ? $0 - 1 : nil }
            guard let index = numbered ?? named else {
                return SafeText("Answer with a number from 1 to \(choices.count).")
            }
            content = .choice(choices, selected: index)
        }
        return nil
    }
}
