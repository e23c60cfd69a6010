/// A row of columns, one for each value: the trend of thirty days in thirty cells.
public struct Sparkline: Sendable, Hashable {
    /// The values from left to right.
    public var values: [Double]

    /// The value of a full column; the largest one when nil.
    public var maximum: Double?

    /// Makes a sparkline; what is negative or no number counts as zero.
    public init(_ values: [Double], maximum: Double? = nil) {
        self.values = values.map { $0.isFinite ? max(0, $0) : 0 }
        self.maximum = maximum
    }

    private static let steps: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// Draws the newest values that fit, in as many rows as there are, the newest at the right.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        role: Role = .chart
    ) {
        let shown = values.suffix(rect.width)
        let top = maximum ?? values.max() ?? 0
        guard top > 0, rect.height > 0 else { return }
        for (index, value) in shown.enumerated() {
            let share = min(value / top, 1) * Double(rect.height * 8)
            let eighths = value > 0 ? max(1, Int(share.rounded())) : 0
            for row in 0..<rect.height {
                let step = min(max(eighths - row * 8, 0), 8)
                let cell = Rect(x: rect.x + index, y: rect.maxY - 1 - row, width: 1, height: 1)
                frame.fill(cell, style: styles[role], with: Self.steps[step])
            }
        }
    }
}

/// Horizontal bars with labels and values, one a row, scaled to the largest.
public struct BarChart: Sendable, Hashable {
    /// One bar.
    public struct Item: Sendable, Hashable {
        /// What it counts.
        public var label: SafeText

        /// How much.
        public var value: Double

        /// How much, in words.
        public var caption: SafeText

        /// Makes a bar.
        public init(label: SafeText, value: Double, caption: SafeText) {
            self.label = label
            self.value = value.isFinite ? max(0, value) : 0
            self.caption = caption
        }
    }

    /// The bars from top to bottom.
    public var items: [Item]

    /// Makes a chart.
    public init(_ items: [Item]) { self.items = items }

    private static let steps: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// Draws as many bars as fit.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let labels = min(items.map(\.label.width).max() ?? 0, rect.width / 3)
        let captions = min(items.map(\.caption.width).max() ?? 0, rect.width / 3)
        let top = items.map(\.value).max() ?? 0
        for (line, item) in items.prefix(rect.height).enumerated() {
            let parts = rect.row(line).columns(
                .fixed(labels),
                .flexible(),
                .fixed(captions),
                gap: 1
            )
            frame.write(item.label, in: parts[0], style: styles[.text])
            frame.write(item.caption, in: parts[2], style: styles[.muted], alignment: .trailing)
            guard top > 0, item.value > 0 else { continue }
            let eighths = max(1, Int(item.value / top * Double(parts[1].width * 8)))
            for index in 0..<((eighths + 7) / 8) {
                let step = min(eighths - index * 8, 8)
                let cell = Rect(x: parts[1].x + index, y: rect.y + line, width: 1, height: 1)
                frame.fill(
                    cell.intersection(parts[1]),
                    style: styles[.chart],
                    with: Self.steps[step - 1]
                )
            }
        }
    }
}
