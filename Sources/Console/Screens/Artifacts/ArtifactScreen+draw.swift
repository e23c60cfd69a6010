import Domain
import Terminal

extension ArtifactScreen {
    /// Text at the left and history at the right, or one below the other.
    private func areas(in area: Rect) -> (text: Rect, history: Rect, changes: Rect) {
        if area.width >= 100 {
            let left = area.width * 55 / 100
            let side = Rect(
                x: area.x + left + 2,
                y: area.y,
                width: area.width - left - 2,
                height: area.height
            )
            let rows = side.rows(
                .fixed(max(3, min(list.table.rows.count + 1, side.height / 2))),
                .flexible(minimum: 1)
            )
            let text = Rect(x: area.x, y: area.y, width: left, height: area.height)
            return (text, rows[0], rows[1])
        }
        let third = max(3, area.height / 4)
        let rows = area.rows(.flexible(minimum: 1), .fixed(third), .fixed(third))
        return (rows[0], rows[1], rows[2])
    }

    func listArea(in area: Rect) -> Rect { areas(in: area).history }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let areas = areas(in: rect)
        guard let artifact else {
            context.drawInstead(
                into: &frame,
                in: rect.inset(columns: 1),
                failure: failure,
                isLoaded: false,
                emptyText: ""
            )
            return
        }
        if rect.width >= 100 {
            frame.verticalLine(
                x: areas.history.x - 2,
                y: rect.y,
                length: rect.height,
                style: context.styles[.border]
            )
        }
        draw(artifact, into: &frame, in: rect, context)
        drawList(
            into: &frame,
            in: areas.history,
            context,
            emptyText: "No history was kept."
        )
        drawChanges(into: &frame, in: rect, context)
    }

    /// The text, broken for the place that it has.
    func body(_ area: Rect) -> [TextLine] {
        let width = areas(in: area).text.width
        return SafeText.lines(artifact?.description ?? "").flatMap {
            TextLine.broken($0, to: width, role: .text)
        }
    }

    /// What the chosen version changed, broken for the place that it has.
    func changes(_ area: Rect) -> [TextLine] {
        guard let revision = list.paned else { return [] }
        return ChangesText.lines(revision.changes, width: areas(in: area).changes.width)
    }

    /// How many rows the text has, below the fields.
    func bodyRows(_ context: ScreenContext) -> Int {
        let place = areas(in: context.area).text
        let fields = artifact?.lines(context, width: place.width).count ?? 0
        return max(1, place.height - fields - 1)
    }

    func changesRows(_ area: Rect) -> Int { max(1, areas(in: area).changes.height - 1) }

    private func draw(
        _ artifact: Artifact,
        into frame: inout Frame,
        in area: Rect,
        _ context: DrawContext
    ) {
        let rect = areas(in: area).text
        let fields = artifact.lines(context.screen, width: rect.width)
        let rows = rect.height - fields.count - 1
        var first = 0
        if rows < 1 {
            // On a low screen the fields scroll away with the text.
            first = min(scrolled.text, max(0, fields.count - rect.height))
        }
        for (row, line) in fields.dropFirst(first).prefix(rect.height).enumerated() {
            line.draw(into: &frame, in: rect.row(row), context)
        }
        guard rows > 0 else { return }
        let place = Rect(x: rect.x, y: rect.maxY - rows, width: rect.width, height: rows)
        let text = body(area)
        let top = min(scrolled.text, max(0, text.count - rows))
        let shown = top..<min(text.count, top + rows)
        // Paragraphs are counted over both texts.
        let all = search == nil ? text : text + changes(area)
        frame.write(all, shown: shown, in: place, search, fills: true, styles: context.styles)
        let hidden = text.count - top - rows
        guard hidden > 0 else { return }
        let more = SafeText("… \(Format.plural(hidden + 1, "line")) more, space goes on")
        frame.write(more, in: place.row(rows - 1), style: context.styles[.muted])
    }

    private func drawChanges(into frame: inout Frame, in area: Rect, _ context: DrawContext) {
        let rect = areas(in: area).changes
        guard let revision = list.paned, rect.height > 1 else { return }
        frame.horizontalLine(
            x: rect.x,
            y: rect.y,
            length: rect.width,
            style: context.styles[.border]
        )
        let title = SafeText("── version \(revision.version): \(revision.action.rawValue) ")
        frame.write(title, x: rect.x, y: rect.y, style: context.styles[.border], clip: rect)
        let changes = changes(area)
        let place = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
        let before = search == nil ? [] : body(area)
        let top = min(changesScroll, max(0, changes.count - place.height))
        let first = before.count + top
        let shown = first..<min(before.count + changes.count, first + place.height)
        let lines = before + changes
        frame.write(lines, shown: shown, in: place, search, fills: true, styles: context.styles)
        let hidden = changes.count - top - place.height
        guard hidden > 0 else { return }
        let more = SafeText("… \(Format.plural(hidden + 1, "line")) more")
        frame.write(more, in: place.row(place.height - 1), style: context.styles[.muted])
    }
}
