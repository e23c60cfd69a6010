import Terminal

/// Where the parts of the screen stand; on a low terminal the lines between them go first.
struct Chrome: Hashable, Sendable {
    let bounds: Rect
    let header: Rect
    let topLine: Rect
    let content: Rect
    let status: Rect
    let bottomLine: Rect
    let footer: Rect

    /// The least size that shows something; a smaller one gets a sentence.
    static let least = Size(columns: 20, rows: 5)

    let isTooSmall: Bool

    init(size: Size) {
        bounds = Rect(size)
        isTooSmall = size.columns < Self.least.columns || size.rows < Self.least.rows
        let lines = size.rows >= 12 ? 1 : 0
        func band(_ y: Int, _ height: Int) -> Rect {
            Rect(x: 1, y: y, width: size.columns - 2, height: height)
        }
        header = band(0, 1)
        topLine = band(1, lines)
        content = band(1 + lines, size.rows - 3 - 2 * lines)
        status = band(size.rows - 2 - lines, 1)
        bottomLine = band(size.rows - 1 - lines, lines)
        footer = band(size.rows - 1, 1)
    }
}
