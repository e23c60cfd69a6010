extension Table {
    /// The number of rows that fit in a rectangle, below the head.
    public static func visibleRows(in rect: Rect) -> Int { max(0, rect.height - 1) }

    /// Draws head and rows; the hardware cursor goes to the selected row when it has the focus.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        isFocused: Bool = true
    ) {
        guard !rect.isEmpty else { return }
        let layout = TableLayout(columns, arranged, width: rect.width - 1)
        drawHead(into: &frame, in: rect.row(0), layout: layout, styles: styles)
        let body = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
        frame.fill(body, style: styles[.text])
        guard !rows.isEmpty else {
            let text = edges.isLoading ? "loading …" : notice.emptyText
            frame.write(text, x: body.x + 1, y: body.y, style: styles[.muted], clip: body)
            return
        }
        let visible = rows.dropFirst(firstVisible(height: body.height)).prefix(body.height)
        let band = bandWidth(over: visible, in: layout, width: body.width, styles: styles)
        for (line, row) in visible.enumerated() {
            let isSelected = row.id == selection
            let area = body.row(line)
            draw(
                row,
                into: &frame,
                in: area,
                layout: layout,
                styles: styles,
                field: isSelected ? styles[isFocused ? .selection : .inactiveSelection] : nil,
                band: band
            )
            if isSelected, isFocused { frame.cursor = Point(x: area.x, y: area.y) }
        }
    }

    private func drawHead(
        into frame: inout Frame,
        in rect: Rect,
        layout: TableLayout,
        styles: StyleSheet
    ) {
        frame.fill(rect, style: styles[.header])
        for (column, x, width) in layout.places {
            let isSorted = columns[column].id == sort?.column
            let mark: SafeText = isSorted ? (sort?.isAscending == true ? " ▴" : " ▾") : ""
            let head = frame.say(columns[column].title)
            let title = head.truncated(to: max(0, width - mark.width)) + mark
            frame.write(
                title,
                in: Rect(x: rect.x + 1 + x, y: rect.y, width: width, height: 1),
                style: styles[.header],
                alignment: columns[column].alignment
            )
        }
        guard notice.arrived > 0 else { return }
        let text = frame.say(SafeText(" \(notice.arrived) new ↑ "))
        frame.write(
            text,
            x: rect.maxX - text.width,
            y: rect.y,
            style: styles[.accent],
            clip: rect
        )
    }

    private func draw(
        _ row: TableRow<ID>,
        into frame: inout Frame,
        in rect: Rect,
        layout: TableLayout,
        styles: StyleSheet,
        field: Style?,
        band: Int
    ) {
        let pulses = notice.pulsing.contains(row.id)
        if let field {
            frame.fill(Rect(x: rect.x, y: rect.y, width: band, height: 1), style: field)
            frame.write("▌", x: rect.x, y: rect.y, style: field, clip: rect)
        }
        if marks.contains(row.id) {
            let style = field ?? styles[.accent]
            frame.write("●", x: rect.x, y: rect.y, style: style, clip: rect)
        }
        let changed = notice.changedCells[row.id]
        for (column, x, width) in layout.places where column < row.cells.count {
            let pulses = pulses && changed?.contains(column) ?? true
            let place = Rect(x: rect.x + 1 + x, y: rect.y, width: width, height: 1)
            let field = 1 + x < band ? field : nil
            switch row.cells[column] {
            case .text(let text, let role):
                let own = styles[pulses ? .pulse : role]
                frame.write(
                    text,
                    in: place,
                    style: field.map { $0.merged(with: own) } ?? own,
                    alignment: columns[column].alignment,
                    rest: field == nil && !own.isSeenOnBlanks(of: styles[.text])
                        ? styles[.text] : nil
                )
            case .bar(let bar):
                bar.draw(into: &frame, in: place, styles: styles)
            }
        }
    }
}

extension Style {
    /// Whether a blank in this style looks other than one in `plain`; if not, the plain one is
    /// cheaper to send.
    fileprivate func isSeenOnBlanks(of plain: Style) -> Bool {
        background != plain.background
            || !attributes.symmetricDifference(plain.attributes).isDisjoint(with: [
                .underline, .reverse,
            ])
    }

    /// The look of selected text: the selection's colours, and the traits of both.
    fileprivate func merged(with own: Style) -> Style {
        var style = self
        if foreground == nil, background == nil { style.foreground = own.foreground }
        style.attributes.formUnion(own.attributes)
        return style
    }
}

/// Where the columns of a table stand in a given width, and which of them folded away.
struct TableLayout {
    /// Index, first column of the screen and width of each column that is shown.
    let places: [(column: Int, x: Int, width: Int)]

    init(_ columns: [TableColumn], _ arranged: [Int], width: Int) {
        let gap = 2
        var shown = arranged
        func needed() -> Int {
            shown.reduce(0) { $0 + columns[$1].leastWidth } + gap * max(0, shown.count - 1)
        }
        while needed() > width,
            let next = shown.filter({ columns[$0].foldOrder > 0 })
                .max(by: { columns[$0].foldOrder < columns[$1].foldOrder })
        {
            shown.removeAll { $0 == next }
        }
        let extents = Rect.extents(shown.map { columns[$0].span }, in: max(0, width), gap: gap)
        var places: [(column: Int, x: Int, width: Int)] = []
        var x = 0
        for (column, extent) in zip(shown, extents) where extent > 0 {
            places.append((column, x, min(extent, width - x)))
            x += extent + gap
        }
        self.places = places.filter { $0.width > 0 }
    }
}
