/// Where the operator is: a trail at the left, the circumstances at the right.
public struct Breadcrumb: Sendable, Hashable {
    /// The trail from the outermost place to this one.
    public var trail: [SafeText]

    /// What is said at the right, with its role: who, which mode, whether it is live.
    public var remarks: [Paragraph.Line]

    /// Makes a breadcrumb.
    public init(_ trail: [SafeText], remarks: [Paragraph.Line] = []) {
        self.trail = trail
        self.remarks = remarks
    }

    /// Draws one row.
    ///
    /// The remarks give way from the left, then the trail from its beginning.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let rect = rect.row(0)
        guard !rect.isEmpty else { return }
        frame.fill(rect, style: styles[.text])
        func joined(_ places: ArraySlice<SafeText>) -> SafeText {
            places.dropFirst().reduce(places.first ?? "") { $0 + " ▸ " + $1 }
        }
        var places = trail[...]
        while places.count > 1, joined(places).width > rect.width - 2 { places.removeFirst() }
        let text = joined(places).truncated(to: max(0, rect.width - 2))
        frame.write(text, x: rect.x + 1, y: rect.y, style: styles[.breadcrumb], clip: rect)
        let room = rect.width - text.width - 4
        var shown = remarks[...]
        func width() -> Int { shown.reduce(0) { $0 + $1.text.width } + 3 * max(0, shown.count - 1) }
        while !shown.isEmpty, width() > room { shown.removeFirst() }
        var x = rect.maxX - width() - 1
        for (index, remark) in shown.enumerated() {
            if index > 0 {
                x += frame.write(" · ", x: x, y: rect.y, style: styles[.muted], clip: rect)
            }
            x += frame.write(
                remark.text,
                x: x,
                y: rect.y,
                style: styles[remark.role],
                clip: rect
            )
        }
    }
}

/// Names of views side by side, one of them chosen.
public struct Tabs: Sendable, Hashable {
    /// The names.
    public var titles: [SafeText]

    /// The index of the chosen one.
    public private(set) var selected: Int

    /// Makes tabs.
    public init(_ titles: [SafeText], selected: Int = 0) {
        self.titles = titles
        self.selected = min(max(selected, 0), max(0, titles.count - 1))
    }

    /// Chooses the next tab, or the one before; after the last comes the first.
    public mutating func move(by step: Int) {
        guard !titles.isEmpty else { return }
        selected = ((selected + step) % titles.count + titles.count) % titles.count
    }

    /// Draws one row.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        var x = rect.x
        for (index, title) in titles.enumerated() {
            let style = styles[index == selected ? .selection : .muted]
            x += frame.write(" " + title + " ", x: x, y: rect.y, style: style, clip: rect.row(0))
            x += 1
        }
    }
}
