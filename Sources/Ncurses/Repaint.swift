internal import Terminal

// DESIGN: a whole screen in few bytes.
//
// For a full repaint ncurses clears the screen in the terminal's own colour, and then sends every
// blank of a page that has another; it names row and column of each line, and the columns of most
// gaps. This writes the same cells from the frame.
// 1. The screen is cleared in the colour that most blanks have; the cursor passes over those.
// 2. A gap is passed in the shortest way: by spaces, by tabs, by its length or to its column.
//    Behind a character that is not ASCII, whose width is the terminal's opinion, the column is
//    said, unless the gap is as short as ncurses would write it.
// 3. What stands in another look in many places is written behind the rest where that is shorter: the
//    look is then said once, and not there and back in each place.
// 4. Only what the terminal's description promises is used, and of tabs and repetitions only what
//    the terminal has shown (`HabitProbe`). Where less is promised ncurses' own bytes are sent.
// 5. ncurses paints as well, because it has to know what the screen shows.

/// Writes a frame on a screen that is cleared for it.
struct Repaint {
    /// What the terminal does.
    struct Forms: Hashable {
        /// Whether it erases in the colour behind the text.
        var erasesInColor = true
        /// `REP`, the last character again (ECMA-48, 8.3.103).
        var repeats = false
        /// Tab stops in each eighth column.
        var tabs = false
    }

    /// The look that the terminal has behind the bytes.
    private(set) var look: TerminalLook
    private let forms: Forms
    private let page: TerminalLook
    private let width: Int
    private var output: [UInt8] = []
    private var row = 0
    private var column = 0
    /// Whether the cursor stands where it was meant to, whatever the terminal thinks of widths.
    private var isCertain = true
    /// Whether there may be something in the gaps.
    private var isLate = false

    /// The bytes of a frame and the look that they leave; nil where the terminal cannot erase in
    /// the colour of the page.
    static func bytes(
        of rows: [[ScreenElement]],
        cursor: Point,
        from look: TerminalLook?,
        _ forms: Forms
    ) -> (bytes: [UInt8], look: TerminalLook)? {
        let page = page(of: rows)
        guard forms.erasesInColor || page.field.isPlain else { return nil }
        let runs = rows.enumerated().flatMap { Run.runs(of: $1, at: $0, on: page) }
        let width = rows.first?.reduce(0) { $0 + $1.columns } ?? 0
        let late = Run.dear(runs)
        let ways = late.isEmpty ? [late] : [[], late]
        return ways.map { late in
            var repaint = Repaint(page: page, width: width, forms: forms, from: look)
            for run in runs where !late.contains(run.look) { repaint.paint(run) }
            repaint.isLate = true
            for look in late {
                for run in runs where run.look == look { repaint.paint(run) }
            }
            repaint.output += Self.place(cursor.x, cursor.y)
            return (repaint.output, repaint.look)
        }.min { $0.0.count < $1.0.count }
    }

    private init(page: TerminalLook, width: Int, forms: Forms, from look: TerminalLook?) {
        self.page = page
        self.width = width
        self.forms = forms
        self.look = page
        if look != page { output += page.sequence(from: look) }
        output += Array("\u{1B}[H\u{1B}[2J".utf8)
    }

    /// The look in which most blanks stand that erasing can leave.
    private static func page(of rows: [[ScreenElement]]) -> TerminalLook {
        var counts: [Style: Int] = [:]
        for row in rows {
            for element in row where element.isBlank { counts[element.style, default: 0] += 1 }
        }
        let erasable = counts.filter { TerminalLook($0.key).field.isErasable }
        let most = erasable.max { $0.value < $1.value }
        return most.map { TerminalLook($0.key) } ?? TerminalLook()
    }

    private mutating func paint(_ run: Run) {
        go(to: run.x, run.y, before: run.look)
        run.element.isBlank ? blanks(run) : write(run)
    }

    private mutating func settle(_ wanted: TerminalLook) {
        guard wanted != look else { return }
        output += wanted.sequence(from: look)
        look = wanted
    }
}

extension Repaint {
    private mutating func write(_ run: Run) {
        let (element, count) = (run.element, run.count)
        settle(run.look)
        let bytes = element.scalars.flatMap { Array(String($0).utf8) }
        let isSingle = element.glyph.firstMark == 0 && element.columns == 1
        if forms.repeats, isSingle, Self.repeatable(element.glyph.base) {
            output += Self.repeated(bytes, count)
        } else {
            for _ in 0..<count { output += bytes }
        }
        column += count * element.columns
        if !element.glyph.base.isASCII || !isSingle { isCertain = false }
    }

    /// ASCII, lines and blocks.
    private static func repeatable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || (0x2500...0x259F).contains(scalar.value)
    }

    /// A run by its count, where that is shorter.
    private static func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
        let whole = (0..<count).flatMap { _ in bytes }
        let short = bytes + Array("\u{1B}[\(count - 1)b".utf8)
        return short.count < whole.count ? short : whole
    }

    /// Blanks that do not look like the page's.
    private mutating func blanks(_ run: Run) {
        let (count, wanted) = (run.count, run.look)
        if look.field != wanted.field { settle(wanted) }
        let erases =
            wanted.field.isErasable && (forms.erasesInColor || wanted.field.isPlain)
        if run.isRest, erases, count > 3 {
            output += Array("\u{1B}[K".utf8)
            return
        }
        let spaces =
            forms.repeats
            ? Self.repeated([0x20], count) : [UInt8](repeating: 0x20, count: count)
        let erased = Array("\u{1B}[\(count)X".utf8) + Self.distance(count)
        output += erases && erased.count < spaces.count ? erased : spaces
        column += count
    }
}

extension Repaint {
    /// Moves to a cell in which something of a look is drawn next.
    private mutating func go(to x: Int, _ y: Int, before next: TerminalLook) {
        if y != row || x < column { turn(to: x, y) }
        guard x > column else { return }
        if next.field == page.field { settle(next) }
        let ways = look.field == page.field ? written(to: x) : []
        let said = isCertain ? [Self.distance(x - column), Self.place(x)] : [Self.place(x)]
        let shortest = (ways + said).min { $0.count < $1.count } ?? []
        // Spaces leave it as uncertain as it was.
        isCertain = isCertain || shortest == Self.place(x)
        output += shortest
        column = x
    }

    /// Goes to the beginning of a row below, or straight to the cell, whichever is shorter.
    private mutating func turn(to x: Int, _ y: Int) {
        let straight = Self.place(x, y)
        let down = [0x0D] + [UInt8](repeating: 0x0A, count: max(0, y - row))
        let isNear =
            y > row && down.count + min(isLate ? 9 : x, x, Self.place(x).count) <= straight.count
        output += isNear ? down : straight
        (row, column, isCertain) = (y, isNear ? 0 : x, true)
    }

    /// The ways that pass over blanks of the page in steps: spaces, where nothing stands yet; tabs
    /// with spaces behind them; tabs beyond the cell and back.
    private func written(to x: Int) -> [[UInt8]] {
        func spaces(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x20, count: count) }
        var ways = isLate ? [] : [spaces(x - column)]
        guard forms.tabs, isCertain else { return ways }
        let (stops, rest) = (x / 8 - column / 8, x % 8)
        let tabs = [UInt8](repeating: 0x09, count: stops)
        if stops > 0 {
            if !isLate { ways.append(tabs + spaces(rest)) }
            ways.append(tabs + Self.distance(rest))
        }
        // The last stop is the edge of the screen.
        if rest > 0, x - rest + 8 < width {
            ways.append(tabs + [0x09] + [UInt8](repeating: 0x08, count: 8 - rest))
        }
        return ways
    }

    private static func distance(_ columns: Int) -> [UInt8] {
        switch columns {
        case ..<1: []
        case 1: Array("\u{1B}[C".utf8)
        default: Array("\u{1B}[\(columns)C".utf8)
        }
    }

    private static func place(_ x: Int) -> [UInt8] { Array("\u{1B}[\(x + 1)G".utf8) }

    private static func place(_ x: Int, _ y: Int) -> [UInt8] {
        let column = x > 0 ? ";\(x + 1)" : ""
        return Array("\u{1B}[\(y + 1)\(column)H".utf8)
    }
}
