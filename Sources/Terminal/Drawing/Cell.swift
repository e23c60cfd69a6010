/// One cell of the screen.
public struct Cell: Sendable, Hashable {
    /// What it shows.
    public var glyph: CellGlyph

    /// How it looks.
    public var style: Style

    /// Whether it is the right half of the wide character before it.
    public var isContinuation: Bool

    /// An empty cell in the terminal's own colours.
    public static let blank = Cell(glyph: .space, style: .plain)

    /// Makes a cell.
    public init(glyph: CellGlyph, style: Style, isContinuation: Bool = false) {
        self.glyph = glyph
        self.style = style
        self.isContinuation = isContinuation
    }
}
