// DESIGN: what to say of a new state.
//
// 1. A new head is told with its body. A new body alone is told when it is what somebody has asked
//    for or waits for, or when it is short; else one sentence says that it changed.
// 2. Notes are told once. While an answer is awaited nothing else is told.
// 3. The question comes last, and again only when something was told or answered since.

/// Turns states into text that only grows.
package struct LinearPrinter: Sendable {
    private var told = LinearView()
    private var notes: [String] = []
    private var isAtPrompt = false
    private var turn = -1
    private var hasWaited = true
    private var saidWaiting = false
    private var saidChange = false

    private static let short = 6

    package init() {}

    /// The text to write for a state; empty when there is nothing new.
    package mutating func text(for view: LinearView) -> String {
        var lines = view.notes.filter { !notes.contains($0) }
        notes = view.notes
        let isAnswered = view.turn != turn
        if isAnswered {
            turn = view.turn
            isAtPrompt = false
            saidChange = false
            hasWaited = true
        }
        if view.isWaiting {
            hasWaited = true
            if let waiting = view.waiting, !saidWaiting {
                saidWaiting = true
                lines.append(waiting)
            }
            return written(lines, prompt: nil)
        }
        saidWaiting = false
        lines += news(in: view)
        hasWaited = false
        told = view
        let asks = isAnswered || !lines.isEmpty || !isAtPrompt
        return written(lines, prompt: asks ? view.prompt : nil)
    }

    private mutating func news(in view: LinearView) -> [String] {
        if view.head != told.head || view.readings != told.readings {
            saidChange = false
            return view.head + view.body + [view.selected].compactMap(\.self)
        }
        var lines: [String] = []
        if view.body != told.body {
            if hasWaited || view.body.count <= Self.short {
                lines += view.body
            } else if !saidChange {
                saidChange = true
                lines.append("What is listed has changed; list reads it again.")
            }
        }
        if let selected = view.selected, selected != told.selected { lines.append(selected) }
        return lines
    }

    private mutating func written(_ lines: [String], prompt: String?) -> String {
        guard !lines.isEmpty || prompt != nil else { return "" }
        // Something that nobody asked for begins on a line of its own.
        let start = isAtPrompt ? "\n" : ""
        isAtPrompt = prompt != nil
        return start + lines.map { $0 + "\n" }.joined() + (prompt ?? "")
    }
}
