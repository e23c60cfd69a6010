/// A line of text in its visual order, at its place on the screen.
struct PlacedLine {
    /// How many columns it takes of those that it was given.
    let width: Int
    fileprivate let elements: [VisualLine.Element]
    fileprivate let start: Int
    fileprivate let room: Range<Int>

    /// Hands out each glyph that has room, with the column in which it begins.
    ///
    /// It is inlined, because most of a screen is written through it.
    @inline(__always)
    func walk(_ body: (VisualLine.Element, _ column: Int) -> Void) {
        var column = start
        for element in elements {
            let next = column + Int(element.glyph.width)
            if column >= room.lowerBound, next <= room.upperBound { body(element, column) }
            column = next
        }
    }
}

extension Frame {
    /// Where the glyphs of a text stand that begins at `x`; what has no room in the area is missing
    /// at its logical end.
    func placed(_ text: SafeText, x: Int, in area: Rect) -> PlacedLine {
        let columns = area.maxX - x
        let isCut = text.width > columns
        let line = VisualLine(
            isCut ? text.prefix(columns: columns) : text.string,
            base: base(of: text),
            shaping: tongue.shaping
        )
        let place = placed(area)
        return PlacedLine(
            width: isCut ? columns : line.width,
            elements: isMirrored ? line.turned : line.elements,
            start: isMirrored ? size.columns - x - line.width : x,
            room: place.x..<place.maxX
        )
    }
}
