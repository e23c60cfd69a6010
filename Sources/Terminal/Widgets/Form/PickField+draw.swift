extension PickField {
    /// Draws the line of the field: what is picked, or what is typed into the open list.
    func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet, isFocused: Bool) {
        let rect = rect.row(0)
        let style = styles[isFocused ? .focusedInput : .input]
        frame.fill(rect, style: style)
        let mark: SafeText = isOpen ? " ▴" : " ▾"
        let room = max(0, rect.width - mark.width)
        if let query {
            let place = Rect(x: rect.x, y: rect.y, width: room, height: 1)
            query.draw(into: &frame, in: place, styles: styles, isFocused: isFocused)
        } else {
            let isEmpty = chosen.isEmpty && !choices.contains(where: \.value.isEmpty)
            frame.write(
                summary.truncated(to: room),
                x: rect.x,
                y: rect.y,
                style: isEmpty ? styles[.placeholder].over(style) : style,
                clip: rect
            )
            if isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
        }
        frame.write(mark, x: rect.maxX - mark.width, y: rect.y, style: style, clip: rect)
    }

    /// Draws the open list below the field, or above it where there is more room.
    func drawList(into frame: inout Frame, at place: Rect, styles: StyleSheet) {
        guard isOpen else { return }
        let matches = matches
        let below = frame.bounds.maxY - place.y - 1
        let isBelow = below >= min(4, Self.mostRows) || below >= place.y
        let rows = min(max(1, matches.count), Self.mostRows, isBelow ? below : place.y)
        guard rows > 0 else { return }
        let list = Rect(
            x: place.x,
            y: isBelow ? place.y + 1 : place.y - rows,
            width: place.width,
            height: rows
        )
        frame.fill(list, style: styles[.inactiveSelection])
        guard !matches.isEmpty else {
            let words: SafeText =
                isWhole
                ? (options.takesWords
                    ? "nothing fits; what you typed can be taken" : "nothing fits")
                : "searching …"
            frame.write(words, in: list.row(0), style: styles[.inactiveSelection])
            return
        }
        let first = max(0, min(cursorIndex - rows / 2, matches.count - rows))
        for (line, choice) in matches.dropFirst(first).prefix(rows).enumerated() {
            let isCurrent = line + first == cursorIndex
            draw(choice, isCurrent: isCurrent, into: &frame, in: list.row(line), styles: styles)
        }
    }

    private func draw(
        _ choice: FormField.Choice,
        isCurrent: Bool,
        into frame: inout Frame,
        in row: Rect,
        styles: StyleSheet
    ) {
        let style = styles[isCurrent ? .selection : .inactiveSelection]
        frame.fill(row, style: style)
        var mark: SafeText = isCurrent ? "▌" : " "
        if options.isMultiple { mark = mark + (chosen.contains(choice.value) ? "[x] " : "[ ] ") }
        let title = mark + choice.title
        frame.write(title, beside: choice.detail, in: row, style: style, detail: style)
    }
}
