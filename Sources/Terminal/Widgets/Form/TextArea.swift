/// Several lines of text that are being typed.
public struct TextArea: Sendable, Hashable {
    /// The lines; there is always one.
    private var lines: [TextField]

    /// The index of the line with the cursor.
    public private(set) var line: Int

    /// The most lines that the area takes.
    public var limit: Int

    /// Makes an area with the cursor behind the text.
    public init(_ text: String = "", limit: Int = 200) {
        let parts = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        lines = parts.prefix(max(1, limit)).map { TextField(String($0)) }
        line = lines.count - 1
        self.limit = limit
    }

    /// The text as typed, lines joined by line feeds: not yet safe to draw.
    public var text: String { lines.map(\.text).joined(separator: "\n") }

    /// Handles a key; false when it means nothing to the area.
    public mutating func handle(_ event: KeyEvent) -> Bool {
        switch (event.key, event.modifiers) {
        case (.enter, []):
            breakLine()
            return true
        case (.up, []) where line > 0: move(to: line - 1)
        case (.down, []) where line + 1 < lines.count: move(to: line + 1)
        case (.backspace, []) where lines[line].cursor == 0 && line > 0:
            joinWithPrevious()
        case (.delete, []) where isAtLineEnd && line + 1 < lines.count:
            move(to: line + 1, cursor: 0)
            joinWithPrevious()
        default: return lines[line].handle(event)
        }
        return true
    }

    /// Inserts pasted text with its line ends.
    public mutating func paste(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, part) in parts.enumerated() {
            if index > 0 { breakLine() }
            lines[line].paste(String(part))
        }
    }

    private var isAtLineEnd: Bool { lines[line].cursor == lines[line].text.count }

    private mutating func breakLine() {
        guard lines.count < limit else { return }
        let text = lines[line].text
        let head = String(text.prefix(lines[line].cursor))
        lines[line].text = head
        lines.insert(TextField(String(text.dropFirst(lines[line].cursor))), at: line + 1)
        line += 1
        _ = lines[line].handle(KeyEvent(.home))
    }

    private mutating func joinWithPrevious() {
        let tail = lines.remove(at: line).text
        line -= 1
        let head = lines[line].text
        lines[line].text = head + tail
        move(to: line, cursor: head.count)
    }

    private mutating func move(to target: Int, cursor: Int? = nil) {
        let wanted = cursor ?? lines[line].cursor
        line = target
        _ = lines[line].handle(KeyEvent(.home))
        for _ in 0..<wanted { _ = lines[line].handle(KeyEvent(.right)) }
    }

    /// Draws the lines around the cursor.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        isFocused: Bool = true
    ) {
        guard !rect.isEmpty else { return }
        let first = max(0, line - rect.height + 1)
        frame.fill(rect, style: styles[isFocused ? .focusedInput : .input])
        for (row, index) in lines.indices.dropFirst(first).prefix(rect.height).enumerated() {
            guard isFocused, index == line else {
                let style = styles[isFocused ? .focusedInput : .input]
                frame.write(
                    SafeText(lines[index].text),
                    x: rect.x,
                    y: rect.y + row,
                    style: style,
                    clip: rect
                )
                continue
            }
            lines[index].draw(into: &frame, in: rect.row(row), styles: styles)
        }
    }
}
