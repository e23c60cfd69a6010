import Domain
import Terminal

extension OverviewScreen {
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
        var y = drawCards(cards(overview, context), into: &frame, in: rect, context)
        y = drawAlerts(overview, into: &frame, in: rect, y: y, context)
        if let failure {
            let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(rect)
            let sentence = frame.say(SafeText(failure.description))
            frame.write(sentence, in: line, style: context.styles[.error])
            y += 1
        }
        y = drawHistory(into: &frame, in: rect, y: y + 1, context)
        let below = Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y))
        drawPanels(into: &frame, in: below, context)
    }

    /// Draws the cards in rows, and returns the line below.
    private func drawCards(
        _ cards: [OverviewCard],
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) -> Int {
        let perRow = Self.perRow(rect.width)
        let width = rect.width / perRow
        var y = rect.y
        for start in stride(from: 0, to: cards.count, by: perRow) {
            let row = cards[start..<min(start + perRow, cards.count)]
            let height = (row.map(\.lines.count).max() ?? 0) + 2
            for (index, card) in row.enumerated() {
                let place = Rect(
                    x: rect.x + index * width,
                    y: y,
                    width: width - 1,
                    height: height
                )
                let isChosen = card.topic == chosen
                card.draw(
                    into: &frame,
                    in: place.intersection(rect),
                    isChosen: isChosen,
                    context
                )
            }
            y += height
        }
        return y
    }

    /// Draws what somebody should look at, and returns the line below; what there is no space for
    /// is counted.
    private func drawAlerts(
        _ overview: PlatformOverview,
        into frame: inout Frame,
        in rect: Rect,
        y: Int,
        _ context: DrawContext
    ) -> Int {
        guard overview.health != nil else { return y }
        var lines = overview.alerts.map { alert -> (String, Terminal.Role) in
            guard let mark = alert.mark else { return ("! \(alert.sentence)", .warning) }
            let age = Format.age(mark.at.duration(to: context.screen.now))
            return ("✓ \(alert.sentence) Seen to by \(mark.by), \(age).", .muted)
        }
        if lines.isEmpty { lines = [("✓ No alert.", .good)] }
        let space = max(1, rect.maxY - y)
        if lines.count > space {
            let rest = lines.count - space + 1
            lines = lines.prefix(space - 1) + [("! \(rest) more alerts.", .warning)]
        }
        for (index, line) in lines.enumerated() {
            let row = Rect(x: rect.x, y: y + index, width: rect.width, height: 1)
            let text = frame.say(SafeText(line.0, limit: 300)).truncated(to: rect.width)
            frame.write(text, in: row.intersection(rect), style: context.styles[line.1])
        }
        return y + lines.count
    }

    /// Draws how the service fared since the screen was opened, where there is space, and returns
    /// the line below.
    private func drawHistory(
        into frame: inout Frame,
        in rect: Rect,
        y: Int,
        _ context: DrawContext
    ) -> Int {
        let space = Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y))
        guard space.height >= 5, history.count > 1, let first = history.first else { return y }
        // Panels below get the other half.
        let most = panels == nil || space.height < 12 ? 12 : min(12, space.height / 2)
        let height = min(space.height, most)
        let since = context.screen.zone.second(first.at).suffix(8)
        let charts: [(SafeText, [Double], String)] = [
            (
                SafeText("FAILED, PER CENT, SINCE \(since)"), history.map(\.failed),
                percent(history.map(\.failed).max() ?? 0)
            ),
            (
                SafeText("99 OF 100 WITHIN, SINCE \(since)"), paces,
                "\(Int((paces.max() ?? 0).rounded(.up))) ms"
            ),
        ]
        let width = space.width / charts.count
        for (index, chart) in charts.enumerated() {
            let place = Rect(
                x: space.x + index * width,
                y: space.y,
                width: width - 2,
                height: height
            )
            let line = ScaledLine(title: chart.0, values: chart.1, top: SafeText(chart.2))
            line.draw(into: &frame, in: place, context)
        }
        return y + height + 1
    }

    private func percent(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded(.up))
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
