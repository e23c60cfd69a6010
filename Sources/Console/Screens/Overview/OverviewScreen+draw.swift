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
        let cards = cards(overview, context) + cards(overview.health, context)
        let perRow = max(1, min(3, rect.width / 38))
        var y = rect.y + 1
        for start in stride(from: 0, to: cards.count, by: perRow) {
            let row = cards[start..<min(start + perRow, cards.count)]
            let height = (row.map(\.lines.count).max() ?? 0) + 2
            let width = rect.width / perRow
            for (index, card) in row.enumerated() {
                let place = Rect(
                    x: rect.x + index * width,
                    y: y,
                    width: width - 1,
                    height: height
                )
                draw(card, into: &frame, in: place.intersection(rect), context)
            }
            y += height
        }
        y = drawAlerts(overview.health, into: &frame, in: rect, y: y, context)
        drawHint(into: &frame, in: rect, y: y, context)
    }

    /// Draws what somebody should look at, and returns the row below.
    private func drawAlerts(
        _ health: PlatformHealth?,
        into frame: inout Frame,
        in rect: Rect,
        y: Int,
        _ context: DrawContext
    ) -> Int {
        guard let health else { return y }
        let alerts = health.alerts
        let lines = alerts.isEmpty ? ["No alert."] : alerts.map { "! \($0)" }
        for (index, line) in lines.enumerated() {
            let row = Rect(x: rect.x, y: y + index, width: rect.width, height: 1)
            frame.write(
                frame.say(SafeText(line, limit: 300)),
                in: row.intersection(rect),
                style: context.styles[alerts.isEmpty ? .good : .warning]
            )
        }
        return y + lines.count
    }

    private func drawHint(into frame: inout Frame, in rect: Rect, y: Int, _ context: DrawContext) {
        let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(rect)
        let text: SafeText =
            failure.map { frame.say(SafeText($0.description)) } ?? "⏎ opens the tenants."
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
                    ("counted", counted.map { SafeText("\($0)") } ?? "never; F counts", .muted),
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

    /// What the serving processes measured; without one there is nothing to measure.
    private func cards(_ health: PlatformHealth?, _ context: DrawContext) -> [Card] {
        guard let health else { return [] }
        guard let measured = health.measuredAt else {
            return [
                Card(title: "API, last minute", lines: [("served by", "no process", .muted)])
            ]
        }
        let age = Format.elapsedSeconds(measured.duration(to: context.screen.now))
        let pool = health.pool
        return [
            Card(
                title: "API, last minute",
                lines: [
                    ("requests", SafeText(Format.count(health.requests)), .text),
                    ("failed", failed(health), health.errors > 0 ? .warning : .text),
                    ("p50 / p99", pace(health), .text),
                    (
                        "measured",
                        SafeText("\(age) ago, \(Format.plural(health.present.count, "process"))"),
                        .muted
                    ),
                ]
            ),
            Card(
                title: "Database connections",
                lines: [
                    ("in use", SafeText("\(pool.inUse) of \(pool.size)"), .text),
                    (
                        "waiting", SafeText(Format.count(pool.waiting)),
                        pool.waiting > 0 ? .warning : .text
                    ),
                    ("in vain", SafeText("\(Format.count(pool.timeouts)) since the start"), .muted),
                ]
            ),
        ]
    }

    private func failed(_ health: PlatformHealth) -> SafeText {
        guard health.requests > 0 else { return SafeText(Format.count(health.errors)) }
        let tenths = health.errors * 1_000 / health.requests
        return SafeText("\(Format.count(health.errors)) (\(tenths / 10).\(tenths % 10) %)")
    }

    private func pace(_ health: PlatformHealth) -> SafeText {
        func text(_ duration: Duration?) -> String { duration.map(Format.precise) ?? "–" }
        return SafeText("\(text(health.median)) / \(text(health.slowest))")
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
