import Domain
import Terminal

extension OverviewScreen {
    /// One group of figures.
    private struct Card {
        var title: SafeText
        var lines: [(label: SafeText, value: SafeText, role: Terminal.Role)]
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        guard let overview else {
            context.drawInstead(
                into: &frame,
                in: rect.inset(columns: 1),
                failure: failure,
                isLoaded: false,
                emptyText: ""
            )
            return
        }
        let cards = cards(overview, context)
        let perRow = max(1, min(cards.count, rect.width / 38))
        let height = (cards.map(\.lines.count).max() ?? 0) + 2
        for (index, card) in cards.enumerated() {
            let width = rect.width / perRow
            let place = Rect(
                x: rect.x + index % perRow * width,
                y: rect.y + 1 + index / perRow * height,
                width: width - 1,
                height: height
            )
            draw(card, into: &frame, in: place.intersection(rect), context)
        }
        let below = rect.y + 1 + (cards.count + perRow - 1) / perRow * height
        drawHint(into: &frame, in: rect, y: below, context)
    }

    private func drawHint(into frame: inout Frame, in rect: Rect, y: Int, _ context: DrawContext) {
        let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(rect)
        let text: SafeText = failure.map { SafeText($0.description) } ?? "⏎ opens the tenants."
        frame.write(text, in: line, style: context.styles[failure == nil ? .muted : .error])
    }

    private func draw(
        _ card: Card,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        frame.box(
            rect,
            style: context.styles[.border],
            title: card.title,
            titleStyle: context.styles[.title]
        )
        let inside = rect.inset(columns: 2)
        for (row, line) in card.lines.enumerated() {
            context.drawPair(
                line.label,
                line.value,
                into: &frame,
                in: inside.row(row),
                labelWidth: 12,
                role: line.role
            )
        }
    }

    private func cards(_ overview: PlatformOverview, _ context: DrawContext) -> [Card] {
        let suspended = overview.suspendedTenants
        let counted = overview.refreshedAt.map { refreshed in
            Format.age(refreshed.duration(to: context.screen.now))
        }
        return [
            Card(
                title: "Tenants",
                lines: [
                    ("active", SafeText(Format.count(overview.activeTenants)), .good),
                    (
                        "suspended", SafeText(Format.count(suspended)),
                        suspended > 0 ? .warning : .text
                    ),
                    ("counted", SafeText(counted ?? "never; F counts"), .muted),
                ]
            ),
            Card(
                title: "AI today",
                lines: [
                    (
                        "tokens",
                        change(overview.today.tokens, overview.yesterday.tokens) {
                            Format.count($0)
                        }, .text
                    ),
                    (
                        "cost",
                        change(overview.today.costNano, overview.yesterday.costNano) {
                            Format.money($0)
                        }, .text
                    ),
                    ("yesterday", yesterday(overview.yesterday), .muted),
                ]
            ),
            Card(
                title: "People and documents",
                lines: [
                    ("members", SafeText(Format.count(overview.members)), .text),
                    ("artifacts", SafeText(Format.count(overview.artifacts)), .text),
                ]
            ),
        ]
    }

    private func yesterday(_ spend: AISpend) -> SafeText {
        SafeText("\(Format.short(spend.tokens)) tokens, \(Format.money(spend.costNano))")
    }

    /// Today's amount and how it stands against the whole of yesterday.
    private func change(_ today: Int64, _ before: Int64, _ text: (Int64) -> String) -> SafeText {
        guard before > 0 else { return SafeText(text(today)) }
        let change = Int((Double(today) / Double(before) * 100).rounded()) - 100
        return SafeText("\(text(today)) (\(change < 0 ? "" : "+")\(change)%)")
    }
}
