import Domain
import Terminal

extension Console {
    /// Reads out what lies over the screen.
    func read(_ overlay: Overlay, into view: inout LinearView) {
        switch overlay {
        case .form(let form):
            view.head = ["Form: \(form.title.string). Type cancel to leave it."]
            view.head += form.plan.map(\.string)
            form.form.ask(into: &view, said)
        case .dialog(let dialog): dialog.shown.read(into: &view, said)
        case .bulk(let bulk): bulk.read(into: &view, said)
        case .help: readHelp(into: &view)
        case .command:
            view.head = ["Command."]
            view.prompt = "Command: "
        case .filter(let line):
            view.head = ["Filter. \(line.hint)"]
            if let fault = line.fault { view.body = ["Wrong: \(SafeText(fault.sentence).string)"] }
            view.prompt = "Filter: "
        case .find:
            view.head = ["Search the text."]
            view.prompt = "Search: "
        case .themes(let choice):
            view.head = ["Themes. Answer with a number, or cancel."]
            view.body = choice.picker.items.enumerated().map { index, item in
                "\(index + 1). \(item.title.string): \(item.detail.string)"
            }
            view.prompt = "Theme: "
        case .columns(let chooser):
            view.head = [
                "Columns. Answer with the numbers of those to show, in their order; all, or cancel."
            ]
            view.body = chooser.items.enumerated().map { index, item in
                "\(index + 1). \(said(item.title.string))"
                    + (item.isShown ? "" : ", \(said("hidden"))")
            }
            view.prompt = "Columns: "
        }
    }

    /// What can be typed here: the words of the reader, then every action of the screen.
    private func readHelp(into view: inout LinearView) {
        view.head = ["What can be typed here:"]
        view.body = [
            "A number selects that row; open and a number opens it.",
            "more and less read the next and the last rows; list reads everything again.",
            "A slash and words filter; a slash alone shows all.",
            "key and the names of keys, such as key esc, presses them.",
        ]
        let kind = trail.current.map { $0.content.kind } ?? .overview
        for action in Actions.all(on: kind) where action.id != "command" && action.id != "help" {
            let refusal = action.refusal(in: self).map { " " + said("Not now: \($0)") } ?? ""
            view.body.append(SafeText("\(action.id): \(said(action.help))\(refusal)").string)
        }
        view.body += Command.words.map { "\($0.text): \(said($0.help))" }
        view.prompt = "What next? "
    }
}

extension BulkOverlay {
    fileprivate func read(into view: inout LinearView, _ said: (String) -> String) {
        switch stage {
        case .asking(let dialog): dialog.read(into: &view, said)
        case .running(let run):
            let part = said("\(run.outcomes.count) of \(bulk.steps.count)")
            view.head = ["\(said(bulk.title)): \(part)."]
            view.prompt = "Type stop to stop before the next: "
        case .ended(let run):
            view.head = ["\(said(bulk.title)): \(said(summary(of: run)))."]
            view.body = results(of: run, said).map { SafeText($0.text, limit: 400).string }
            view.prompt = "close, again or undo? "
        }
    }
}

extension Dialog {
    fileprivate func read(into view: inout LinearView, _ said: (String) -> String) {
        view.head = ["Question: \(title.string)."] + lines.map(\.string)
        if !form.fields.isEmpty {
            view.head.append("Type cancel to leave it.")
            form.ask(into: &view, said)
        } else if closing != nil {
            view.prompt = "\(verb.string) or close? "
        } else {
            view.prompt = "\(verb.string): yes or no? "
        }
    }
}
