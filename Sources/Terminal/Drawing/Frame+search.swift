extension Frame {
    /// Writes a line into a row, with what a search found in it marked.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - row: the row that it stands in.
    ///   - marks: what was found, of this line alone.
    ///   - styles: how roles look.
    ///   - style: how all of the line looks, in place of its roles: a selected one.
    public mutating func write(
        _ line: TextLine,
        in row: Rect,
        marks: [TextSearch.Mark] = [],
        styles: StyleSheet,
        style: Style? = nil
    ) {
        var x = row.x
        var passed = 0
        for piece in line.pieces {
            let text = phrase(piece.text)
            // People's text begins at the side from which it is read.
            let isAlone = line.pieces.count == 1 && startsAtEnd(text)
            if isAlone { x += max(0, row.width - text.width) }
            write(text, x: x, y: row.y, style: style ?? styles[piece.role], clip: row)
            let count = text.string.count
            for found in marks {
                let inside = found.clusters.clamped(to: passed..<passed + count)
                guard !inside.isEmpty else { continue }
                let clusters = inside.lowerBound - passed..<inside.upperBound - passed
                let look = look(of: found, styles, on: style)
                mark(clusters, of: text, x: x, y: row.y, clip: row, look)
            }
            passed += count
            x += text.width
        }
    }

    /// The look of a hit: the one that one is at is turned inside out.
    ///
    /// In a selected row it is the one that stands out of it, and the others are underlined.
    private func look(of mark: TextSearch.Mark, _ styles: StyleSheet, on row: Style?) -> Style {
        var look = styles[.match]
        if var row {
            row.attributes.insert(.underline)
            return mark.isHere ? look : row
        }
        if mark.isHere { look.attributes.formSymmetricDifference(.reverse) }
        return look
    }

    /// Gives some clusters of a text that was written there another look.
    private mutating func mark(
        _ clusters: Range<Int>,
        of text: SafeText,
        x: Int,
        y: Int,
        clip: Rect,
        _ style: Style
    ) {
        let area = clip.intersection(bounds)
        guard y >= area.y, y < area.maxY, x < area.maxX else { return }
        placed(text, x: x, in: area).walk { element, column in
            guard clusters.contains(element.cluster) else { return }
            setStyle(style, columns: column..<column + Int(element.glyph.width), y: y)
        }
    }
}
