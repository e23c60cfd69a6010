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
        if text.isASCII, tongue.phrasebook == nil {
            return writeASCII(text.string, x: x, y: y, style: style, area: area)
        }
        return writeLine(phrase(text), x: x, y: y, style: style, area: area)
    }

    /// Writes text in its visual order.
    private mutating func writeLine(
        _ text: SafeText,
        x: Int,
        y: Int,
        style: Style,
        area: Rect
    ) -> Int {
        let line = placed(text, x: x, in: area)
        let turnsSigns = isMirrored && text.origin != .data
        line.walk { element, column in
            var glyph = element.glyph
            if turnsSigns { glyph.base = Self.mirrored(glyph.base) }
            put(glyph, x: column, y: y, style: style)
        }
        return line.width
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
        let shown = phrase(text).truncated(to: rect.width)
        let spare = rect.width - shown.width
        let offset: Int =
            switch alignment {
            case .leading: startsAtEnd(shown) ? spare : 0
            case .center: spare / 2
            case .trailing: spare
            }
        fill(rect.row(0), style: rest ?? style)
        write(shown, x: rect.x + offset, y: rect.y, style: style, clip: rect)
    }

    /// Writes text into a rectangle's first row and leaves the rest of it as it is.
    ///
    /// People's text begins at the side from which it is read.
    public mutating func write(_ text: SafeText, startingIn rect: Rect, style: Style) {
        guard rect.width > 0, rect.height > 0 else { return }
        let shown = phrase(text)
        let offset = startsAtEnd(shown) ? max(0, rect.width - shown.width) : 0
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
