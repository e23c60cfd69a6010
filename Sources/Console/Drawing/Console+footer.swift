import Domain
import Terminal

extension Console {
    /// Counts and filter at the left; what is waited for and the zone at the right.
    func drawStatus(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        var right: [SafeText] = []
        if let waited = waiting(where: \.isShown), waited >= Self.patience {
            let spinner = Spinner(elapsed: waited, moves: animates)
            right.append(spinner.text + " " + frame.say(SafeText("\(key("back")) cancels")))
        }
        if !surroundings.presses.isEmpty {
            let presses = surroundings.presses.map(\.description).joined(separator: " ")
            right.append(SafeText("\(presses) …"))
        }
        let zone = surroundings.zone.name(at: surroundings.now)
        right.append(frame.say(SafeText("times in \(zone)")))
        if let latency = notices.latency { right.append(SafeText(Format.elapsed(latency))) }
        while right.count > 1, length(of: right) > chrome.status.width / 2 { right.removeLast() }
        if chrome.status.width < 36 { right = [] }
        let text = frame.joined(right)
        frame.write(text, in: chrome.status, style: styles[.muted], alignment: .trailing)
        let room = chrome.status.width - text.width - 2
        frame.write(
            statusText(frame).truncated(to: max(0, room)),
            x: chrome.status.x,
            y: chrome.status.y,
            style: styles[display.themeProblem == nil ? .text : .error],
            clip: chrome.status
        )
    }

    /// What is wrong or being written, else which row of how many is selected, filter and order.
    private func statusText(_ frame: Frame) -> SafeText {
        if let told = display.themeProblem ?? exportProgress {
            return frame.say(SafeText(told))
        }
        guard let content = trail.current?.content else { return .empty }
        var status = frame.say(SafeText(content.status))
        if !status.isEmpty, !content.position.isEmpty {
            status = frame.say(SafeText(content.position)) + status
        }
        guard let search else { return status }
        return frame.joined([frame.say(search.told), status].filter { !$0.isEmpty })
    }

    private func length(of texts: [SafeText]) -> Int { texts.reduce(0) { $0 + $1.width + 3 } }

    /// The keys of the screen, as many as fit, the most important first; what cannot be used now
    /// is faint.
    ///
    /// While something lies over the screen, its keys stand there instead.
    func drawFooter(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        if let overlay {
            let keys = frame.say(overlayKeys(overlay)).truncated(to: chrome.footer.width)
            let style = styles[standing.elevation == nil ? .keyHint : .readWrite]
            frame.write(keys, in: chrome.footer, style: style)
            return
        }
        guard let visit = trail.current else { return }
        let field = styles[standing.elevation == nil ? .text : .readWrite]
        let kind = visit.content.kind
        let keymap = surroundings.settings.keymap
        let actions = Actions.all(on: kind)
            .filter { $0.rank != nil && !keymap.keys(of: $0, on: kind).isEmpty }
            .filter { $0.id != "undo" || notices.undo != nil }
            .filter { $0.id != "find-next" || search != nil }
            .filter { $0.id != "leave" || standing.support != nil }
            .filter { $0.id != "summary" || !showsSections(chrome) }
            .sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
        var x = chrome.footer.x
        if markCount > 0 {
            let marked = SafeText("\(markCount) marked")
            let style = standing.elevation == nil ? styles[.accent] : field
            x += frame.write(marked, x: x, y: chrome.footer.y, style: style, clip: chrome.footer)
            x += 2
        }
        for action in actions {
            let hint = keymap.isChanged(action) ? nil : action.hint
            let own = keymap.keys(of: action, on: kind).first ?? ""
            let key = SafeText(hint?.key ?? own.keySymbol)
            let label = " " + frame.say(SafeText(hint?.label ?? action.label))
            guard x + key.width + label.width <= chrome.footer.maxX else { break }
            let isUsable = action.refusal(in: self) == nil
            let muted = styles[.muted].over(field)
            let isCalm = standing.elevation == nil
            let keyStyle = isUsable ? (isCalm ? styles[.key] : field) : muted
            let labelStyle = isUsable ? field : muted
            x += frame.write(key, x: x, y: chrome.footer.y, style: keyStyle, clip: chrome.footer)
            x += frame.write(
                label,
                x: x,
                y: chrome.footer.y,
                style: labelStyle,
                clip: chrome.footer
            )
            x += 2
        }
    }
}

extension String {
    /// A key as the screen shows it.
    var keySymbol: String {
        switch self {
        case "enter": "⏎"
        case "esc": "␛"
        default: self
        }
    }
}
