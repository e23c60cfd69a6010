import Terminal

extension Console {
    func drawOverlay(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        let waited = waiting { $0 == .overlay }
        switch overlay {
        case nil: break
        case .form(let form): form.draw(into: &frame, in: chrome.bounds, waited, styles: styles)
        case .dialog(let dialog):
            dialog.dialog.draw(into: &frame, in: chrome.bounds, styles: styles)
        case .help(let help):
            help.draw(into: &frame, in: chrome.bounds.inset(columns: 2), console: self)
        case .command(let line): line.draw(into: &frame, chrome, styles: styles)
        case .filter(let line): line.draw(into: &frame, chrome, styles: styles)
        }
    }
}

extension FormOverlay {
    func draw(into frame: inout Frame, in rect: Rect, _ waited: Duration?, styles: StyleSheet) {
        let width = min(rect.width, 80)
        let lines = plan.flatMap { frame.say($0).wrapped(to: max(1, width - 4)) }
        let wanted = form.height + 4
        let planRows = max(0, min(lines.count, rect.height - wanted - 1))
        let area = rect.centered(
            columns: width,
            rows: wanted + planRows + (planRows > 0 ? 1 : 0)
        )
        frame.fill(area, style: styles[.text])
        frame.box(area, style: styles[.focusedBorder], title: title, titleStyle: styles[.title])
        let inside = area.inset(columns: 2)
        for (row, line) in lines.prefix(planRows).enumerated() {
            frame.write(line, in: inside.row(row), style: styles[.muted])
        }
        let top = inside.y + planRows + (planRows > 0 ? 1 : 0)
        let place = Rect(
            x: inside.x,
            y: top,
            width: inside.width,
            height: max(1, inside.maxY - 1 - top)
        )
        form.draw(into: &frame, in: place, styles: styles, isFocused: waited == nil)
        let keys: SafeText =
            if let waited, waited >= Console.patience {
                SafeText("Sending … \(Format.elapsed(waited))   esc stops waiting")
            } else {
                "tab next   ⏎ next, at the end send   ctrl-s send   esc cancel"
            }
        frame.write(keys, in: inside.row(inside.height - 1), style: styles[.keyHint])
    }
}

extension CommandLine {
    func draw(into frame: inout Frame, _ chrome: Chrome, styles: StyleSheet) {
        let line = chrome.status
        let rows = min(proposals.count, max(0, line.y - chrome.content.y))
        let list = Rect(x: line.x, y: line.y - rows, width: line.width, height: rows)
        frame.fill(list, style: styles[.text])
        for (index, proposal) in proposals.prefix(rows).enumerated() {
            let row = list.row(index)
            let isChosen = index == choice
            let base = styles[isChosen ? .selection : .text]
            frame.fill(row, style: base)
            let name = SafeText(proposal.text, limit: 70).padded(to: min(28, row.width))
            let help = frame.say(SafeText(proposal.refusal ?? proposal.help, limit: 200))
            let isUsable = proposal.refusal == nil
            let nameStyle = isUsable ? (isChosen ? base : styles[.key]) : styles[.muted].over(base)
            let pieces = [
                (text: " " + name + "  ", style: nameStyle),
                (text: help, style: isChosen ? base : styles[.muted]),
            ]
            frame.write(pieces, x: row.x, y: row.y, clip: row)
        }
        drawField(field, prompt: ":", into: &frame, in: line, styles: styles)
    }
}

extension FilterLine {
    func draw(into frame: inout Frame, _ chrome: Chrome, styles: StyleSheet) {
        let line = chrome.status
        let above = Rect(x: line.x, y: line.y - 1, width: line.width, height: 1)
        frame.write(
            frame.say(SafeText(error ?? hint)),
            in: above,
            style: styles[error == nil ? .muted : .error]
        )
        drawField(field, prompt: "/", into: &frame, in: line, styles: styles)
    }
}

private func drawField(
    _ field: TextField,
    prompt: SafeText,
    into frame: inout Frame,
    in line: Rect,
    styles: StyleSheet
) {
    frame.write(prompt, in: line, style: styles[.key])
    let place = Rect(x: line.x + 1, y: line.y, width: line.width - 1, height: 1)
    field.draw(into: &frame, in: place, styles: styles)
}
