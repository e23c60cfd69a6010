import Terminal

/// A line over time with its title and the value at its upper edge.
struct ScaledLine {
    var title: SafeText
    var values: [Double]
    /// What the upper edge stands for.
    var top: SafeText

    /// The columns that the scale takes.
    static let scale = 8

    /// Where the line itself stands.
    static func area(in rect: Rect) -> Rect {
        Rect(
            x: rect.x + scale,
            y: rect.y + 1,
            width: max(0, rect.width - scale),
            height: max(0, rect.height - 1)
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        frame.write(title, in: rect.row(0), style: context.styles[.header])
        let area = Self.area(in: rect)
        guard !area.isEmpty else { return }
        let scale = Rect(x: rect.x, y: area.y, width: Self.scale - 1, height: area.height)
        for (row, text) in [(0, top), (area.height - 1, "0")] where row > 0 || text == top {
            frame.write(
                text,
                in: scale.row(row),
                style: context.styles[.muted],
                alignment: .trailing
            )
        }
        BrailleLine(values).draw(into: &frame, in: area, styles: context.styles)
    }
}
