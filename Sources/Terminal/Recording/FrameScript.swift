/// Turns frames into the bytes that draw them on any terminal: changed rows, with their styles.
///
/// It is for files that are played later, where plainness counts for more than the last byte.
public struct FrameScript: Sendable {
    private var last: Frame?

    /// Begins with an empty screen.
    public init() {}

    /// The bytes that turn the last frame into this one; empty when nothing changed.
    public mutating func text(for frame: Frame) -> String {
        defer { last = frame }
        let isWhole = last?.size != frame.size
        var text = isWhole ? "\u{1B}[0m\u{1B}[2J" : ""
        for y in 0..<frame.size.rows where isWhole || frame.row(y) != last?.row(y) {
            text += Self.row(frame.row(y), at: y)
        }
        let cursor = frame.cursor
        let isCursorNew =
            isWhole || cursor != last?.cursor || frame.isCursorVisible != last?.isCursorVisible
        guard !text.isEmpty || isCursorNew else { return "" }
        if let cursor, frame.isCursorVisible {
            return text + "\u{1B}[\(cursor.y + 1);\(cursor.x + 1)H\u{1B}[?25h"
        }
        return text + "\u{1B}[?25l"
    }

    /// One row from its first to its last cell that is not blank; the rest is erased.
    private static func row(_ cells: ArraySlice<Cell>, at y: Int) -> String {
        // Erased first: behind a full row it would take the last cell away.
        var text = "\u{1B}[\(y + 1);1H\u{1B}[0m\u{1B}[K"
        var style = Style.plain
        let used = cells.lastIndex { $0 != .blank }.map { cells[...$0] } ?? []
        for cell in used where !cell.isContinuation {
            if cell.style != style {
                style = cell.style
                text += sequence(style)
            }
            text.unicodeScalars.append(contentsOf: cell.glyph.scalars)
        }
        return text + "\u{1B}[0m"
    }

    private static func sequence(_ style: Style) -> String {
        var numbers = ["0"]
        let traits: [(Style.Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
        ]
        numbers += traits.filter { style.attributes.contains($0.0) }.map(\.1)
        if let color = style.foreground { numbers.append("38;5;\(color)") }
        if let color = style.background { numbers.append("48;5;\(color)") }
        return "\u{1B}[\(numbers.joined(separator: ";"))m"
    }
}
