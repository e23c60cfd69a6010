internal import Terminal

/// Turns the bytes of a terminal into events.
///
/// It understands xterm, VT, Linux, rxvt, screen and tmux at once, because their sequences do not
/// contradict each other, and needs no description of the terminal. A lone escape is only known
/// after a pause, which the caller keeps: `flush` says that it is over.
struct InputDecoder {
    private var buffer: [UInt8] = []
    private var paste: [UInt8]?
    /// Where the bytes began that came last, counted from the end.
    private var fresh = 0
    /// Whether a lone escape was taken for the key.
    private var hadEscape = false
    /// Whether the terminal was asked for a sign of life: what may be its beginning waits longer
    /// then, so that a slow line does not make keys of it.
    var awaitsAnswer = false

    /// The most bytes that one paste may bring; the rest is dropped.
    static let pasteLimit = 1 << 20

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    /// The milliseconds of silence after which waiting bytes mean what they are; nil while none do.
    ///
    /// An answer of the terminal may come in pieces over a slow line, a key does not.
    var pause: Int32? {
        guard !buffer.isEmpty, paste == nil else { return nil }
        if awaitsAnswer, Self.alive.starts(with: buffer) { return buffer.count == 1 ? 100 : 500 }
        return AnswerString.pause(buffer) ?? 25
    }

    private static let alive: [UInt8] = Array("\u{1B}[0n".utf8)

    /// Takes bytes and gives the events that they complete.
    mutating func feed(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
        let old = buffer.count
        buffer += bytes
        fresh = buffer.count - old
        // The escape of an answer came so long before the rest that it was taken for the key.
        if hadEscape, old == 0, isAnswerWithoutEscape { buffer.insert(0x1B, at: 0) }
        hadEscape = false
        var events: [InputEvent] = []
        while let event = next(isFinal: false) { events += event }
        return events
    }

    private var isAnswerWithoutEscape: Bool {
        buffer.starts(with: Array("]11;".utf8))
            || awaitsAnswer && buffer.starts(with: Self.alive.dropFirst())
    }

    /// Gives what the waiting bytes mean now that nothing follows them.
    mutating func flush() -> [InputEvent] {
        var events: [InputEvent] = []
        while paste == nil, let event = next(isFinal: true) { events += event }
        return events
    }

    /// The next events; nil when more bytes are needed.
    private mutating func next(isFinal: Bool) -> [InputEvent]? {
        if paste != nil { return continuePaste() }
        guard let first = buffer.first else { return nil }
        if first == 0x1B { return escape(isFinal: isFinal) }
        guard let (event, length) = Self.plainKey(buffer[...], isFinal: isFinal) else { return nil }
        buffer.removeFirst(length)
        return event.map { [.key($0)] } ?? []
    }

    private mutating func continuePaste() -> [InputEvent]? {
        let end = Self.pasteEnd
        let start = buffer.indices.first { buffer[$0...].starts(with: end) }
        let ready = start ?? max(0, buffer.count - end.count + 1)
        let room = max(0, Self.pasteLimit - (paste?.count ?? 0))
        paste?.append(contentsOf: buffer[..<min(ready, room)])
        buffer.removeFirst(ready)
        guard start != nil, let text = paste else { return nil }
        buffer.removeFirst(end.count)
        paste = nil
        return [.paste(String(decoding: text, as: UTF8.self))]
    }

    /// An escape: alone, before a key (alt), or the start of a sequence.
    private mutating func escape(isFinal: Bool) -> [InputEvent]? {
        guard buffer.count > 1 else {
            guard isFinal else { return nil }
            buffer.removeFirst()
            hadEscape = true
            return [.key(KeyEvent(.escape))]
        }
        let start = max(0, buffer.count - fresh)
        switch AnswerString.read(buffer, fresh: start, isFinal: isFinal) {
        case .none: break
        case .incomplete: return nil
        case .whole(let length, let report):
            buffer.removeFirst(length)
            return report.map { [.report($0)] } ?? []
        }
        if buffer[1] == 0x5B || buffer[1] == 0x4F {
            if let length = Self.sequenceLength(buffer) {
                let sequence = Array(buffer[..<length])
                buffer.removeFirst(length)
                return interpret(sequence)
            }
            guard isFinal || buffer.count > 64 else { return nil }
        }
        if buffer[1] == 0x1B {
            buffer.removeFirst()
            return [.key(KeyEvent(.escape))]
        }
        guard let (event, length) = Self.plainKey(buffer[1...], isFinal: isFinal) else {
            return nil
        }
        buffer.removeFirst(1 + length)
        return event.map { [.key(KeyEvent($0.key, $0.modifiers.union(.alt)))] } ?? []
    }

    private mutating func interpret(_ sequence: [UInt8]) -> [InputEvent] {
        switch sequence {
        case Array("\u{1B}[200~".utf8):
            paste = []
            return []
        case Array("\u{1B}[I".utf8): return [.focus(true)]
        case Array("\u{1B}[O".utf8): return [.focus(false)]
        case Self.alive: return [.report(.alive)]
        case _ where HabitProbe.answer(sequence) != nil:
            return HabitProbe.answer(sequence).map { [.report(.habits($0))] } ?? []
        case _ where sequence.starts(with: Array("\u{1B}[<".utf8)):
            return MouseReport(sequence).event.map { [.mouse($0)] } ?? []
        default: return KeySequence(sequence).event.map { [.key($0)] } ?? []
        }
    }

    /// The length of the control sequence at the start, nil while its end is missing.
    private static func sequenceLength(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 2 else { return nil }
        if bytes[1] == 0x4F { return 3 }
        if bytes[2] == 0x5B { return bytes.count > 3 ? 4 : nil }
        return bytes.indices.dropFirst(2).first { (0x40...0x7E).contains(bytes[$0]) }.map { $0 + 1 }
    }

    /// The key of bytes that are no sequence, and their number; nil while a character is cut.
    private static func plainKey(
        _ bytes: ArraySlice<UInt8>,
        isFinal: Bool
    ) -> (event: KeyEvent?, length: Int)? {
        guard let first = bytes.first else { return nil }
        switch first {
        case 0x0D, 0x0A: return (KeyEvent(.enter), 1)
        case 0x09: return (KeyEvent(.tab), 1)
        case 0x08, 0x7F: return (KeyEvent(.backspace), 1)
        case 0x00: return (KeyEvent(.character(" "), .control), 1)
        case 0x01...0x1A: return (control(first + 0x60), 1)
        case 0x1B: return (KeyEvent(.escape), 1)
        case 0x1C...0x1F: return (control(first + 0x40), 1)
        case 0x20..<0x7F: return (KeyEvent(.character(Character(Unicode.Scalar(first)))), 1)
        default: break
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        guard bytes.count >= length || isFinal else { return nil }
        let text = String(decoding: bytes.prefix(length), as: UTF8.self)
        guard text.unicodeScalars.count == 1, let character = text.first, character != "\u{FFFD}"
        else { return (nil, 1) }
        return (KeyEvent(.character(character)), length)
    }

    private static func control(_ byte: UInt8) -> KeyEvent {
        KeyEvent(.character(Character(Unicode.Scalar(byte))), .control)
    }
}
