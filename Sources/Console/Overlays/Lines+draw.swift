import Terminal

extension CommandLine {
    func draw(into frame: inout Frame, _ chrome: Chrome, styles: StyleSheet) {
        if fault == nil { proposals.draw(into: &frame, above: chrome.status, styles: styles) }
        let prompt: SafeText = isSearching ? "run before: " : ":"
        drawField(field, prompt: prompt, fault, into: &frame, chrome, styles: styles)
    }
}

extension FilterLine {
    func draw(into frame: inout Frame, _ chrome: Chrome, styles: StyleSheet) {
        let line = chrome.status
        if fault == nil, proposals.items.isEmpty {
            let above = Rect(x: line.x, y: line.y - 1, width: line.width, height: 1)
            frame.write(frame.say(SafeText(hint)), in: above, style: styles[.muted])
        } else if fault == nil {
            proposals.draw(into: &frame, above: line, styles: styles)
        }
        drawField(field, prompt: "/", fault, into: &frame, chrome, styles: styles)
    }
}

extension FindLine {
    func draw(into frame: inout Frame, _ chrome: Chrome, styles: StyleSheet) {
        drawField(field, prompt: "/", nil, into: &frame, chrome, styles: styles)
    }
}

extension Proposals {
    fileprivate func draw(into frame: inout Frame, above line: Rect, styles: StyleSheet) {
        let rows = min(items.count, max(0, line.y - 2))
        let list = Rect(x: line.x, y: line.y - rows, width: line.width, height: rows)
        frame.fill(list, style: styles[.text])
        for (index, item) in items.prefix(rows).enumerated() {
            let row = list.row(index)
            let isChosen = index == choice
            let base = styles[isChosen ? .selection : .text]
            frame.fill(row, style: base)
            let name = SafeText(item.text, limit: 70).padded(to: min(28, row.width))
            let help = frame.say(SafeText(item.refusal ?? item.help, limit: 200))
                .truncated(to: max(0, row.width - name.width - 3))
            let isUsable = item.refusal == nil
            let nameStyle = isUsable ? (isChosen ? base : styles[.key]) : styles[.muted].over(base)
            let pieces = [
                (text: " " + name + "  ", style: nameStyle),
                (text: help, style: isChosen ? base : styles[.muted]),
            ]
            frame.write(pieces, x: row.x, y: row.y, clip: row)
        }
    }
}

/// The field of a line; what is wrong with it stands above, and a caret under the place.
private func drawField(
    _ field: TextField,
    prompt: SafeText,
    _ fault: LineFault?,
    into frame: inout Frame,
    _ chrome: Chrome,
    styles: StyleSheet
) {
    let line = chrome.status
    frame.write(prompt, in: line, style: styles[.key])
    let place = Rect(
        x: line.x + prompt.width,
        y: line.y,
        width: max(0, line.width - prompt.width),
        height: 1
    )
    field.draw(into: &frame, in: place, styles: styles)
    guard let fault else { return }
    let above = Rect(x: line.x, y: line.y - 1, width: line.width, height: 1)
    frame.fill(above, style: styles[.text])
    frame.write(frame.say(SafeText(fault.sentence)), in: above, style: styles[.error])
    // The cursor was put there.
    guard fault.column != nil, let cursor = frame.cursor, chrome.bottomLine.height > 0 else {
        return
    }
    let below = chrome.bottomLine
    frame.write("^", x: cursor.x, y: below.y, style: styles[.error], clip: below)
}
