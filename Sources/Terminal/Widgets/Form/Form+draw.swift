extension Form {
    /// The rows that the form takes when nothing is scrolled away.
    public var height: Int {
        fields.reduce(error == nil ? 0 : 2) { $0 + $1.height + 1 }
    }

    /// Draws the fields, scrolled so that the one with the focus is visible.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        isFocused: Bool = true
    ) {
        guard !rect.isEmpty else { return }
        let labelWidth = min((fields.map(\.label.width).max() ?? 0) + 2, rect.width / 2)
        var y = rect.y
        if let error {
            frame.write(error, in: rect.row(0), style: styles[.error])
            y += 2
        }
        let first = firstVisible(height: rect.maxY - y)
        var open: (field: PickField, place: Rect)?
        for (index, field) in fields.enumerated().dropFirst(first) where y < rect.maxY {
            let hasFocus = isFocused && index == focus
            let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            let labelStyle = styles[hasFocus ? .accent : .text]
            let label = field.label.truncated(to: labelWidth - 1)
            frame.write(label, x: rect.x, y: y, style: labelStyle, clip: row)
            let place = Rect(
                x: rect.x + labelWidth,
                y: y,
                width: rect.width - labelWidth,
                height: min(field.height, rect.maxY - y)
            )
            field.draw(into: &frame, in: place, styles: styles, isFocused: hasFocus)
            if hasFocus, case .pick(let list) = field.content { open = (list, place) }
            y += field.height
            drawRemark(
                of: field,
                hasFocus: hasFocus,
                into: &frame,
                in: Rect(x: place.x, y: y, width: place.width, height: 1).intersection(rect),
                styles: styles
            )
            y += 1
        }
        open?.field.drawList(into: &frame, at: open?.place ?? rect, styles: styles)
    }

    private func drawRemark(
        of field: FormField,
        hasFocus: Bool,
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet
    ) {
        if let error = field.error {
            frame.write(
                error.truncated(to: rect.width),
                x: rect.x,
                y: rect.y,
                style: styles[.error],
                clip: rect
            )
        } else if hasFocus {
            frame.write(
                field.hint.truncated(to: rect.width),
                x: rect.x,
                y: rect.y,
                style: styles[.muted],
                clip: rect
            )
        }
    }

    private func firstVisible(height: Int) -> Int {
        var first = 0
        func rows() -> Int {
            fields[min(first, focus)...focus].reduce(0) { $0 + $1.height + 1 }
        }
        guard fields.indices.contains(focus) else { return 0 }
        while first < focus, rows() > height { first += 1 }
        return first
    }
}

extension FormField {
    func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet, isFocused: Bool) {
        let style = styles[isFocused ? .focusedInput : .input]
        switch content {
        case .text(let field):
            field.draw(into: &frame, in: rect, styles: styles, isFocused: isFocused)
        case .note(let area):
            area.draw(into: &frame, in: rect, styles: styles, isFocused: isFocused)
        case .pick(let field):
            field.draw(into: &frame, in: rect, styles: styles, isFocused: isFocused)
        case .toggle(let isOn):
            frame.write(isOn ? "[x] yes" : "[ ] no", in: rect.row(0), style: style)
            placeCursor(in: &frame, at: rect, isFocused: isFocused)
        case .choice(let choices, let selected):
            let title = choices.indices.contains(selected) ? choices[selected].title : ""
            let count = SafeText("  \(choices.isEmpty ? 0 : selected + 1)/\(choices.count)")
            frame.write("‹ " + title + " ›" + count, in: rect.row(0), style: style)
            placeCursor(in: &frame, at: rect, isFocused: isFocused)
        }
    }

    private func placeCursor(in frame: inout Frame, at rect: Rect, isFocused: Bool) {
        if isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
    }
}
