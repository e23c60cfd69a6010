/// A drawing of the whole screen: a grid of cells and the place of the hardware cursor.
///
/// Everything outside the grid is clipped, and half of a wide character never remains, so a frame
/// of any size is valid whatever was drawn into it.
public struct Frame: Sendable, Hashable {
    /// The size of the grid.
    public let size: Size

    /// The cells, row by row.
    public private(set) var cells: [Cell]

    /// Where the hardware cursor stands; a screen reader follows it.
    public var cursor: Point?

    /// Whether the hardware cursor is shown, as in a field, or only placed, as on a focused row.
    public var isCursorVisible = false

    /// The language that it speaks; one that is read from the right mirrors what is drawn.
    public var tongue = Tongue.english

    /// Makes an empty frame.
    public init(size: Size) {
        self.size = size
        cells = [Cell](repeating: .blank, count: size.columns * size.rows)
    }

    /// The rectangle of the whole frame.
    public var bounds: Rect { Rect(size) }

    /// One cell; a blank one outside the grid.
    public subscript(x: Int, y: Int) -> Cell {
        bounds.contains(Point(x: x, y: y)) ? cells[y * size.columns + x] : .blank
    }

    /// The cells of one row.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        guard y >= 0, y < size.rows else { return [] }
        return cells[y * size.columns..<(y + 1) * size.columns]
    }

    /// Puts one glyph into a cell that lies inside the grid, and repairs what it cuts in half.
    mutating func put(_ glyph: CellGlyph, x: Int, y: Int, style: Style) {
        let index = y * size.columns + x
        clearHalves(at: index, x: x)
        cells[index] = Cell(glyph: glyph, style: style)
        guard glyph.width == 2 else { return }
        guard x + 1 < size.columns else {
            cells[index] = Cell(glyph: .space, style: style)
            return
        }
        clearHalves(at: index + 1, x: x + 1)
        cells[index + 1] = Cell(glyph: .space, style: style, isContinuation: true)
    }

    private mutating func clearHalves(at index: Int, x: Int) {
        if cells[index].isContinuation, x > 0 { cells[index - 1].glyph = .space }
        if cells[index].glyph.width == 2, x + 1 < size.columns {
            cells[index + 1].glyph = .space
            cells[index + 1].isContinuation = false
        }
    }

    /// Gives some cells of a row, counted from the left, another look.
    mutating func setStyle(_ style: Style, columns: Range<Int>, y: Int) {
        for x in columns.clamped(to: 0..<size.columns) { cells[y * size.columns + x].style = style }
    }

    /// Changes the style of each cell of a rectangle.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let clipped = placed(rect).intersection(bounds)
        for y in clipped.y..<clipped.maxY {
            for x in clipped.x..<clipped.maxX { change(&cells[y * size.columns + x].style) }
        }
    }
}
