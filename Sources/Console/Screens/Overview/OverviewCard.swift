import Domain
import Terminal

/// One group of figures on the overview.
struct OverviewCard {
    /// One line of a card.
    enum Line {
        /// A value, and how it went.
        case value(SafeText, SafeText, Terminal.Role, trend: [Double])
        /// An amount as a bar beside others of its card.
        case bar(SafeText, Double, SafeText)
    }

    var topic: OverviewScreen.Topic
    var title: SafeText
    var lines: [Line]

    static let labelWidth = 12

    /// Draws the card; its title tells when it is the chosen one, which costs less to move than a
    /// border of another colour.
    func draw(into frame: inout Frame, in rect: Rect, isChosen: Bool, _ context: DrawContext) {
        let role: Terminal.Role =
            !isChosen ? .title : context.isFocused ? .selection : .inactiveSelection
        frame.box(
            rect,
            style: context.styles[.border],
            title: isChosen ? "▸ " + title : title,
            titleStyle: context.styles[role]
        )
        if isChosen, context.isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
        let inside = rect.inset(columns: 2)
        for (row, line) in lines.enumerated() {
            draw(line, into: &frame, in: inside.row(row), context)
        }
    }

    private func draw(
        _ line: Line,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        switch line {
        case .bar(let label, let value, let caption):
            drawBar(label, value, caption, into: &frame, in: rect, context)
        case .value(let label, let value, let role, let trend):
            context.drawPair(
                label,
                role.sign + value,
                into: &frame,
                in: rect,
                labelWidth: Self.labelWidth,
                role: role
            )
            let used = Self.labelWidth + frame.say(role.sign + value).width + 2
            guard trend.count > 1, rect.width - used >= 6 else { return }
            let space = Rect(
                x: rect.x + used,
                y: rect.y,
                width: rect.width - used,
                height: rect.height
            )
            Sparkline(trend).draw(into: &frame, in: space, styles: context.styles)
        }
    }

    private func drawBar(
        _ label: SafeText,
        _ value: Double,
        _ caption: SafeText,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        let parts = rect.columns(
            .fixed(Self.labelWidth - 1),
            .flexible(),
            .fixed(9),
            gap: 1
        )
        frame.write(label, in: parts[0], style: context.styles[.muted])
        frame.write(
            caption,
            in: parts[2],
            style: context.styles[.text],
            alignment: .trailing
        )
        let top = lines.map(\.amount).max() ?? 0
        guard top > 0, value > 0 else { return }
        let cells = max(1, Int((value / top * Double(parts[1].width)).rounded()))
        let bar = Rect(x: parts[1].x, y: rect.y, width: cells, height: 1)
        frame.fill(bar.intersection(parts[1]), style: context.styles[.chart], with: "█")
    }
}

extension OverviewCard.Line {
    fileprivate var amount: Double {
        if case .bar(_, let value, _) = self { return value }
        return 0
    }
}

extension Terminal.Role {
    /// What tells a threshold without colours.
    var sign: SafeText {
        switch self {
        case .warning: "! "
        case .error: "✗ "
        default: ""
        }
    }
}
