extension Frame {
    /// Writes text from `x`, `y` to the right, inside `clip`, and returns the columns used.
    @discardableResult
    public mutating func write(
        _ text: SafeText,
        x: Int,
        y: Int,
        style: Style,
        clip: Rect? = nil
    ) -> Int {
        let area = (clip ?? bounds).intersection(bounds)
        guard y >= area.y, y < area.maxY, !text.isEmpty, x < area.maxX else { return 0 }
        if text.isASCII { return writeASCII(text.string, x: x, y: y, style: style, area: area) }
        var column = x
        for element in VisualLine(text.string).elements {
            let width = Int(element.glyph.width)
            if column >= area.x, column + width <= area.maxX {
                put(element.glyph, x: column, y: y, style: style)
            }
            column += width
            if column >= area.maxX { break }
        }
        return min(column, area.maxX) - x
    }

    private mutating func writeASCII(
        _ string: String,
        x: Int,
        y: Int,
        style: Style,
        area: Rect
    ) -> Int {
        var column = x
        for byte in string.utf8 {
            if column >= area.maxX { break }
            if column >= area.x {
                put(CellGlyph(base: Unicode.Scalar(byte)), x: column, y: y, style: style)
            }
            column += 1
        }
        return column - x
    }

    /// Writes text into a rectangle's first row, cut with an ellipsis, and fills the row's rest in
    /// its own style or in that of `rest`.
    public mutating func write(
        _ text: SafeText,
        in rect: Rect,
        style: Style,
        alignment: Alignment = .leading,
        rest: Style? = nil
    ) {
        guard rect.width > 0, rect.height > 0 else { return }
        let shown = text.truncated(to: rect.width)
        let spare = rect.width - shown.width
        let offset: Int =
            switch alignment {
            case .leading: 0
            case .center: spare / 2
            case .trailing: spare
            }
        fill(rect.row(0), style: rest ?? style)
        write(shown, x: rect.x + offset, y: rect.y, style: style, clip: rect)
    }

    /// Writes pieces of different styles one after the other, and returns the columns used.
    @discardableResult
    public mutating func write(
        _ pieces: [(text: SafeText, style: Style)],
        x: Int,
        y: Int,
        clip: Rect? = nil
    ) -> Int {
        var column = x
        for piece in pieces {
            column += write(piece.text, x: column, y: y, style: piece.style, clip: clip)
        }
        return column - x
    }
}
