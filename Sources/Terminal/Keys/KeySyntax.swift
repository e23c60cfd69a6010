/// Why a text names no key.
public struct KeySyntaxError: Error, Hashable, CustomStringConvertible {
    /// The text as it was given.
    public let text: String

    /// What is wrong, as a lower-case phrase.
    public let reason: String

    /// The whole sentence for a developer.
    public var description: String { "key '\(SafeText(text))' \(reason)" }
}

extension KeyEvent {
    /// Reads `ctrl-p`, `f5`, `shift-tab`, `alt-x` or a character.
    public init(parsing text: String) throws(KeySyntaxError) {
        guard !text.isEmpty else {
            throw KeySyntaxError(text: text, reason: "is empty; write 'space' for the space bar")
        }
        if text.count == 1, let character = text.first {
            self.init(.character(character))
            return
        }
        var modifiers: Modifiers = []
        var rest = Substring(text)
        while let dash = rest.firstIndex(of: "-"), dash != rest.startIndex,
            rest.index(after: dash) != rest.endIndex
        {
            let word = String(rest[..<dash]).lowercased()
            guard let modifier = Self.modifierNames.first(where: { $0.names.contains(word) }) else {
                throw KeySyntaxError(
                    text: text,
                    reason: "has the unknown modifier '\(SafeText(word))'; use ctrl, alt or shift"
                )
            }
            guard modifiers.insert(modifier.value).inserted else {
                throw KeySyntaxError(text: text, reason: "names '\(word)' twice")
            }
            rest = rest[rest.index(after: dash)...]
        }
        self.init(try Self.key(named: rest, in: text), modifiers)
        try normalize(from: text)
    }

    private static func key(
        named name: Substring,
        in text: String
    ) throws(KeySyntaxError) -> Key {
        let word = String(name).lowercased()
        if let known = keyNames.first(where: { $0.names.contains(word) }) { return known.key }
        if word.first == "f", let number = Int(word.dropFirst()) {
            guard (1...24).contains(number) else {
                throw KeySyntaxError(text: text, reason: "must be between f1 and f24")
            }
            return .function(number)
        }
        guard name.count == 1, let character = name.first else {
            throw KeySyntaxError(
                text: text,
                reason: "names no key; write a character, f1 to f24, or one of: "
                    + keyNames.map { $0.names[0] }.joined(separator: ", ")
            )
        }
        return .character(character)
    }

    /// Brings what terminals cannot tell apart into one form, and refuses what they never send.
    private mutating func normalize(from text: String) throws(KeySyntaxError) {
        guard case .character(let character) = key else { return }
        if modifiers.contains(.shift), character.isLetter, !modifiers.contains(.control) {
            key = .character(Character(String(character).uppercased().prefix(1) + ""))
            modifiers.remove(.shift)
        }
        guard modifiers.contains(.control) else { return }
        key = .character(Character(String(character).lowercased().prefix(1) + ""))
        modifiers.remove(.shift)
        switch key {
        case .character("i"), .character("m"), .character("["):
            throw KeySyntaxError(
                text: text,
                reason: "cannot be told from tab, enter or esc by a terminal"
            )
        default: break
        }
    }

    fileprivate static let modifierNames: [(names: [String], value: Modifiers)] = [
        (["ctrl", "control", "c"], .control), (["alt", "meta", "m"], .alt),
        (["shift", "s"], .shift),
    ]

    fileprivate static let keyNames: [(names: [String], key: Key)] = [
        (["enter", "return"], .enter), (["esc", "escape"], .escape), (["tab"], .tab),
        (["space"], .character(" ")), (["backspace"], .backspace), (["delete", "del"], .delete),
        (["insert", "ins"], .insert), (["up"], .up), (["down"], .down), (["left"], .left),
        (["right"], .right), (["home"], .home), (["end"], .end),
        (["pageup", "pgup"], .pageUp), (["pagedown", "pgdown", "pgdn"], .pageDown),
        (["minus"], .character("-")),
    ]
}

extension KeyEvent: CustomStringConvertible {
    /// The event in the syntax that `init(parsing:)` reads.
    public var description: String {
        var text = ""
        if modifiers.contains(.control) { text += "ctrl-" }
        if modifiers.contains(.alt) { text += "alt-" }
        if modifiers.contains(.shift) { text += "shift-" }
        switch key {
        case .function(let number): return text + "f\(number)"
        case .character("-") where modifiers.isEmpty: return "-"
        default: break
        }
        if let name = Self.keyNames.first(where: { $0.key == key })?.names[0] { return text + name }
        if case .character(let character) = key { return text + String(character) }
        return text
    }
}

/// Keys that are pressed one after the other, as `g g`.
public struct KeyChord: Sendable, Hashable, CustomStringConvertible {
    /// The presses, at least one.
    public let events: [KeyEvent]

    /// Reads keys that are separated by spaces.
    public init(parsing text: String) throws(KeySyntaxError) {
        var events: [KeyEvent] = []
        for word in text.split(separator: " ") {
            events.append(try KeyEvent(parsing: String(word)))
        }
        guard !events.isEmpty else {
            throw KeySyntaxError(text: text, reason: "is empty; write 'space' for the space bar")
        }
        guard events.count <= 4 else {
            throw KeySyntaxError(text: text, reason: "has more than 4 presses")
        }
        self.events = events
    }

    /// Makes a chord of one press.
    public init(_ event: KeyEvent) { events = [event] }

    /// The chord in the syntax that `init(parsing:)` reads.
    public var description: String { events.map(\.description).joined(separator: " ") }

    /// Whether these presses are the beginning of the chord, or all of it.
    public func starts(with presses: [KeyEvent]) -> Bool { events.starts(with: presses) }
}
