internal import Terminal

extension PseudoTerminal {
    /// Presses a key by the name that `KeyEvent` gives it.
    ///
    /// Escape is sent as terminals with unambiguous keys do: its lone byte and a key right behind it
    /// would be another key.
    public func press(_ name: String) throws { try type(KeyEvent(parsing: name).bytes) }

    /// Waits until a whole frame shows something.
    public func frame(
        for what: String,
        deadline: Duration = .seconds(60),
        _ condition: (VirtualScreen) -> Bool
    ) async throws {
        try await wait(for: what, deadline: deadline) { $0.isWhole && condition($0) }
    }

    /// Waits until one line contains a text; lines from the end have negative numbers.
    public func expect(
        line: Int,
        contains text: String,
        deadline: Duration = .seconds(60)
    ) async throws {
        try await frame(for: "\"\(text)\" in line \(line)", deadline: deadline) { screen in
            let index = line < 0 ? screen.lines.count + line : line
            return screen.lines.indices.contains(index) && screen.lines[index].contains(text)
        }
    }
}

extension KeyEvent {
    /// What a terminal sends for the key.
    var bytes: String {
        let plain =
            switch key {
            case .character(let character): control(character)
            case .enter: "\r"
            case .escape: "\u{1B}[27u"
            case .tab: modifiers.contains(.shift) ? "\u{1B}[Z" : "\t"
            case .backspace: "\u{7F}"
            case .delete: "\u{1B}[3~"
            case .insert: "\u{1B}[2~"
            case .up: "\u{1B}[A"
            case .down: "\u{1B}[B"
            case .right: "\u{1B}[C"
            case .left: "\u{1B}[D"
            case .home: "\u{1B}[H"
            case .end: "\u{1B}[F"
            case .pageUp: "\u{1B}[5~"
            case .pageDown: "\u{1B}[6~"
            case .function(let number): "\u{1B}O\(Unicode.Scalar(UInt8(79 + min(number, 4))))"
            }
        return modifiers.contains(.alt) ? "\u{1B}" + plain : plain
    }

    private func control(_ character: Character) -> String {
        guard modifiers.contains(.control), let code = character.asciiValue else {
            return String(character)
        }
        return String(Unicode.Scalar(code & 0x1F))
    }
}
