// DESIGN: fewer bytes for the same places.
//
// ncurses moves over more than eight columns by row and column, even within a row, says a column
// where the distance is shorter, and repeats a character by its count only when it is one byte
// long. In a full repaint of a table that is a sixth of what is sent.
// 1. Row and column are known only from a move within the same bytes, and forgotten at whatever may
//    change them in a way that depends on the terminal: for a column that is every character that
//    is not ASCII, whose width is the terminal's opinion.
// 2. The shorter forms are used only where the terminal's description has them. Descriptions say of
//    `REP` what is true of xterm, and stand for others as well: a tmux that is told to be an xterm
//    repeats nothing but ASCII, and would leave holes. So runs are shortened once the terminal has
//    shown on a line-drawing character that it does it (`HabitProbe`).

/// Shortens moves within a row, and runs of one line-drawing character.
struct MoveFilter {
    /// What the terminal's description has.
    struct Forms {
        /// `CHA`, a column (ECMA-48, 8.3.9).
        var columns = true
        /// `CUF`, so many columns on (ECMA-48, 8.3.20).
        var distances = true
        /// `REP`, the last character again (ECMA-48, 8.3.103).
        var repeats = true
    }

    private var forms: Forms
    private var row: Int?
    private var column: Int?

    init(_ forms: Forms) { self.forms = forms }

    /// Sends runs by their count from now on.
    mutating func allowRepeats() { forms.repeats = true }

    /// The bytes with shorter moves and runs; they leave the same cells and the same cursor.
    mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        (row, column) = (nil, nil)
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            if forms.repeats, let run = LineRun(startOf: rest) {
                output += run.bytes
                index += run.length
                column = nil
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
            write(final)
            return Array(part)
        }
        let numbers = Self.numbers(part)
        switch final {
        case 0x48 where numbers.count < 3: return move(to: numbers, sentAs: part)
        case 0x47 where numbers.count == 1: return move(toColumn: numbers[0], sentAs: part)
        case 0x43: column = column.flatMap { column in numbers.first.map { column + $0 } }
        case 0x44: column = column.flatMap { column in numbers.first.map { column - $0 } }
        case 0x64: row = numbers.first
        case 0x4A, 0x4B, 0x58, 0x6D: break
        default: (row, column) = (nil, nil)
        }
        return Array(part)
    }

    private mutating func write(_ byte: UInt8) {
        switch byte {
        case 0x20..<0x7F: column = column.map { $0 + 1 }
        // These stay in the row.
        case 0x0D: column = 1
        case 0x08, 0x80...: column = nil
        // LF, TAB and ESC alone may not.
        default: (row, column) = (nil, nil)
        }
    }

    private mutating func move(to place: [Int], sentAs part: ArraySlice<UInt8>) -> [UInt8] {
        let (wantedRow, wanted) = (place.first ?? 1, place.count == 2 ? place[1] : 1)
        let isWithinRow = row == wantedRow
        row = wantedRow
        guard forms.columns, isWithinRow else {
            column = wanted
            return Array(part)
        }
        return move(toColumn: wanted, sentAs: Array("\u{1B}[\(wanted)G".utf8))
    }

    private mutating func move(
        toColumn wanted: Int,
        sentAs part: some Collection<UInt8>
    ) -> [UInt8] {
        defer { column = wanted }
        if wanted == 1 { return [0x0D] }
        guard forms.distances, let column, wanted > column else { return Array(part) }
        let distance = wanted - column
        let shorter = Array("\u{1B}[\(distance == 1 ? "" : "\(distance)")C".utf8)
        return shorter.count < part.count ? shorter : Array(part)
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
