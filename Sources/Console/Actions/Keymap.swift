package import Terminal

// DESIGN
//
// 1. The registry has the built-in keys; the operator's file changes them, for all screens or for
//    one. What it says is judged once, when the console starts; what a key means on a screen is
//    looked up when it is pressed, so that nothing is laid out for screens that nobody opens.
// 2. Two actions that a screen has must not begin with the same presses. Where they do, the action
//    that the file bound later goes back to its built-in keys, until nothing collides: the
//    built-in keys do not, which a test holds.
// 3. A list's own keys (up, j, page down) belong to the list, until the file gives it others
//    (KeyMove); a chord may begin with one.

/// Which keys mean which action on which screen.
package struct Keymap: Sendable, Equatable {
    private var choices: Choices
    private var moves: [String: [KeyEvent]] = [:]
    /// What a key stands for in a place; nil for one that was taken away there.
    private var meanings: [KeyPlace: [KeyEvent: KeyEvent?]] = [:]
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
        self.choices = choices
        for move in KeyMove.all { take(move, choices.events(of: move)) }
        changed = Set(choices.bindings.map(\.action))
        takeAliases(file)
        problems = file.errors.map(\.description) + choices.problems + problems
    }

    private mutating func take(_ move: KeyMove, _ events: [KeyEvent]) {
        moves[move.id] = events
        guard let known = move.events.first else { return }
        var table = meanings[move.place] ?? [:]
        for old in move.events where table[old] == nil { table[old] = .some(nil) }
        for event in events { table[event] = .some(known) }
        meanings[move.place] = table
    }

    /// What a press stands for in a place; nil when it was taken away there.
    func meaning(of key: KeyEvent, in place: KeyPlace) -> KeyEvent? {
        for place in [place, place.parent, .anywhere].compactMap(\.self) {
            if let found = meanings[place]?[key] { return found }
        }
        return key
    }

    /// The keys of a move, as they are written.
    func keys(ofMove id: String) -> [String] { (moves[id] ?? []).map(\.description) }

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
        var isBeginning = false
        for action in Actions.all where action.exists(on: kind) {
            for chord in choices.chords(of: action, on: kind) where chord.starts(with: presses) {
                if chord.events.count == presses.count { return .action(action.id) }
                isBeginning = true
            }
        }
        return isBeginning ? .beginning : .nothing
    }

    /// The keys of an action on a screen, as they are written.
    func keys(of action: Action, on kind: ScreenKind) -> [String] {
        action.exists(on: kind) ? choices.chords(of: action, on: kind).map(\.description) : []
    }

    /// Whether somebody chose the keys of an action.
    func isChanged(_ action: Action) -> Bool { changed.contains(action.id) }
}

/// What the file chose, as far as it stands.
private struct Choices: Sendable, Equatable {
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
        if let move = KeyMove.named(binding.action) { return fault(of: binding, move) }
        guard let action = Actions.action(named: binding.action) else {
            let names = Actions.all.map(\.id) + KeyMove.all.map(\.id)
            let near = names.fuzzy(binding.action) { $0 }.first
            let hint = near.map { " Did you mean \($0)?" } ?? ""
            return "there is no action \(name).\(hint)"
        }
        guard let screen = binding.screen else { return nil }
        guard let kind = ScreenKind(rawValue: screen) else {
            return "there is no screen \(SafeText(screen, limit: 50))."
        }
        return action.exists(on: kind) ? nil : "\(name) is not on the screen \(screen)."
    }

    private static func fault(of binding: KeysFile.Binding, _ move: KeyMove) -> String? {
        if binding.screen != nil { return "\(move.id) is the same on every screen." }
        if binding.chords.contains(where: { $0.events.count > 1 }) {
            return "\(move.id) takes single keys, not one after the other."
        }
        if binding.chords.contains(where: { $0.events.first == KeyMove.wayOut }) {
            return "ctrl-c leaves whatever is open, so \(move.id) cannot have it."
        }
        let letter = binding.chords.first { $0.events.first?.typed != nil }
        guard move.place.takesText, let letter else { return nil }
        return "\(letter) is typed as text \(move.place.words), where \(move.id) belongs."
    }

    /// The keys of a move.
    func events(of move: KeyMove) -> [KeyEvent] {
        bindings.last { $0.action == move.id }?.chords.compactMap(\.events.first) ?? move.events
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
        /// Where it is so.
        let place: String

        func sentence(in file: String) -> String {
            "\(file):\(binding.line): \(chord) of \(binding.action) is taken by \(other) \(place), "
                + "so \(binding.action) keeps its built-in keys."
        }
    }

    /// The first collision of a chosen key; nil when there is none.
    func firstClash() -> Clash? {
        guard !bindings.isEmpty else { return nil }
        for kind in ScreenKind.allCases {
            let all = Actions.all(on: kind).map { ($0, chords(of: $0, on: kind)) }
            for (action, chords) in all {
                guard let binding = binding(of: action, on: kind) else { continue }
                for chord in chords {
                    if let other = owner(of: chord, besides: action, among: all, on: kind) {
                        let place = "on the screen \(kind.rawValue)"
                        return Clash(binding: binding, chord: chord, other: other, place: place)
                    }
                }
            }
        }
        return KeyMove.all.lazy.compactMap { firstClash(of: $0) }.first
    }

    /// The first collision of a move's chosen keys with another move, or with an action.
    private func firstClash(of move: KeyMove) -> Clash? {
        guard let binding = bindings.last(where: { $0.action == move.id }) else { return nil }
        for event in events(of: move) {
            let owner =
                KeyMove.all.first { other in
                    other.id != move.id && other.meets(move) && events(of: other).contains(event)
                        && line(of: other) <= binding.line
                }?.id ?? action(beginningWith: event, besides: move, before: binding.line)
            guard let owner else { continue }
            return Clash(
                binding: binding,
                chord: KeyChord(event),
                other: owner,
                place: move.place.words
            )
        }
        return nil
    }

    private func line(of move: KeyMove) -> Int {
        bindings.last { $0.action == move.id }?.line ?? 0
    }

    /// Actions have their keys where lists have theirs, and painting again is everywhere.
    private func action(
        beginningWith event: KeyEvent,
        besides move: KeyMove,
        before line: Int
    ) -> String? {
        guard move.place == .list || move.place == .anywhere else { return nil }
        for kind in ScreenKind.allCases {
            for action in Actions.all(on: kind)
            where chords(of: action, on: kind).contains(where: { $0.starts(with: [event]) }) {
                if (binding(of: action, on: kind)?.line ?? 0) <= line { return action.id }
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
        let line = binding(of: action, on: kind)?.line ?? 0
        let list = KeyMove.all.first { move in
            move.place == .list && chord.events.count == 1
                && events(of: move).contains(chord.events[0]) && self.line(of: move) <= line
        }
        if list != nil { return "lists" }
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

extension KeyMove {
    /// Whether both take keys at the same time.
    fileprivate func meets(_ other: KeyMove) -> Bool {
        place == other.place || place == .anywhere || other.place == .anywhere
            || place.parent == other.place || other.place.parent == place
    }
}
