import Terminal

extension BulkOverlay {
    func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet, _ console: Console) {
        switch stage {
        case .asking(let dialog):
            let keys = console.keyNames.keymap.dialogKeys
            dialog.draw(into: &frame, in: rect, styles: styles, keys: keys)
        case .running(let run): draw(run, isOver: false, into: &frame, in: rect, styles, console)
        case .ended(let run): draw(run, isOver: true, into: &frame, in: rect, styles, console)
        }
    }

    private func draw(
        _ run: BulkRun,
        isOver: Bool,
        into frame: inout Frame,
        in rect: Rect,
        _ styles: StyleSheet,
        _ console: Console
    ) {
        let book = frame.tongue.phrasebook
        let results = results(of: run) { book?.translate($0) ?? $0 }
        let area = rect.centered(
            columns: min(rect.width, 76),
            rows: min(rect.height, results.count + 6)
        )
        frame.fill(area, style: styles[.text])
        let border = styles[isOver && run.failed > 0 ? .danger : .focusedBorder]
        frame.box(area, style: border, title: SafeText(bulk.title), titleStyle: border)
        let inside = area.inset(columns: 2)
        guard inside.height > 3 else { return }
        drawProgress(run, isOver: isOver, into: &frame, in: inside.row(0), styles)
        let room = inside.height - 3
        let first = min(run.scroll, max(0, results.count - room))
        for (row, line) in results.dropFirst(first).prefix(room).enumerated() {
            let text = SafeText(line.text, limit: 400).truncated(to: inside.width)
            frame.write(text, in: inside.row(row + 2), style: styles[line.role])
        }
        let keys = isOver ? keysAtEnd(run, console) : keysWhileRunning(run, console)
        let row = inside.row(inside.height - 1)
        frame.write(frame.say(keys), in: row, style: styles[.keyHint])
        frame.cursor = Point(x: inside.x, y: inside.maxY - 1)
    }

    private func drawProgress(
        _ run: BulkRun,
        isOver: Bool,
        into frame: inout Frame,
        in row: Rect,
        _ styles: StyleSheet
    ) {
        let next = run.outcomes.count
        let name = bulk.steps.indices.contains(next) ? bulk.steps[next].name : ""
        let words = isOver ? summary(of: run) : "\(next) of \(bulk.steps.count) · \(name)"
        let role: Terminal.Role = isOver ? (run.failed > 0 ? .error : .good) : .text
        let text = frame.say("\(SafeText(words, limit: 200).string)").truncated(to: row.width)
        frame.write(text, in: row, style: styles[role])
    }

    private func keysWhileRunning(_ run: BulkRun, _ console: Console) -> SafeText {
        let stop = console.keyNames[move: "result-stop"]
        return SafeText(
            run.isStopping
                ? "Stopping after this one …   \(stop) does not wait for it"
                : "\(stop) stops before the next one"
        )
    }

    private func keysAtEnd(_ run: BulkRun, _ console: Console) -> SafeText {
        let names = console.keyNames
        var keys = "\(names[move: "result-close"]) close"
        if again(after: run) != nil {
            keys += "   \(names[move: "result-again"]) try the rest again"
        }
        if console.notices.undo != nil {
            keys += "   \(names[move: "result-undo"]) takes back what was done"
        }
        return SafeText(keys)
    }
}
