internal import Terminal

// DESIGN: answers that must not become keys.
//
// A terminal answers OSC 11 with a string that looks like typing: `ESC ] 11;rgb:ffff/ffff/ffff`. It
// may come late, in pieces, or broken off.
// 1. Only `ESC ]` with a digit behind it, or `ESC P` with a sign of an answer, begins a string; a
//    lone `ESC ]` stays the key alt-].
// 2. What came together with the beginning, and what has an end behind it, is the string. Of bytes
//    that come later, while there is no end, only those of a colour belong to it: another byte is
//    a key, and what came before it is dropped.
// 3. A string that is cut off is dropped after a pause, and at 256 bytes.

/// Strings by which a terminal answers: OSC and DCS.
enum AnswerString {
    /// What stands first in the buffer.
    enum Reading: Equatable {
        /// No answer.
        case none
        /// An answer whose end is missing.
        case incomplete
        /// So many bytes, and what they say if it is something that was asked.
        case whole(Int, TerminalReport?)
    }

    private static let limit = 256

    /// The milliseconds that a beginning like this may wait for its sequel; nil when it is none.
    static func pause(_ bytes: [UInt8]) -> Int32? {
        guard bytes.count > 1, bytes[0] == 0x1B, bytes[1] == 0x5D || bytes[1] == 0x50 else {
            return nil
        }
        return begins(bytes) ? 500 : 100
    }

    /// Whether the bytes begin an answer.
    private static func begins(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2, bytes[0] == 0x1B else { return false }
        switch bytes[1] {
        case 0x5D: return isDigit(bytes[2])
        // XTVERSION `>|`, DECRQSS `1$` and XTGETTCAP `1+`.
        case 0x50: return bytes[2] == 0x3E || bytes.count > 3 && isMark(bytes[2], bytes[3])
        default: return false
        }
    }

    /// Reads what stands first; `fresh` is where the bytes begin that came last, and `isFinal` says
    /// that nothing follows for now.
    static func read(_ bytes: [UInt8], fresh: Int, isFinal: Bool) -> Reading {
        guard begins(bytes) else {
            let isOpen =
                pause(bytes) != nil
                && (bytes.count == 2
                    || bytes.count == 3 && bytes[1] == 0x50 && isDigit(bytes[2]))
            return isOpen && !isFinal ? .incomplete : .none
        }
        var stranger: Int?
        for index in bytes.indices.dropFirst(2) {
            switch bytes[index] {
            case 0x07: return whole(bytes[2..<index], length: index + 1)
            case 0x1B where index + 1 < bytes.count:
                let isEnd = bytes[index + 1] == 0x5C
                return isEnd ? whole(bytes[2..<index], length: index + 2) : .whole(index, nil)
            case 0x1B: return isFinal ? .whole(index + 1, nil) : .incomplete
            case 0x20..<0x7F where index < limit: break
            default: return .whole(index, nil)
            }
            if stranger == nil, fresh > 0, index >= fresh, !belongs(bytes[index], to: bytes[1]) {
                stranger = index
            }
        }
        if let stranger { return .whole(stranger, nil) }
        return isFinal ? .whole(bytes.count, nil) : .incomplete
    }

    private static func whole(_ body: ArraySlice<UInt8>, length: Int) -> Reading {
        let text = String(decoding: body, as: UTF8.self)
        guard text.hasPrefix("11;"), let color = Color(report: text.dropFirst(3)) else {
            return .whole(length, nil)
        }
        return .whole(length, .background(color))
    }

    /// Whether a byte that came later can go on an answer: a colour for OSC, any name for DCS.
    private static func belongs(_ byte: UInt8, to introducer: UInt8) -> Bool {
        if introducer == 0x50 { return true }
        switch byte {
        case 0x30...0x3B, 0x61...0x67, 0x41...0x46, 0x72, 0x23, 0x2F, 0x3F: return true
        default: return false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isMark(_ digit: UInt8, _ mark: UInt8) -> Bool {
        isDigit(digit) && (mark == 0x24 || mark == 0x2B || mark == 0x21)
    }
}

/// A report of the mouse in the form `CSI < button ; column ; row M`.
struct MouseReport {
    /// What it means; nil for moves, releases and other buttons.
    let event: MouseEvent?

    /// Reads a whole sequence, beginning with its escape.
    init(_ sequence: [UInt8]) {
        let body = sequence.dropFirst(3).dropLast()
        let numbers = body.split(separator: 0x3B).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard sequence.last == 0x4D, numbers.count == 3, let button = numbers[0],
            let column = numbers[1], let row = numbers[2], (1...10_000).contains(column),
            (1...10_000).contains(row)
        else {
            event = nil
            return
        }
        let kinds: [Int: MouseEvent.Kind] = [0: .press, 64: .wheelUp, 65: .wheelDown]
        event = kinds[button].map { MouseEvent($0, at: Point(x: column - 1, y: row - 1)) }
    }
}
