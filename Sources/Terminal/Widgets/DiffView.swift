/// What a change did to each field: before and after.
public struct DiffView: Sendable, Hashable {
    /// One changed field.
    public struct Change: Sendable, Hashable {
        /// The field's name.
        public var field: SafeText

        /// The value before, nil when there was none.
        public var before: SafeText?

        /// The value after, nil when there is none any more.
        public var after: SafeText?

        /// Makes a change.
        public init(field: SafeText, before: SafeText?, after: SafeText?) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    /// The changes from top to bottom.
    public var changes: [Change]

    /// The first line shown.
    public var scroll = ScrollPosition()

    /// Makes a view.
    public init(_ changes: [Change]) { self.changes = changes }

    /// The lines with their roles, for a width: `- before` and `+ after` below the field's name.
    public func lines(width: Int) -> [(text: SafeText, role: Role)] {
        changes.flatMap { change -> [(text: SafeText, role: Role)] in
            var lines: [(text: SafeText, role: Role)] = [(change.field, .header)]
            let sides: [(SafeText, SafeText?, Role)] = [
                ("- ", change.before, .diffRemoved), ("+ ", change.after, .diffAdded),
            ]
            for (mark, value, role) in sides {
                guard let value else { continue }
                for (index, line) in value.wrapped(to: max(1, width - 2)).enumerated() {
                    lines.append(((index == 0 ? mark : "  ") + line, role))
                }
            }
            return lines
        }
    }

    /// Draws the lines from the scroll position on.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let lines = lines(width: rect.width)
        guard !lines.isEmpty else {
            frame.write("no fields changed", in: rect.row(0), style: styles[.muted])
            return
        }
        let first = scroll.first(of: lines.count, height: rect.height)
        for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
            frame.write(line.text, in: rect.row(row), style: styles[line.role])
        }
    }
}
