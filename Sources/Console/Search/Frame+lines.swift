import Terminal

extension Frame {
    /// Writes some lines of a text from the top of a rectangle on, with what a search found there;
    /// with `fills` a line goes on to the end of its row in its own style.
    mutating func write(
        _ lines: [TextLine],
        shown: Range<Int>,
        in rect: Rect,
        _ search: TextSearch?,
        fills: Bool = false,
        styles: StyleSheet
    ) {
        let shown = shown.clamped(to: lines.indices)
        let lines = search == nil ? lines : lines.map { $0.said(by: self) }
        let marks = search?.marks(in: lines, at: shown) ?? []
        for (row, index) in shown.enumerated() {
            let own = marks.filter { $0.line == index }
            let line = lines[index]
            if fills { fill(rect.row(row), style: styles[line.pieces.last?.role ?? .text]) }
            write(line, in: rect.row(row), marks: own, styles: styles)
        }
    }
}
