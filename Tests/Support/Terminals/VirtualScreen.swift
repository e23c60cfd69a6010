public import Terminal

/// A terminal's screen as a grid of characters, made from the bytes that a program sent.
///
/// It knows the sequences of xterm that ncurses uses; one that it does not know is kept in
/// `unknown`, so that a test can insist on there being none.
public struct VirtualScreen: Sendable {
    /// The size.
    public private(set) var size: Size

    /// Where the cursor is.
    public private(set) var cursor = Point(x: 0, y: 0)

    /// The private modes that are set, as 1049 for the alternate screen.
    public private(set) var modes: Set<Int> = [25]

    /// The number of frames that were ended by the mark of synchronized output.
    public private(set) var frames = 0

    /// Whether no frame is on its way.
    public var isWhole: Bool { !modes.contains(2_026) }

    /// Control sequences that mean nothing to this screen.
    public private(set) var unknown: [String] = []

    private var cells: [[String]]
    private var margins: ClosedRange<Int>
    private var saved = Point(x: 0, y: 0)
    private var wrapsNext = false
    private var last = " "

    /// Makes an empty screen.
    public init(size: Size) {
        self.size = size
        cells = Self.blank(size)
        margins = 0...max(0, size.rows - 1)
    }

    private static func blank(_ size: Size) -> [[String]] {
        Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
    }

    /// The characters by row and column; one of two columns is followed by an empty one.
    public var grid: [[String]] { cells }

    /// The rows without the spaces at their ends.
    public var lines: [String] {
        cells.map { row in
            var line = Substring(row.joined())
            while line.last == " " { line.removeLast() }
            return String(line)
        }
    }

    /// Changes the size; what fits stays.
    public mutating func resize(_ new: Size) {
        var grid = Self.blank(new)
        for y in 0..<min(size.rows, new.rows) {
            for x in 0..<min(size.columns, new.columns) { grid[y][x] = cells[y][x] }
        }
        cells = grid
        size = new
        margins = 0...max(0, new.rows - 1)
        cursor = Point(x: min(cursor.x, new.columns - 1), y: min(cursor.y, new.rows - 1))
    }

    /// Draws one printable character.
    mutating func print(_ scalar: Unicode.Scalar) {
        let width = DisplayWidth.columns(of: scalar)
        if width == 0 {
            let x = max(0, cursor.x - (wrapsNext ? 0 : 1))
            cells[cursor.y][x].unicodeScalars.append(scalar)
            return
        }
        if wrapsNext || cursor.x + width > size.columns {
            cursor.x = 0
            lineFeed()
        }
        wrapsNext = false
        last = String(scalar)
        cells[cursor.y][cursor.x] = last
        if width == 2, cursor.x + 1 < size.columns { cells[cursor.y][cursor.x + 1] = "" }
        if cursor.x + width >= size.columns {
            wrapsNext = true
            cursor.x = size.columns - 1
        } else {
            cursor.x += width
        }
    }

    /// Obeys one C0 character.
    mutating func control(_ byte: UInt8) {
        wrapsNext = false
        switch byte {
        case 0x08: cursor.x = max(0, cursor.x - 1)
        case 0x09: cursor.x = min(size.columns - 1, (cursor.x / 8 + 1) * 8)
        case 0x0A, 0x0B, 0x0C: lineFeed()
        case 0x0D: cursor.x = 0
        default: break
        }
    }

    private mutating func lineFeed() {
        if cursor.y == margins.upperBound {
            scroll(up: 1, from: margins.lowerBound)
        } else {
            cursor.y = min(size.rows - 1, cursor.y + 1)
        }
    }

    private mutating func scroll(up count: Int, from top: Int) {
        for _ in 0..<min(count, margins.upperBound - top + 1) {
            cells.remove(at: top)
            cells.insert(Array(repeating: " ", count: size.columns), at: margins.upperBound)
        }
    }

    private mutating func scroll(down count: Int, from top: Int) {
        for _ in 0..<min(count, margins.upperBound - top + 1) {
            cells.remove(at: margins.upperBound)
            cells.insert(Array(repeating: " ", count: size.columns), at: top)
        }
    }

    /// Obeys an escape of two characters.
    mutating func escape(_ final: UInt8) {
        wrapsNext = false
        switch final {
        case UInt8(ascii: "7"): saved = cursor
        case UInt8(ascii: "8"): cursor = saved
        case UInt8(ascii: "D"): lineFeed()
        case UInt8(ascii: "E"):
            cursor.x = 0
            lineFeed()
        case UInt8(ascii: "M"):
            if cursor.y == margins.lowerBound {
                scroll(down: 1, from: margins.lowerBound)
            } else {
                cursor.y = max(0, cursor.y - 1)
            }
        case UInt8(ascii: "="), UInt8(ascii: ">"): break
        case UInt8(ascii: "c"): self = VirtualScreen(size: size)
        default: unknown.append("ESC \(Unicode.Scalar(final))")
        }
    }

    /// Obeys a control sequence.
    mutating func sequence(_ body: String, _ final: UInt8) {
        if body.hasPrefix("?") {
            let numbers = body.dropFirst().split(separator: ";").compactMap { Int($0) }
            setModes(numbers, final, body)
            return
        }
        let numbers = body.split(separator: ";", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        if final != UInt8(ascii: "m") { wrapsNext = false }
        if move(final, first, numbers) || edit(final, first) { return }
        switch final {
        case UInt8(ascii: "r"):
            let bottom = numbers.count > 1 && numbers[1] > 0 ? numbers[1] : size.rows
            let lower = max(0, first - 1)
            margins = lower...max(lower, min(bottom, size.rows) - 1)
            cursor = Point(x: 0, y: 0)
        case UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "t"),
            UInt8(ascii: "n"):
            break
        default: unknown.append("CSI \(body)\(Unicode.Scalar(final))")
        }
    }

    private mutating func setModes(_ numbers: [Int], _ final: UInt8, _ body: String) {
        switch final {
        case UInt8(ascii: "h"): modes.formUnion(numbers)
        case UInt8(ascii: "l"):
            modes.subtract(numbers)
            if numbers.contains(2_026) { frames += 1 }
        // The shape of the console's cursor, as Linux has it.
        case UInt8(ascii: "c"): break
        default: unknown.append("CSI \(body)\(Unicode.Scalar(final))")
        }
        if numbers.contains(1_049) { cells = Self.blank(size) }
    }

    private mutating func move(_ final: UInt8, _ first: Int, _ numbers: [Int]) -> Bool {
        let step = max(1, first)
        switch final {
        case UInt8(ascii: "A"): cursor.y = max(0, cursor.y - step)
        case UInt8(ascii: "B"): cursor.y = min(size.rows - 1, cursor.y + step)
        case UInt8(ascii: "C"): cursor.x = min(size.columns - 1, cursor.x + step)
        case UInt8(ascii: "D"): cursor.x = max(0, cursor.x - step)
        case UInt8(ascii: "G"): cursor.x = min(size.columns, step) - 1
        case UInt8(ascii: "d"): cursor.y = min(size.rows, step) - 1
        case UInt8(ascii: "I"):
            cursor.x = min(size.columns - 1, (cursor.x / 8 + step) * 8)
        case UInt8(ascii: "Z"): cursor.x = max(0, ((cursor.x + 7) / 8 - step) * 8)
        case UInt8(ascii: "H"), UInt8(ascii: "f"):
            let column = numbers.count > 1 ? max(1, numbers[1]) : 1
            cursor = Point(x: min(column, size.columns) - 1, y: min(step, size.rows) - 1)
        default: return false
        }
        return true
    }

    private mutating func edit(_ final: UInt8, _ first: Int) -> Bool {
        let count = max(1, first)
        let (x, y) = (cursor.x, cursor.y)
        switch final {
        case UInt8(ascii: "J"):
            erase(row: y, first == 1 ? 0...x : (first == 0 ? x : 0)...(size.columns - 1))
            let rows = first == 0 ? y + 1..<size.rows : first == 1 ? 0..<y : 0..<size.rows
            for row in rows { erase(row: row, 0...(size.columns - 1)) }
        case UInt8(ascii: "K"):
            erase(row: y, first == 1 ? 0...x : (first == 0 ? x : 0)...(size.columns - 1))
        case UInt8(ascii: "X"): erase(row: y, x...min(size.columns - 1, x + count - 1))
        case UInt8(ascii: "P"):
            let removed = min(count, size.columns - x)
            cells[y].removeSubrange(x..<(x + removed))
            cells[y] += Array(repeating: " ", count: removed)
        case UInt8(ascii: "@"):
            let added = min(count, size.columns - x)
            cells[y].insert(contentsOf: Array(repeating: " ", count: added), at: x)
            cells[y].removeLast(added)
        case UInt8(ascii: "L"): if margins.contains(y) { scroll(down: count, from: y) }
        case UInt8(ascii: "M"): if margins.contains(y) { scroll(up: count, from: y) }
        case UInt8(ascii: "S"): scroll(up: count, from: margins.lowerBound)
        case UInt8(ascii: "T"): scroll(down: count, from: margins.lowerBound)
        case UInt8(ascii: "b"):
            for _ in 0..<count { for scalar in last.unicodeScalars { print(scalar) } }
        default: return false
        }
        return true
    }

    private mutating func erase(row: Int, _ columns: ClosedRange<Int>) {
        for column in columns { cells[row][column] = " " }
    }
}
