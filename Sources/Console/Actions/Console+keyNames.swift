import Terminal

/// The keys as sentences name them, where somebody may have chosen others.
struct KeyNames: Sendable {
    let keymap: Keymap
    let kind: ScreenKind

    /// The key of an action on the screen, or where it exists; its command when it has none.
    subscript(action id: String) -> String {
        guard let action = Actions.action(named: id) else { return ":\(id)" }
        let kinds = [kind] + action.screens.sorted { $0.rawValue < $1.rawValue }
        let keys = kinds.lazy.compactMap { keymap.keys(of: action, on: $0).first }
        return keys.first ?? ":\(id)"
    }

    /// The key of a move in its place.
    subscript(move id: String) -> SafeText { keymap.name(of: id) }
}

extension Keymap {
    /// Whether a key is one of an action's, on the first screen that has it.
    func isKey(_ key: KeyEvent, of id: String) -> Bool {
        guard let action = Actions.action(named: id),
            let kind = action.screens.min(by: { $0.rawValue < $1.rawValue })
        else { return false }
        return keys(of: action, on: kind).contains(key.description)
    }

    /// The first key of a move as the screen shows it; a dash when it has none.
    func name(of move: String) -> SafeText {
        guard let key = keys(ofMove: move).first else { return "–" }
        switch key {
        case "enter": return "⏎"
        case "up": return "↑"
        case "down": return "↓"
        case "f1": return "F1"
        default: return SafeText(key)
        }
    }

    /// The keys of a question.
    var dialogKeys: Dialog.Keys {
        Dialog.Keys(
            yes: name(of: "question-yes"),
            no: name(of: "question-no"),
            close: name(of: "question-leave"),
            send: name(of: "form-go"),
            leave: name(of: "form-leave")
        )
    }
}

extension Console {
    var keyNames: KeyNames {
        KeyNames(
            keymap: surroundings.settings.keymap,
            kind: trail.current.map { $0.content.kind } ?? .overview
        )
    }

    /// The key of an action, as sentences name it.
    func key(_ action: String) -> String { keyNames[action: action] }

    /// What a press means where it is pressed now; nil when it was taken away from there.
    func meant(_ key: KeyEvent) -> KeyEvent? {
        surroundings.settings.keymap.meaning(of: key, in: keyPlace)
    }

    /// What takes the keys now.
    private var keyPlace: KeyPlace {
        if gate != nil { return .form }
        switch overlay {
        case nil: return .list
        case .help(let help): return help.typing == nil ? .list : .line
        case .form(let form): return form.aside == .leaving ? .question : .form
        case .dialog(let dialog): return dialog.shown.form.fields.isEmpty ? .question : .form
        case .command, .filter, .find: return .line
        case .themes: return .choice
        case .columns: return .columns
        case .bulk(let bulk):
            guard case .asking(let dialog) = bulk.stage else { return .result }
            return dialog.form.fields.isEmpty ? .question : .form
        }
    }
}
