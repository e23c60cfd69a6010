// DESIGN: fewer bytes for the same places.
//
// ncurses moves over more than eight columns by row and column, even within a row, and repeats a
// character by its count only when it is one byte long. In a full repaint of a table that is a
// seventh of what is sent.
// 1. The row is known only from a move within the same bytes, and forgotten at whatever may change
//    it in a way that depends on the terminal.
// 2. Both shorter forms are used only where the terminal's description has them.

/// Shortens moves within a row, and runs of one line-drawing character.
struct MoveFilter {
    private let movesWithinRow: Bool
    private let repeats: Bool
    private var row: Int?

    /// - Parameters:
    ///   - movesWithinRow: The terminal knows `CHA` (ECMA-48, 8.3.9).
    ///   - repeats: The terminal knows `REP` (ECMA-48, 8.3.103).
    init(movesWithinRow: Bool, repeats: Bool) {
        self.movesWithinRow = movesWithinRow
        self.repeats = repeats
    }

    /// The bytes with shorter moves and runs; they leave the same cells and the same cursor.
    mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        row = nil
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            if repeats, let run = LineRun(startOf: rest) {
                output += run.bytes
                index += run.length
            } else {
                let length = ControlSequences.length(of: rest)
                output += shortened(rest.prefix(length))
                index += length
            }
        }
        return output
    }

    /// The same move in fewer bytes, or the bytes as they are.
    private mutating func shortened(_ part: ArraySlice<UInt8>) -> [UInt8] {
        let final = part[part.endIndex - 1]
        guard part.count > 1 else {
            // Printed characters, CR and BS stay in the row; LF, TAB and ESC alone may not.
            if final < 0x20, final != 0x0D, final != 0x08 { row = nil }
            return Array(part)
        }
        switch final {
        case 0x48: return place(part)
        case 0x64: row = Self.numbers(part).first
        case 0x43, 0x44, 0x47, 0x4A, 0x4B, 0x58, 0x6D: break
        default: row = nil
        }
        return Array(part)
    }

    private mutating func place(_ part: ArraySlice<UInt8>) -> [UInt8] {
        let numbers = Self.numbers(part)
        let target = numbers.first ?? 1
        defer { row = target }
        guard movesWithinRow, row == target, numbers.count < 3 else { return Array(part) }
        let column = numbers.count == 2 ? numbers[1] : 1
        return column == 1 ? [0x0D] : Array("\u{1B}[\(column)G".utf8)
    }

    /// The numbers of a sequence; one that is left out is 1.
    private static func numbers(_ part: ArraySlice<UInt8>) -> [Int] {
        part.dropFirst(2).dropLast().split(separator: 0x3B, omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? 1 }
    }
}

/// Equal characters of line drawing in a row: three bytes each, one column wide.
private struct LineRun {
    let length: Int
    let bytes: [UInt8]

    /// A shorter run is no longer than its count.
    private static let least = 3

    /// Nil where no run of U+2500...U+257F stands first.
    init?(startOf rest: ArraySlice<UInt8>) {
        let character = rest.prefix(3)
        guard character.count == 3, character.first == 0xE2,
            [0x94, 0x95].contains(character[character.startIndex + 1])
        else { return nil }
        var count = 1
        while rest.dropFirst(3 * count).prefix(3).elementsEqual(character) { count += 1 }
        guard count >= Self.least else { return nil }
        length = 3 * count
        bytes = character + Array("\u{1B}[\(count - 1)b".utf8)
    }
}
