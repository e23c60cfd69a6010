import Terminal

/// Columns beside each other, the highest as high as the space.
struct ColumnChart: Hashable, Sendable {
    let values: [Int64]

    /// How far a column begins from the next, its gap included.
    static func step(of count: Int, in width: Int) -> Int {
        count == 0 ? 1 : max(1, min(6, width / count))
    }

    func draw(into frame: inout Frame, in rect: Rect, style: Style) {
        let highest = values.max() ?? 0
        guard highest > 0, !rect.isEmpty else { return }
        let step = Self.step(of: values.count, in: rect.width)
        let width = max(1, step - 1)
        let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        for (index, value) in values.enumerated() where index * step < rect.width {
            // Something is never drawn as nothing.
            let exact = Double(value) / Double(highest) * Double(rect.height * 8)
            let eighths = value > 0 ? max(1, Int(exact.rounded())) : 0
            for level in 0..<rect.height {
                let part = min(8, eighths - level * 8)
                guard part > 0 else { break }
                let cell = Rect(
                    x: rect.x + index * step,
                    y: rect.maxY - 1 - level,
                    width: width,
                    height: 1
                )
                frame.fill(cell.intersection(rect), style: style, with: blocks[part - 1])
            }
        }
    }
}
