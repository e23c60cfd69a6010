extension Frame {
    /// Fills a rectangle with one character, a space unless another is given.
    public mutating func fill(_ rect: Rect, style: Style, with scalar: Unicode.Scalar = " ") {
        let area = placed(rect).intersection(bounds)
        let shown = isMirrored ? Self.mirrored(scalar) : scalar
        let glyph = CellGlyph(base: DisplayWidth.columns(of: shown) == 1 ? shown : " ")
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { put(glyph, x: x, y: y, style: style) }
        }
    }

    /// Draws a line to the right.
    public mutating func horizontalLine(x: Int, y: Int, length: Int, style: Style) {
        fill(Rect(x: x, y: y, width: length, height: 1), style: style, with: "─")
    }

    /// Draws a line downwards.
    public mutating func verticalLine(x: Int, y: Int, length: Int, style: Style) {
        fill(Rect(x: x, y: y, width: 1, height: length), style: style, with: "│")
    }

    /// Draws a border around a rectangle's inside, with a title in its upper edge.
    public mutating func box(
        _ rect: Rect,
        style: Style,
        title: SafeText = .empty,
        titleStyle: Style? = nil
    ) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let right = rect.maxX - 1
        let bottom = rect.maxY - 1
        horizontalLine(x: rect.x + 1, y: rect.y, length: rect.width - 2, style: style)
        horizontalLine(x: rect.x + 1, y: bottom, length: rect.width - 2, style: style)
        verticalLine(x: rect.x, y: rect.y + 1, length: rect.height - 2, style: style)
        verticalLine(x: right, y: rect.y + 1, length: rect.height - 2, style: style)
        let corners: [(Int, Int, Unicode.Scalar)] = [
            (rect.x, rect.y, "┌"), (right, rect.y, "┐"), (rect.x, bottom, "└"),
            (right, bottom, "┘"),
        ]
        for (x, y, corner) in corners {
            fill(Rect(x: x, y: y, width: 1, height: 1), style: style, with: corner)
        }
        guard !title.isEmpty, rect.width > 6 else { return }
        let shown = say(title).truncated(to: rect.width - 6)
        write(" " + shown + " ", x: rect.x + 2, y: rect.y, style: titleStyle ?? style, clip: rect)
    }
}
