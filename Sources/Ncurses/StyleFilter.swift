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

    /// What the terminal has; nil while that is unknown.
    var look: TerminalLook? { current }

    /// Forgets what the terminal has, because somebody else wrote to it.
    mutating func invalidate() { current = nil }

    /// Learns what the terminal has, because other bytes were sent than were filtered.
    mutating func adopt(_ look: TerminalLook) { current = look }

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
