package import Terminal

// DESIGN
//
// 1. The registry has the built-in keys; the operator's file changes them, for all screens or for
//    one. What it says is judged once, when the console starts.
// 2. Two actions that a screen has must not begin with the same presses. Where they do, the action
//    that the file bound later goes back to its built-in keys, until nothing collides: the
//    built-in keys do not, which a test holds.
// 3. A list's own keys (up, j, page down) belong to the list; a chord may begin with one.

/// Which keys mean which action on which screen.
package struct Keymap: Sendable, Equatable {
    private var keys: [ScreenKind: [String: [KeyChord]]] = [:]
    private var actions: [ScreenKind: [[KeyEvent]: String]] = [:]
    /// The actions whose keys are not the built-in ones.
    private var changed: Set<String> = []
    /// The operator's other names of command lines.
    package private(set) var aliases: [String: String] = [:]
    /// What was wrong in the file, a sentence each.
    package private(set) var problems: [String] = []

    /// The built-in keys.
    package static let standard = Keymap(KeysFile(yaml: "", name: "keys.yaml"))

    package init(_ file: KeysFile) {
        var choices = Choices(file)
        while let clash = choices.firstClash() {
            choices.withdraw(clash.binding)
            choices.problems.append(clash.sentence(in: file.name))
        }
        for kind in ScreenKind.allCases {
            for action in Actions.all(on: kind) {
                let chords = choices.chords(of: action, on: kind)
                keys[kind, default: [:]][action.id] = chords
                for chord in chords { actions[kind, default: [:]][chord.events] = action.id }
            }
        }
        changed = Set(choices.bindings.map(\.action))
        takeAliases(file)
        problems = file.errors.map(\.description) + choices.problems + problems
    }

    private mutating func takeAliases(_ file: KeysFile) {
        for alias in file.aliases {
            let isCommand =
                Actions.action(named: alias.name) != nil
                || Command.words.contains { $0.text == alias.name }
            if isCommand {
                problems.append(
                    "\(file.name):\(alias.line): the alias \(SafeText(alias.name)) would hide a "
                        + "command of that name."
                )
            } else {
                aliases[alias.name] = alias.command
            }
        }
    }

    /// What presses mean.
    enum Meaning: Hashable {
        case action(String)
        /// They are the beginning of a chord.
        case beginning
        case nothing
    }

    func meaning(of presses: [KeyEvent], on kind: ScreenKind) -> Meaning {
        guard let table = actions[kind] else { return .nothing }
        if let action = table[presses] { return .action(action) }
        return table.keys.contains { $0.starts(with: presses) } ? .beginning : .nothing
    }

    /// The keys of an action on a screen, as they are written.
    func keys(of action: Action, on kind: ScreenKind) -> [String] {
        (keys[kind]?[action.id] ?? []).map(\.description)
    }

    /// Whether somebody chose the keys of an action.
    func isChanged(_ action: Action) -> Bool { changed.contains(action.id) }
}

/// What the file chose, as far as it stands.
private struct Choices {
    var bindings: [KeysFile.Binding] = []
    var problems: [String] = []

    init(_ file: KeysFile) {
        for binding in file.bindings {
            if let reason = Self.fault(of: binding) {
                problems.append("\(file.name):\(binding.line): \(reason)")
            } else {
                bindings.append(binding)
            }
        }
    }

    private static func fault(of binding: KeysFile.Binding) -> String? {
        let name = SafeText(binding.action, limit: 50)
        guard let action = Actions.action(named: binding.action) else {
            let near = Actions.all.map(\.id).fuzzy(binding.action) { $0 }.first
            let hint = near.map { " Did you mean \($0)?" } ?? ""
            return "there is no action \(name).\(hint)"
        }
        guard let screen = binding.screen else { return nil }
        guard let kind = ScreenKind(rawValue: screen) else {
            return "there is no screen \(SafeText(screen, limit: 50))."
        }
        return action.exists(on: kind) ? nil : "\(name) is not on the screen \(screen)."
    }

    func chords(of action: Action, on kind: ScreenKind) -> [KeyChord] {
        binding(of: action, on: kind)?.chords ?? action.events.map { KeyChord($0) }
    }

    /// What counts: the screen's own line before the one for all, the last before the first.
    private func binding(of action: Action, on kind: ScreenKind) -> KeysFile.Binding? {
        let own = bindings.filter { $0.action == action.id }
        return own.last { $0.screen == kind.rawValue } ?? own.last { $0.screen == nil }
    }

    mutating func withdraw(_ binding: KeysFile.Binding) { bindings.removeAll { $0 == binding } }

    struct Clash {
        let binding: KeysFile.Binding
        let chord: KeyChord
        let other: String
        let kind: ScreenKind

        func sentence(in file: String) -> String {
            "\(file):\(binding.line): \(chord) of \(binding.action) is taken by \(other) on the "
                + "screen \(kind.rawValue), so \(binding.action) keeps its built-in keys."
        }
    }

    /// The first collision of a chosen key; nil when there is none.
    func firstClash() -> Clash? {
        for kind in ScreenKind.allCases {
            let all = Actions.all(on: kind).map { ($0, chords(of: $0, on: kind)) }
            for (action, chords) in all {
                guard let binding = binding(of: action, on: kind) else { continue }
                for chord in chords {
                    if let other = owner(of: chord, besides: action, among: all, on: kind) {
                        return Clash(binding: binding, chord: chord, other: other, kind: kind)
                    }
                }
            }
        }
        return nil
    }

    /// Who else is meant by presses that begin alike; of two chosen ones the later has to yield.
    private func owner(
        of chord: KeyChord,
        besides action: Action,
        among all: [(Action, [KeyChord])],
        on kind: ScreenKind
    ) -> String? {
        if chord.events.count == 1, Table<Int>.usualKeys[chord.events[0]] != nil {
            return "lists"
        }
        let line = binding(of: action, on: kind)?.line ?? 0
        return all.first { other, chords in
            guard other.id != action.id,
                chords.contains(where: {
                    $0.starts(with: chord.events) || chord.starts(with: $0.events)
                })
            else { return false }
            return (binding(of: other, on: kind)?.line ?? 0) <= line
        }?.0.id
    }
}
