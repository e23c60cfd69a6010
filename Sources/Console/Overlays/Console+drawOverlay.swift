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
        case .bulk(let bulk): bulk.draw(into: &frame, in: chrome.bounds, styles: styles, self)
        case .themes(let choice):
            choice.picker.draw(into: &frame, in: chrome.content, styles: styles)
        }
    }
}

extension FormOverlay {
    func draw(into frame: inout Frame, in rect: Rect, _ waited: Duration?, styles: StyleSheet) {
        let width = min(rect.width, 80)
        let lines = told.flatMap { $0.wrapped(to: max(1, width - 4)) }
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
        let isAsked = aside == .leaving
        frame.write(
            keys(waited),
            in: inside.row(inside.height - 1),
            style: styles[isAsked ? .danger : .keyHint]
        )
    }

    /// The plan, or the help of the field with the focus in its place.
    private var told: [SafeText] {
        guard aside == .help, let field = form.focusedField else { return plan }
        let words = field.help.isEmpty ? field.hint : field.help
        return [field.label + ": " + (words.isEmpty ? "there is no more to say about it." : words)]
    }

    private func keys(_ waited: Duration?) -> SafeText {
        if let waited, waited >= Console.patience {
            return SafeText("Sending … \(Format.elapsed(waited))   esc stops waiting")
        }
        switch aside {
        case .leaving: return " Throw away what you typed?   y throws it away   n goes on "
        case .help: return "F1 shows the plan again"
        case .nothing where form.focusedField?.isOpen == true:
            return "letters search   ↑ ↓ move   ⏎ picks   esc closes the list"
        case .nothing:
            return "tab next   ⏎ next, at the end send   ctrl-s send   F1 help   esc cancel"
        }
    }
}
