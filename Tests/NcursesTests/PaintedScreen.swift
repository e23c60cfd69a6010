import Terminal

@testable import Ncurses

/// A terminal that keeps the look of each of its cells, and erases in the colour behind the text.
struct PaintedScreen {
    /// What a cell shows; of a blank only what can be seen.
    struct Place: Hashable {
        var text = " "
        var look: TerminalLook?
        var field: TerminalLook.Field

        init(_ text: String, _ look: TerminalLook) {
            self.text = text
            self.look = text == " " ? nil : look
            field = look.field
        }
    }

    private(set) var places: [[Place]]
    private(set) var cursor = Point(x: 0, y: 0)
    private(set) var look = TerminalLook()
    /// Sequences that mean nothing to it.
    private(set) var unknown: [String] = []
    private var last = " "

    init(size: Size) {
        // Everything has to be painted over.
        let rest = Place("#", TerminalLook())
        places = Array(repeating: Array(repeating: rest, count: size.columns), count: size.rows)
    }

    mutating func feed(_ bytes: [UInt8]) {
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        var index = 0
        while index < scalars.count {
            if scalars[index] == "\u{1B}" {
                let end = scalars[(index + 2)...].firstIndex { (0x40...0x7E).contains($0.value) }
                guard let end else { return unknown.append("cut") }
                obey(String(String.UnicodeScalarView(scalars[(index + 2)..<end])), scalars[end])
                index = end
            } else {
                write(scalars[index])
            }
            index += 1
        }
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\r": cursor.x = 0
        case "\n": cursor.y += 1
        case "\u{8}": cursor.x -= 1
        case "\t": cursor.x = (cursor.x / 8 + 1) * 8
        default:
            let width = DisplayWidth.columns(of: scalar)
            guard width > 0 else {
                places[cursor.y][cursor.x - 1].text.unicodeScalars.append(scalar)
                return
            }
            last = String(scalar)
            places[cursor.y][cursor.x] = Place(last, look)
            if width == 2 { places[cursor.y][cursor.x + 1] = Place("", look) }
            cursor.x += width
        }
    }

    private mutating func obey(_ body: String, _ final: Unicode.Scalar) {
        let numbers = body.split(separator: ";").compactMap { Int($0) }
        let first = numbers.first ?? 1
        switch final {
        case "m": if !look.apply(Array(body.utf8)[...]) { unknown.append("SGR \(body)") }
        case "H": cursor = Point(x: (numbers.count > 1 ? numbers[1] : 1) - 1, y: first - 1)
        case "G": cursor.x = first - 1
        case "C": cursor.x += first
        case "K": erase(cursor.x..<places[cursor.y].count)
        case "X": erase(cursor.x..<cursor.x + first)
        case "b": for _ in 0..<first { for scalar in last.unicodeScalars { write(scalar) } }
        case "J" where body == "2":
            let row = cursor.y
            for y in places.indices {
                cursor.y = y
                erase(0..<places[y].count)
            }
            cursor.y = row
        default: unknown.append("\(body)\(final)")
        }
    }

    private mutating func erase(_ columns: Range<Int>) {
        var plain = TerminalLook()
        _ = plain.apply(Array(look.backgroundSequence.utf8)[...])
        for x in columns { places[cursor.y][x] = Place(" ", plain) }
    }
}

extension TerminalLook {
    /// The colour behind the text, which is all that erasing leaves.
    fileprivate var backgroundSequence: String {
        background >= 1_000 ? "48;5;\(background - 1_000)" : "\(background)"
    }
}
