/// A list that narrows while the operator types: tenants, screens, commands.
public struct Picker<ID: Hashable & Sendable>: Sendable, Hashable {
    /// One thing to pick.
    public struct Item: Sendable, Hashable {
        /// What identifies it.
        public var id: ID

        /// What is matched and shown.
        public var title: SafeText

        /// What is shown beside it.
        public var detail: SafeText

        /// Makes an item.
        public init(id: ID, title: SafeText, detail: SafeText = "") {
            self.id = id
            self.title = title
            self.detail = detail
        }
    }

    /// What a key did to a picker.
    public enum Outcome: Sendable, Hashable {
        /// Nothing: the key means something to somebody else.
        case ignored
        /// The query or the selection changed.
        case changed
        /// This one was picked.
        case picked(ID)
        /// Nothing fits, and the operator pressed enter on what was typed.
        case entered(String)
        /// The operator backed out.
        case cancelled
    }

    /// The title of the box.
    public var title: SafeText

    /// What can be picked.
    public var items: [Item]

    /// What was typed.
    public private(set) var query: TextField

    private var selection: ID?

    /// Makes a picker.
    public init(title: SafeText, items: [Item], query: String = "") {
        self.title = title
        self.items = items
        self.query = TextField(query, options: TextField.Options(limit: 200))
    }

    /// What fits the query, the best first; in the given order while nothing is typed.
    public var matches: [Item] {
        guard !query.text.isEmpty else { return items }
        let scored = items.enumerated().compactMap { index, item in
            FuzzyMatch(query.text, in: item.title.string).map { (item, $0.score, index) }
        }
        return scored.sorted { ($1.1, $0.2) < ($0.1, $1.2) }.map(\.0)
    }

    /// The item that enter would pick.
    public var selected: Item? {
        let matches = matches
        return matches.first { $0.id == selection } ?? matches.first
    }

    /// Handles a key.
    public mutating func handle(_ event: KeyEvent) -> Outcome {
        switch (event.key, event.modifiers) {
        case (.escape, []): return .cancelled
        case (.enter, []): return selected.map { .picked($0.id) } ?? .entered(query.text)
        case (.up, []), (.character("p"), .control): return move(by: -1)
        case (.down, []), (.character("n"), .control): return move(by: 1)
        case (.pageUp, []): return move(by: -10)
        case (.pageDown, []): return move(by: 10)
        case (.tab, []):
            if let selected { query.text = selected.title.string }
            return .changed
        default: break
        }
        guard query.handle(event) else { return .ignored }
        selection = nil
        return .changed
    }

    /// Takes pasted text as part of the query.
    public mutating func paste(_ text: String) {
        query.paste(text)
        selection = nil
    }

    private mutating func move(by step: Int) -> Outcome {
        let matches = matches
        guard !matches.isEmpty else { return .changed }
        let current = matches.firstIndex { $0.id == selection } ?? 0
        selection = matches[min(max(current + step, 0), matches.count - 1)].id
        return .changed
    }
}

extension Picker {
    /// Draws the picker as a box in the upper middle of a rectangle, as wide as its longest line
    /// where there is room.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let matches = matches
        let titles = items.map { frame.phrase($0.title).width }.max() ?? 0
        let details = items.map { frame.phrase($0.detail).width }.max() ?? 0
        let wanted = min(100, max(64, titles + 2 + details + 4))
        let area = rect.centered(
            columns: wanted,
            rows: min(rect.height, max(5, items.count + 4))
        )
        frame.fill(area, style: styles[.text])
        frame.box(area, style: styles[.focusedBorder], title: title, titleStyle: styles[.title])
        let inside = area.inset(columns: 2)
        guard !inside.isEmpty else { return }
        let count = SafeText(" \(matches.count)/\(items.count)")
        frame.write(
            count,
            x: inside.maxX - count.width,
            y: inside.y,
            style: styles[.muted],
            clip: inside
        )
        let field = Rect(
            x: inside.x,
            y: inside.y,
            width: inside.width - count.width,
            height: 1
        )
        query.draw(into: &frame, in: field, styles: styles)
        let list = Rect(
            x: inside.x,
            y: inside.y + 2,
            width: inside.width,
            height: inside.height - 2
        )
        let current = matches.firstIndex { $0.id == selected?.id } ?? 0
        let first = max(0, current - list.height + 1)
        for (line, item) in matches.dropFirst(first).prefix(list.height).enumerated() {
            draw(
                item,
                isSelected: line + first == current,
                column: min(titles, list.width / 2) + 2,
                into: &frame,
                in: list.row(line),
                styles: styles
            )
        }
        if matches.isEmpty {
            frame.write("nothing fits", x: list.x, y: list.y, style: styles[.muted], clip: list)
        }
    }

    private func draw(
        _ item: Item,
        isSelected: Bool,
        column: Int,
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet
    ) {
        let style = styles[isSelected ? .selection : .text]
        frame.fill(rect, style: style)
        frame.write(
            frame.phrase(item.title).truncated(to: column - 2),
            x: rect.x,
            y: rect.y,
            style: style,
            clip: rect
        )
        frame.write(
            frame.phrase(item.detail).truncated(to: max(0, rect.width - column)),
            x: rect.x + column,
            y: rect.y,
            style: isSelected ? style : styles[.muted],
            clip: rect
        )
    }
}

extension Frame {
    /// Writes a title at the beginning of a row, and a detail at its end where there is room for it.
    mutating func write(
        _ title: SafeText,
        beside detail: SafeText,
        in row: Rect,
        style: Style,
        detail detailStyle: Style
    ) {
        let used = write(
            title.truncated(to: row.width),
            x: row.x,
            y: row.y,
            style: style,
            clip: row
        )
        let left = row.width - used - 2
        guard left > 4, !detail.isEmpty else { return }
        let text = detail.truncated(to: left)
        write(text, x: row.maxX - text.width, y: row.y, style: detailStyle, clip: row)
    }
}
