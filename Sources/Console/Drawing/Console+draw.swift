import Domain
package import Terminal

extension Console {
    /// Draws everything; the frame's size decides the layout.
    package func draw(into frame: inout Frame) {
        frame.tongue = surroundings.settings.tongue
        drawParts(into: &frame)
        frame.placeCursor()
    }

    private func drawParts(into frame: inout Frame) {
        let styles = surroundings.styles
        frame.fill(frame.bounds, style: styles[.text])
        let chrome = Chrome(size: frame.size)
        if chrome.isTooSmall {
            let least = Chrome.least
            let sentence = SafeText("Ghostworks needs \(least.columns)×\(least.rows).")
            frame.write(sentence, in: frame.bounds.row(0), style: styles[.text])
            return
        }
        if let gate {
            gate.draw(into: &frame, waiting: waiting { $0 == .gate }, styles: styles, keyNames)
            return
        }
        if standing.elevation != nil { drawWarning(into: &frame, chrome) }
        drawHeader(into: &frame, chrome)
        drawContent(into: &frame, chrome)
        drawStatus(into: &frame, chrome)
        drawFooter(into: &frame, chrome)
        drawNet(into: &frame, chrome)
        drawOverlay(into: &frame, chrome)
        drawToasts(into: &frame, chrome)
    }

    /// How long the oldest of some requests has been waited for.
    func waiting(where condition: (Route) -> Bool) -> Duration? {
        requests.first(where: condition).map { $0.startedAt.duration(to: surroundings.now) }
    }

    /// The red frame of a console that may write.
    private func drawWarning(into frame: inout Frame, _ chrome: Chrome) {
        let style = surroundings.styles[.readWrite]
        let all = chrome.bounds
        let edges = [
            all.row(0), all.row(all.height - 1), Rect(x: 0, y: 0, width: 1, height: all.height),
            Rect(x: all.maxX - 1, y: 0, width: 1, height: all.height),
        ]
        for edge in edges { frame.fill(edge, style: style) }
    }

    private func drawContent(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        let line = styles[standing.elevation == nil ? .border : .readWrite]
        for rect in [chrome.topLine, chrome.bottomLine] where !rect.isEmpty {
            frame.horizontalLine(x: rect.x, y: rect.y, length: rect.width, style: line)
        }
        guard let visit = trail.current else { return }
        drawSections(into: &frame, chrome)
        var context = context
        context.area = chrome.content
        let drawing = DrawContext(
            styles: styles,
            screen: context,
            waiting: waiting { $0.isScreen && $0.isShown },
            progress: requests.progress(of: .verify),
            isFocused: overlay == nil,
            moves: animates,
            keys: keyNames
        )
        visit.content.draw(into: &frame, in: chrome.content, drawing)
    }

    /// What has happened, the newest lowest and at the foot.
    ///
    /// Beside a line that is being typed there: only what somebody has to know, from below the
    /// header on and above the proposals.
    private func drawToasts(into frame: inout Frame, _ chrome: Chrome) {
        let isTyping = overlay?.isOnStatusLine == true
        let area = isTyping ? chrome.content : chrome.status
        let lines = notices.toasts.filter { !isTyping || $0.kind == .failure }.flatMap { toast in
            frame.say(SafeText(toast.text)).wrapped(to: area.width - 3).prefix(4)
                .map { (text: toast.kind.mark + $0, role: toast.kind.role) }
        }
        let room = isTyping ? chrome.status.y - 1 - area.y : area.y - chrome.header.y
        let shown = isTyping ? lines.prefix(max(0, room)) : lines.suffix(max(0, room))
        let top = isTyping ? area.y : area.y + 1 - shown.count
        for (y, line) in zip(top..., shown) {
            let row = Rect(x: area.x, y: y, width: area.width, height: 1)
            frame.write(line.text, in: row, style: surroundings.styles[line.role])
        }
    }
}

extension TimedToast.Kind {
    /// Tells the kind without colours.
    var mark: SafeText {
        switch self {
        case .success: " ✓ "
        case .hint: " • "
        case .failure: " ✗ "
        }
    }

    var role: Terminal.Role {
        switch self {
        case .success: .toast
        case .hint: .inactiveSelection
        case .failure: .danger
        }
    }
}
