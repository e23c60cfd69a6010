import Terminal

extension Console {
    func drawOverlay(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        let waited = waiting { $0 == .overlay }
        switch overlay {
        case nil: break
        case .form(let form):
            form.draw(into: &frame, chrome, waited, styles: styles, keyNames)
        case .dialog(let dialog):
            dialog.shown.draw(
                into: &frame,
                in: chrome.bounds,
                styles: styles,
                keys: keyNames.keymap.dialogKeys
            )
        case .help(let help):
            help.draw(into: &frame, console: self)
        case .command(let line): line.draw(into: &frame, chrome, styles: styles)
        case .filter(let line): line.draw(into: &frame, chrome, styles: styles)
        case .find(let line): line.draw(into: &frame, chrome, styles: styles)
        case .bulk(let bulk): bulk.draw(into: &frame, in: chrome.bounds, styles: styles, self)
        case .themes(let choice):
            choice.picker.draw(into: &frame, in: chrome.content, styles: styles)
        case .columns(let chooser):
            chooser.draw(into: &frame, in: chrome.content, styles: styles, keyNames)
        }
    }
}

extension FormOverlay {
    func draw(
        into frame: inout Frame,
        _ chrome: Chrome,
        _ waited: Duration?,
        styles: StyleSheet,
        _ names: KeyNames
    ) {
        let rect = chrome.bounds
        let width = min(rect.width, 80)
        let lines = told(frame).flatMap { frame.say($0).wrapped(to: max(1, width - 4)) }
        let wanted = form.height + 3
        // A form that is taller than the screen scrolls; what it will do stays in sight.
        let kept = min(rect.height / 4, rect.height - 14)
        let planRows = max(0, min(lines.count, max(kept, rect.height - wanted - 1)))
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
        named(names).draw(into: &frame, in: place, styles: styles, isFocused: waited == nil)
        let isAsked = aside == .leaving
        // A box that leaves no footer names its keys itself.
        let hints = area.maxY > chrome.footer.y ? self.hints(names) : ""
        let last = message(waited, names) ?? hints
        // An open list may reach down to this row.
        guard !last.isEmpty else { return }
        frame.write(
            frame.say(last),
            in: inside.row(inside.height - 1),
            style: styles[isAsked ? .danger : .keyHint]
        )
    }

    /// The fields, with the chosen key in hints that name the one which opens a list.
    private func named(_ names: KeyNames) -> Form {
        let down = names[move: "form-down"].string
        guard down != "↓" else { return form }
        var form = form
        for index in form.fields.indices {
            let hint = form.fields[index].hint.string.replacing("↓ opens", with: "\(down) opens")
            form.fields[index].hint = SafeText(hint)
        }
        return form
    }

    /// The plan, or the help of the field with the focus in its place.
    private func told(_ frame: Frame) -> [SafeText] {
        guard aside == .help, let field = form.focusedField else { return plan }
        let words = field.help.isEmpty ? field.hint : field.help
        let help = words.isEmpty ? "there is no more to say about it." : words
        return [frame.say(field.label) + ": " + frame.say(help)]
    }

    /// What stands in the way of typing: that it is being sent, or the question before leaving.
    private func message(_ waited: Duration?, _ names: KeyNames) -> SafeText? {
        if let waited, waited >= Console.patience {
            let leave = names[move: "form-leave"]
            return SafeText("Sending … \(Format.elapsed(waited))   \(leave) stops waiting")
        }
        guard aside == .leaving else { return nil }
        let (yes, no) = (names[move: "question-yes"], names[move: "question-no"])
        return SafeText(" Throw away what you typed?   \(yes) throws it away   \(no) goes on ")
    }

    /// The keys that work in it now.
    func hints(_ names: KeyNames) -> SafeText {
        let leave = names[move: "form-leave"]
        let go = names[move: "form-go"]
        switch aside {
        case .leaving: return ""
        case .help: return SafeText("\(names[move: "form-help"]) shows the plan again")
        case .nothing where form.focusedField?.isOpen == true:
            let (up, down) = (names[move: "form-up"], names[move: "form-down"])
            return SafeText(
                "letters search   \(up) \(down) move   \(go) picks   \(leave) closes the list"
            )
        case .nothing:
            let (next, send) = (names[move: "form-next"], names[move: "form-send"])
            let help = names[move: "form-help"]
            return SafeText(
                "\(next) next   \(go) next, at the end send   \(send) send   \(help) help   "
                    + "\(leave) cancel"
            )
        }
    }
}
