/// The keys and what they do, in groups, over the screen.
public struct HelpOverlay: Sendable, Hashable {
    /// One line of help.
    public struct Entry: Sendable, Hashable {
        /// The keys, as `g g, home`.
        public var keys: SafeText

        /// What they do.
        public var text: SafeText

        /// Why it cannot be done now, nil when it can.
        public var disabledReason: SafeText?

        /// Makes a line.
        public init(keys: SafeText, text: SafeText, disabledReason: SafeText? = nil) {
            self.keys = keys
            self.text = text
            self.disabledReason = disabledReason
        }
    }

    /// Lines that belong together.
    public struct Group: Sendable, Hashable {
        /// What they have in common.
        public var title: SafeText

        /// The lines.
        public var entries: [Entry]

        /// Makes a group.
        public init(title: SafeText, entries: [Entry]) {
            self.title = title
            self.entries = entries
        }
    }

    /// The groups from top to bottom.
    public var groups: [Group]

    /// The first line shown.
    public var scroll = ScrollPosition()

    /// Makes an overlay.
    public init(_ groups: [Group]) { self.groups = groups }

    /// The number of lines that it has.
    public var lineCount: Int { groups.reduce(0) { $0 + $1.entries.count + 2 } }

    /// The rows that the text gets when the overlay is drawn in a rectangle.
    public func visibleLines(in rect: Rect) -> Int { max(0, area(in: rect).height - 2) }

    private func area(in rect: Rect) -> Rect {
        rect.centered(columns: 76, rows: min(lineCount + 2, rect.height))
    }

    /// Draws the overlay in the middle of a rectangle.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let area = area(in: rect)
        frame.fill(area, style: styles[.text])
        frame.box(area, style: styles[.focusedBorder], title: "Keys", titleStyle: styles[.title])
        let inside = area.inset(columns: 2)
        let entries = groups.flatMap(\.entries)
        let keyWidth = min(entries.map(\.keys.width).max() ?? 0, inside.width / 3)
        let first = scroll.first(of: lineCount, height: inside.height)
        var line = -first
        for group in groups {
            frame.write(group.title, in: inside.row(line), style: styles[.header])
            for (index, entry) in group.entries.enumerated() {
                let parts = inside.row(line + 1 + index)
                    .columns(.fixed(keyWidth), .flexible(), gap: 2)
                frame.write(entry.keys, in: parts[0], style: styles[.key])
                let text = entry.disabledReason.map { entry.text + " (" + $0 + ")" }
                frame.write(
                    text ?? entry.text,
                    in: parts[1],
                    style: styles[entry.disabledReason == nil ? .text : .muted]
                )
            }
            line += group.entries.count + 2
        }
    }
}
