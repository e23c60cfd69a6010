internal import Terminal

/// A control sequence of a key: its numbers and its last byte.
struct KeySequence {
    private let introducer: UInt8
    private let isPrivate: Bool
    private let numbers: [Int]
    private let final: UInt8

    /// Splits a whole sequence, beginning with its escape.
    init(_ bytes: [UInt8]) {
        introducer = bytes[1]
        isPrivate = bytes.count > 3 && (0x3C...0x3F).contains(bytes[2])
        final = bytes[bytes.count - 1]
        let isLinux = bytes.count == 4 && bytes[2] == 0x5B
        let middle = isLinux ? [] : bytes[2..<(bytes.count - 1)]
        let words = middle.split(separator: 0x3B, omittingEmptySubsequences: false)
        numbers =
            (isLinux ? [-1] : [])
            + words.map { word in
                let digits = word.prefix { (0x30...0x39).contains($0) }
                return Int(String(decoding: digits.prefix(6), as: UTF8.self)) ?? 0
            }
    }

    /// The press, nil for a sequence that belongs to no key.
    var event: KeyEvent? {
        // Answers and mouse reports, which nobody asked for.
        guard !isPrivate else { return nil }
        if final == 0x5A { return KeyEvent(.tab, .shift) }
        if final == 0x75 { return unicodeKey }
        if numbers.first == -1 {
            return (0x41...0x45).contains(final) ? KeyEvent(.function(Int(final) - 0x40)) : nil
        }
        if final == 0x7E || final == 0x5E {
            let control: KeyEvent.Modifiers = final == 0x5E ? .control : []
            return Self.numbered[numbers.first ?? 0].map { KeyEvent($0, modifiers.union(control)) }
        }
        if final == 0x4D { return introducer == 0x4F ? KeyEvent(.enter) : nil }
        if let key = Self.lettered[final] { return KeyEvent(key, modifiers) }
        guard numbers.isEmpty, let lower = Self.lettered[final & 0xDF],
            (0x61...0x64).contains(final)
        else {
            return nil
        }
        // rxvt sends the arrows in small letters: with shift after [, with control after O.
        return KeyEvent(lower, introducer == 0x5B ? .shift : .control)
    }

    private var modifiers: KeyEvent.Modifiers {
        guard numbers.count > 1, numbers[1] > 1 else { return [] }
        let bits = numbers[1] - 1
        var modifiers: KeyEvent.Modifiers = []
        if bits & 1 != 0 { modifiers.insert(.shift) }
        if bits & 2 != 0 { modifiers.insert(.alt) }
        if bits & 4 != 0 { modifiers.insert(.control) }
        return modifiers
    }

    /// The form `CSI code ; modifiers u` of terminals that report keys as characters.
    private var unicodeKey: KeyEvent? {
        switch numbers.first ?? 0 {
        case 27: return KeyEvent(.escape, modifiers)
        case 13: return KeyEvent(.enter, modifiers)
        case 9: return KeyEvent(.tab, modifiers)
        case 127, 8: return KeyEvent(.backspace, modifiers)
        case let code:
            guard code >= 32, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
            return KeyEvent(.character(Character(scalar)), modifiers)
        }
    }

    private static let lettered: [UInt8: Key] = [
        0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home,
        0x50: .function(1), 0x51: .function(2), 0x52: .function(3), 0x53: .function(4),
    ]

    private static let numbered: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4),
        15: .function(5), 17: .function(6), 18: .function(7), 19: .function(8),
        20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
        25: .function(13), 26: .function(14), 28: .function(15), 29: .function(16),
        31: .function(17), 32: .function(18), 33: .function(19), 34: .function(20),
    ]
}
