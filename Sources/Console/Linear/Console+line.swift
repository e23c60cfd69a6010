import Domain
import Terminal

/// What is kept while the console is read line by line.
struct LinearState: Hashable, Sendable {
    var turn = 0
    var readings = 0
    /// Why the last line was no answer.
    var problem: String?
}

extension Console {
    /// Takes a line as the answer to the one question.
    mutating func take(line: String) -> [Effect] {
        linear.turn += 1
        linear.problem = nil
        // A secret is what was typed, spaces and words of the reader and all.
        if let form = secretForm { return answer(line, in: form) }
        let line = line.trimmed
        if line.hasPrefix("key ") { return press(names: line.dropFirst(4)) }
        // The word is as much of an answer as the question about what was typed asks for.
        if line == "cancel", gate == nil, case .form = overlay { return discard() }
        if line == "cancel", gate != nil || overlay != nil { return obey(KeyEvent(.escape)) }
        if let form = gate?.form { return gate?.isResuming == true ? [] : answer(line, in: form) }
        switch overlay {
        case .form(let form): return answer(line, in: form.form)
        case .dialog(let dialog): return answer(line, to: dialog.shown)
        case .help:
            overlay = nil
            return line.isEmpty ? [] : act(on: line)
        case .command:
            overlay = nil
            return line.isEmpty ? [] : run(command: line)
        case .filter: return apply(filter: line)
        case .find: return find(line)
        case .themes(let choice): return choose(line, among: choice)
        case .columns(let chooser): return choose(line, among: chooser)
        case .bulk(let bulk): return answer(line, to: bulk)
        case nil: return act(on: line)
        }
    }

    /// The form that asks for a secret now; nil when none does.
    private var secretForm: Form? {
        let form: Form? =
            if let gate {
                gate.isResuming ? nil : gate.form
            } else {
                switch overlay {
                case .form(let open): open.form
                case .dialog(let open): open.shown.form
                default: nil
                }
            }
        return form?.focusedField?.isSecret == true ? form : nil
    }

    private mutating func press(names: Substring) -> [Effect] {
        var effects: [Effect] = []
        for name in names.split(separator: " ") {
            guard let key = try? KeyEvent(parsing: String(name)) else {
                linear.problem = "There is no key \(SafeText(name).string)."
                return effects
            }
            effects += press(key)
        }
        return effects
    }

    /// Fills in the field that is asked for, and goes on to the next or sends.
    private mutating func answer(_ line: String, in form: Form) -> [Effect] {
        var form = form
        if let problem = form.answer(line) {
            linear.problem = problem.string
            return []
        }
        put(form)
        return obey(form.isAtEnd ? KeyEvent(.character("s"), .control) : KeyEvent(.tab))
    }

    private mutating func put(_ form: Form) {
        if gate != nil {
            gate?.fill(form)
            return
        }
        switch overlay {
        case .form(var open):
            open.form = form
            overlay = .form(open)
        case .dialog(var open):
            open.dialog.fill(form)
            overlay = .dialog(open)
        case .bulk(var open):
            guard case .asking(var dialog) = open.stage else { return }
            dialog.fill(form)
            open.stage = .asking(dialog)
            overlay = .bulk(open)
        default: break
        }
    }

    private mutating func answer(_ line: String, to dialog: Dialog) -> [Effect] {
        guard dialog.form.fields.isEmpty else { return answer(line, in: dialog.form) }
        switch line.lowercased() {
        case "yes", "y", "نعم", dialog.verb.string.lowercased():
            return obey(KeyEvent(.character("y")))
        case "no", "n", "close", "لا": return obey(KeyEvent(.escape))
        default:
            linear.problem = "That is no answer."
            return []
        }
    }

    private mutating func answer(_ line: String, to bulk: BulkOverlay) -> [Effect] {
        switch (bulk.stage, line.lowercased()) {
        case (.asking(let dialog), _): return answer(line, to: dialog)
        case (.running, "stop"), (.ended, ""), (.ended, "close"): return obey(KeyEvent(.escape))
        case (.ended, "again"): return obey(KeyEvent(.character("t")))
        case (.ended, "undo"): return obey(KeyEvent(.character("U")))
        default:
            linear.problem = "That is no answer."
            return []
        }
    }

    private mutating func choose(_ line: String, among chooser: ColumnChooser) -> [Effect] {
        if line == "all" {
            overlay = nil
            return arrange(nil)
        }
        let words = line.split { $0 == " " || $0 == "," }
        let numbers = words.compactMap { Int($0) }.filter { chooser.items.indices ~= $0 - 1 }
        guard !words.isEmpty, numbers.count == words.count, Set(numbers).count == numbers.count
        else {
            linear.problem = "That is no answer."
            return []
        }
        overlay = nil
        return arrange(numbers.map { chooser.items[$0 - 1].id })
    }

    private mutating func choose(_ line: String, among choice: ThemePicker) -> [Effect] {
        let items = choice.picker.items
        let numbered = Int(line).flatMap { items.indices.contains($0 - 1) ? items[$0 - 1] : nil }
        guard let item = numbered ?? items.first(where: { $0.id == line }) else {
            linear.problem = "There is no such theme."
            return []
        }
        overlay = nil
        return use(theme: item.id)
    }
}

extension Console {
    /// What a line means on a screen.
    private mutating func act(on line: String) -> [Effect] {
        if line.isEmpty { return [] }
        if let number = Self.rowNumber(Substring(line)) { return select(number) }
        if line.hasPrefix("/") { return apply(filter: String(line.dropFirst()).trimmed) }
        let words = line.split(separator: " ")
        if words.count == 2, words[0] == "open" || words[0] == "select",
            let number = Self.rowNumber(words[1])
        {
            let effects = select(number)
            guard words[0] == "open", linear.problem == nil else { return effects }
            return effects + run(command: "open")
        }
        switch line {
        case "more": return page(KeyEvent(.down))
        case "less": return page(KeyEvent(.up))
        case "list": return page(nil)
        case "?": return run(command: "help")
        default: return run(command: line.hasPrefix(":") ? String(line.dropFirst()) : line)
        }
    }

    /// The digits of a row's number, however many; nil for other words.
    private static func rowNumber(_ word: Substring) -> Substring? {
        let digits = word.drop { $0 == "-" }
        let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? word : nil
    }

    private mutating func select(_ number: Substring) -> [Effect] {
        guard let list = trail.current?.content as? any ListScreen,
            let steps = Int(number).flatMap({ list.steps(toNumber: $0) })
        else {
            linear.problem = "There is no row \(number)."
            return []
        }
        return obey(KeyEvent(steps < 0 ? .up : .down), times: abs(steps))
    }

    /// Reads the next rows, the last ones, or the same again.
    private mutating func page(_ key: KeyEvent?) -> [Effect] {
        linear.readings += 1
        return key.map { obey($0, times: Self.linearPage) } ?? []
    }
}

extension ListScreen {
    fileprivate func steps(toNumber number: Int) -> Int? {
        guard list.table.rows.indices.contains(number - 1), let current = list.table.selectedIndex
        else { return nil }
        return number - 1 - current
    }
}
