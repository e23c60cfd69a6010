// DESIGN: fewer bytes for the same look.
//
// For each change of style ncurses sends foreground, background and traits anew, with a reset and a
// character set that is never left. Over SSH that is more than half of a coloured screen. The
// filter reads the changes, keeps the style that is wanted and the one that the terminal has, and
// sends the difference when something is drawn.
// 1. Only sequences of style are touched; every other byte passes in its order.
// 2. The difference is sent before anything that draws or erases; moves of the cursor may go first.
// 3. A sequence that the filter does not know passes as it is, and the next style is sent whole.

/// Shortens the changes of style in the output of ncurses.
struct StyleFilter {
    private var wanted = TerminalLook()
    private var current: TerminalLook?

    /// Forgets what the terminal has, because somebody else wrote to it.
    mutating func invalidate() { current = nil }

    /// The bytes with shorter changes of style; the terminal then has the style of the last one.
    mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let length = ControlSequences.length(of: bytes[index...])
            take(bytes[index..<(index + length)], into: &output)
            index += length
        }
        settle(into: &output)
        return output
    }

    private mutating func take(_ part: ArraySlice<UInt8>, into output: inout [UInt8]) {
        let final = part[part.endIndex - 1]
        switch part.count {
        case 1: if final != 0x0D, final != 0x08 { settle(into: &output) }
        case 3 where part.starts(with: [0x1B, 0x28, 0x42]): return
        default:
            if final == 0x6D {
                if wanted.apply(part.dropFirst(2).dropLast()) { return }
                settle(into: &output)
                current = nil
            } else if !Self.moves.contains(final) {
                settle(into: &output)
            }
        }
        output += part
    }

    /// The last bytes of sequences that only move the cursor: A B C D G H d.
    private static let moves: Set<UInt8> = [0x41, 0x42, 0x43, 0x44, 0x47, 0x48, 0x64]

    private mutating func settle(into output: inout [UInt8]) {
        guard wanted != current else { return }
        output += wanted.sequence(from: current)
        current = wanted
    }
}

/// The style that a terminal has, in the numbers of its sequences.
struct TerminalLook: Equatable {
    /// Bold 1, dim 2, underline 4, reverse 7: one bit for each number.
    private var traits: UInt8 = 0
    private var foreground = 39
    private var background = 49

    /// Colours of the palette of 256 are kept above this number.
    private static let palette = 1_000

    /// Applies the numbers of a sequence; false, and no change, when one of them is unknown.
    mutating func apply(_ body: ArraySlice<UInt8>) -> Bool {
        let words = body.split(separator: 0x3B, omittingEmptySubsequences: false)
        let numbers = words.map {
            Int(String(decoding: $0, as: UTF8.self)) ?? ($0.isEmpty ? 0 : -1)
        }
        var look = self
        var index = 0
        while index < numbers.count {
            switch numbers[index] {
            case 0: look = TerminalLook()
            case 1, 2, 4, 7: look.traits |= 1 << UInt8(numbers[index])
            case 22: look.traits &= ~0b110
            case 24: look.traits &= ~0b1_0000
            case 27: look.traits &= ~0b1000_0000
            case 30...37, 39, 90...97: look.foreground = numbers[index]
            case 40...47, 49, 100...107: look.background = numbers[index]
            case 38, 48:
                guard index + 2 < numbers.count, numbers[index + 1] == 5 else { return false }
                let color = Self.palette + numbers[index + 2]
                if numbers[index] == 38 { look.foreground = color } else { look.background = color }
                index += 2
            default: return false
            }
            index += 1
        }
        self = look
        return true
    }

    /// The shortest sequence that leads here from another look, or from an unknown one.
    func sequence(from other: TerminalLook?) -> [UInt8] {
        let whole = [""] + parameters(from: TerminalLook())
        guard let other else { return Self.bytes(whole) }
        let difference = parameters(from: other)
        return Self.bytes(
            difference.map(\.count).reduce(0, +) + difference.count
                <= whole.map(\.count).reduce(0, +) + whole.count ? difference : whole
        )
    }

    private func parameters(from other: TerminalLook) -> [String] {
        var parameters: [String] = []
        var kept = other.traits
        if other.traits & ~traits & 0b110 != 0 {
            parameters.append("22")
            kept &= ~0b110
        }
        if other.traits & ~traits & 0b1_0000 != 0 { parameters.append("24") }
        if other.traits & ~traits & 0b1000_0000 != 0 { parameters.append("27") }
        for number in [1, 2, 4, 7] where traits & ~kept & (1 << UInt8(number)) != 0 {
            parameters.append("\(number)")
        }
        if foreground != other.foreground { parameters.append(Self.parameter(foreground, "38")) }
        if background != other.background { parameters.append(Self.parameter(background, "48")) }
        return parameters
    }

    private static func parameter(_ color: Int, _ introducer: String) -> String {
        color < palette ? "\(color)" : "\(introducer);5;\(color - palette)"
    }

    private static func bytes(_ parameters: [String]) -> [UInt8] {
        Array("\u{1B}[\(parameters.joined(separator: ";"))m".utf8)
    }
}
