import Domain
import Terminal

extension ArtifactsScreen {
    // Below 80 columns the person folds first, then the tags, then the time.
    static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 28, weight: 3)),
        TableColumn(
            id: "tags",
            title: "TAGS",
            span: .flexible(minimum: 10, weight: 1),
            foldOrder: 2
        ),
        TableColumn(id: "-updated_at", title: "UPDATED", span: .fixed(16), foldOrder: 1),
        TableColumn(
            id: "by",
            title: "BY",
            span: .flexible(minimum: 8, weight: 1),
            foldOrder: 3
        ),
    ]

    static func sort(_ query: ArtifactQuery) -> TableSort? {
        guard query.order != .newest else { return nil }
        return TableSort(column: query.order.rawValue, isAscending: query.isAscending)
    }

    func row(_ artifact: Artifact, _ context: ScreenContext) -> TableRow<ArtifactID> {
        TableRow(
            id: artifact.id,
            cells: [
                .text(SafeText(artifact.name, limit: 255)),
                .text(SafeText(artifact.tags.joined(separator: ", "), limit: 100), .muted),
                .text(SafeText(context.zone.minute(artifact.updatedAt))),
                .text(SafeText(context.name(of: artifact.updatedBy), limit: 60)),
            ]
        )
    }

    func listArea(in area: Rect) -> Rect {
        guard let preview = previewArea(in: area) else { return area }
        return Rect(
            x: area.x,
            y: area.y,
            width: preview.x - area.x - 3,
            height: area.height
        )
    }

    /// Where the preview stands; nil on a screen too narrow for it.
    func previewArea(in area: Rect) -> Rect? {
        guard area.width >= 100 else { return nil }
        let width = min(64, area.width * 35 / 100)
        return Rect(x: area.maxX - width, y: area.y, width: width, height: area.height)
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            query.text.isEmpty
            ? "This tenant has no artifacts yet.\nn writes one."
            : "No artifact fits \"\(query.text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: listArea(in: rect), context, emptyText: empty)
        guard let area = previewArea(in: rect) else { return }
        frame.verticalLine(
            x: area.x - 2,
            y: area.y,
            length: area.height,
            style: context.styles[.border]
        )
        if let artifact = previewed { draw(artifact, into: &frame, in: area, context) }
    }

    private func draw(
        _ artifact: Artifact,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        let lines = artifact.lines(context.screen, width: rect.width)
        var y = rect.y
        for line in lines.prefix(max(0, rect.height - 2)) {
            let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            line.draw(into: &frame, in: row, context)
            y += 1
        }
        let rest = Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y)
        drawHistory(of: artifact, into: &frame, in: rest, context)
    }

    private func drawHistory(
        of artifact: Artifact,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        let revisions = preview.artifact == artifact.id ? preview.revisions : []
        guard rect.height >= 2, !revisions.isEmpty else { return }
        let title: SafeText = "── history "
        let line = context.styles[.border]
        frame.horizontalLine(x: rect.x, y: rect.y, length: rect.width, style: line)
        frame.write(title, x: rect.x, y: rect.y, style: line, clip: rect)
        let shown = min(revisions.count, max(1, min(6, rect.height / 2)))
        for (row, revision) in revisions.prefix(shown).enumerated() {
            let parts = rect.row(row + 1).columns(.fixed(4), .fixed(14), .flexible(), gap: 1)
            let cells = [
                "\(revision.version)", context.screen.name(of: revision.actor), revision.summary,
            ]
            for (part, cell) in zip(parts, cells) {
                frame.write(SafeText(cell), in: part, style: context.styles[.text])
            }
        }
        let text = Rect(
            x: rect.x,
            y: rect.y + shown + 2,
            width: rect.width,
            height: rect.height - shown - 2
        )
        drawText(of: artifact, into: &frame, in: text, context)
    }

    private func drawText(
        of artifact: Artifact,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        guard rect.height > 0 else { return }
        let lines = SafeText.lines(String(artifact.description.prefix(4_000)))
            .flatMap { $0.wrapped(to: rect.width) }
        for (row, line) in lines.prefix(rect.height).enumerated() {
            frame.write(line, in: rect.row(row), style: context.styles[.muted])
        }
    }
}

extension ArtifactRevision {
    /// What was done, or which fields it changed.
    var summary: String {
        action == .updated ? changes.fields.keys.sorted().joined(separator: ", ") : action.rawValue
    }
}

/// A line of a label and a value.
struct FieldLine {
    var label: SafeText
    var value: SafeText
    var role = Terminal.Role.text

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        context.drawPair(label, value, into: &frame, in: rect, role: role)
    }
}

extension Artifact {
    /// The fields of an artifact but for its text.
    func lines(_ context: ScreenContext, width: Int) -> [FieldLine] {
        var lines = SafeText(name, limit: 300).wrapped(to: width - 10).prefix(3).enumerated().map {
            FieldLine(label: $0 == 0 ? "name" : "", value: $1, role: .title)
        }
        let created = "\(context.zone.minute(createdAt)) by \(context.name(of: createdBy))"
        let updated = "\(context.zone.minute(updatedAt)) by \(context.name(of: updatedBy))"
        lines += [
            FieldLine(label: "id", value: SafeText(id.description)),
            FieldLine(label: "version", value: SafeText("\(version)")),
            FieldLine(label: "created", value: SafeText(created)),
            FieldLine(label: "updated", value: SafeText(updated)),
            FieldLine(label: "tags", value: SafeText(tags.joined(separator: ", "))),
            FieldLine(label: "metadata", value: SafeText(metadata.canonical, limit: 200)),
        ]
        if let deletedAt {
            lines.append(
                FieldLine(
                    label: "deleted",
                    value: SafeText(context.zone.minute(deletedAt)),
                    role: .warning
                )
            )
        }
        return lines
    }
}
