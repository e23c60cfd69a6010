/// The first line that is shown of something longer than its place.
public struct ScrollPosition: Sendable, Hashable {
    /// The line that the operator scrolled to; the place's height may allow only less.
    public private(set) var line = 0

    /// Begins at the top.
    public init() {}

    /// The first line to show of so many, in so many rows.
    public func first(of count: Int, height: Int) -> Int {
        min(line, max(0, count - height))
    }

    /// Scrolls as far as a line needs to be in sight, with what is around it.
    public mutating func reveal(_ wanted: Int, of count: Int, height: Int) {
        let current = first(of: count, height: height)
        guard !(current..<current + max(1, height - 1)).contains(wanted) else { return }
        line = min(max(0, wanted - height / 3), max(0, count - height))
    }

    /// Scrolls like a pager; `count` lines are shown in `height` rows.
    public mutating func move(_ move: TableMove, of count: Int, height: Int) {
        let current = first(of: count, height: height)
        let last = max(0, count - height)
        let target: Int =
            switch move {
            case .up: current - 1
            case .down: current + 1
            case .pageUp: current - max(1, height - 1)
            case .pageDown: current + max(1, height - 1)
            case .halfPageUp: current - max(1, height / 2)
            case .halfPageDown: current + max(1, height / 2)
            case .top: 0
            case .bottom: last
            }
        line = min(max(target, 0), last)
    }
}

/// Text of several lines, wrapped to its place and scrolled.
public struct Paragraph: Sendable, Hashable {
    /// One line, in the style of a role.
    public struct Line: Sendable, Hashable {
        /// The text.
        public var text: SafeText

        /// Its role.
        public var role: Role

        /// Makes a line.
        public init(_ text: SafeText, role: Role = .text) {
            self.text = text
            self.role = role
        }
    }

    /// The lines before wrapping.
    public var lines: [Line]

    /// The first line shown.
    public var scroll = ScrollPosition()

    /// Makes a paragraph.
    public init(_ lines: [Line]) { self.lines = lines }

    /// Makes a paragraph of a document from anywhere.
    public init(document: String) { self.init(SafeText.lines(document).map { Line($0) }) }

    /// The lines as they are broken for a width.
    public func wrapped(to width: Int) -> [Line] {
        lines.flatMap { line in
            line.text.wrapped(to: width).map { Line($0, role: line.role) }
        }
    }

    /// Scrolls; the size is that of the place in which it is drawn.
    public mutating func move(_ move: TableMove, in size: Size) {
        scroll.move(move, of: wrapped(to: size.columns).count, height: size.rows)
    }

    /// Draws the lines from the scroll position on, and how much is below.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        guard !rect.isEmpty else { return }
        let shown = wrapped(to: rect.width)
        let first = scroll.first(of: shown.count, height: rect.height)
        for (row, line) in shown.dropFirst(first).prefix(rect.height).enumerated() {
            frame.write(line.text, startingIn: rect.row(row), style: styles[line.role])
        }
        let below = shown.count - first - rect.height
        guard below > 0 else { return }
        let text = frame.say(SafeText(" \(below) more ↓ "))
        frame.write(
            text,
            x: rect.maxX - text.width,
            y: rect.maxY - 1,
            style: styles[.accent],
            clip: rect
        )
    }
}
