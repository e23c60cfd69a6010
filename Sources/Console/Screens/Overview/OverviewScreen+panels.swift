import Domain
import Terminal

extension OverviewScreen {
    /// Rows of a panel on the highest screen: more would make each repaint dear.
    static let panelRows = 15
    private static let leastRoom = Size(columns: 100, rows: 24)

    static func hasRoom(_ area: Rect) -> Bool {
        area.width >= leastRoom.columns && area.height >= leastRoom.rows
    }

    /// What stands below the cards where there is room.
    func panelAsks(_ context: ScreenContext) -> [SlotAsk] {
        guard Self.hasRoom(context.area), let page = try? PageRequest(limit: Self.panelRows)
        else { return [] }
        return [SlotAsk(.recent, .platform(.highlights(page)))]
    }

    /// Draws both side by side.
    func drawPanels(into frame: inout Frame, in space: Rect, _ context: DrawContext) {
        guard let panels, space.height >= 5, Self.hasRoom(context.screen.area) else { return }
        let rows = min(space.height - 2, Self.panelRows)
        let left = space.width * 2 / 5
        let places = [
            Rect(x: space.x, y: space.y, width: left - 1, height: rows + 2),
            Rect(x: space.x + left, y: space.y, width: space.width - left - 1, height: rows + 2),
        ]
        let titles: [SafeText] = ["AI cost of this month", "Newest on the platform"]
        for (place, title) in zip(places, titles) {
            let styles = context.styles
            frame.box(place, style: styles[.border], title: title, titleStyle: styles[.title])
        }
        drawCosts(of: panels, into: &frame, in: places[0].inset(columns: 2), context)
        drawEvents(of: panels, into: &frame, in: places[1].inset(columns: 2), context)
    }

    private func drawCosts(
        of panels: PlatformHighlights,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        let costs = panels.tenants.compactMap { tenant in
            tenant.figures.map { (tenant.name, $0.aiCostNano) }
        }
        guard let top = costs.first?.1 else {
            let empty = frame.say("No model was asked yet.")
            frame.write(empty, in: rect.row(0), style: context.styles[.muted])
            return
        }
        for (row, (name, cost)) in costs.prefix(rect.height).enumerated() {
            let parts = rect.row(row).columns(
                .flexible(weight: 3),
                .flexible(weight: 2),
                .fixed(9),
                gap: 1
            )
            let text = SafeText(name, limit: 200).truncated(to: parts[0].width)
            frame.write(text, in: parts[0], style: context.styles[.text])
            let cells = max(1, Int((Double(cost) / Double(top) * Double(parts[1].width)).rounded()))
            let bar = Rect(x: parts[1].x, y: parts[1].y, width: cells, height: 1)
            frame.fill(bar.intersection(parts[1]), style: context.styles[.chart], with: "█")
            frame.write(
                SafeText(Format.money(cost)),
                in: parts[2],
                style: context.styles[.text],
                alignment: .trailing
            )
        }
    }

    private func drawEvents(
        of panels: PlatformHighlights,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        var screen = context.screen
        screen.people = panels.people
        for (row, event) in panels.events.prefix(rect.height).enumerated() {
            let parts = rect.row(row).columns(
                .fixed(8),
                .flexible(weight: 2),
                .flexible(weight: 3),
                .flexible(weight: 3),
                gap: 1
            )
            let entry = event.entry
            let isToday = screen.zone.day(event.createdAt) == screen.zone.day(screen.now)
            let moment = screen.zone.second(event.createdAt)
            let time = isToday ? moment.suffix(8) : moment.dropFirst(5).prefix(5)
            // That it was an operator goes without saying here.
            let actor = event.actor.id.map { screen.name(of: $0) } ?? event.actor.name(screen)
            let texts = [
                SafeText(String(time)), SafeText(actor, limit: 80),
                SafeText(entry.action, limit: 80),
                SafeText(object(of: entry, panels, screen), limit: 100),
            ]
            let roles: [Terminal.Role] = [
                .muted, .text, entry.outcome == .success ? .text : entry.outcome.role, .muted,
            ]
            for (part, (text, role)) in zip(parts, zip(texts, roles)) {
                frame.write(text.truncated(to: part.width), in: part, style: context.styles[role])
            }
        }
    }

    /// What an event of the platform is about, by its name where that is known.
    private func object(
        of entry: AuditEntry,
        _ panels: PlatformHighlights,
        _ context: ScreenContext
    ) -> String {
        let id = entry.resourceID ?? ""
        let name =
            TenantID(id).flatMap { panels.tenantNames[$0] }
            ?? UserID(id).flatMap { panels.people[$0]?.name }
        return [entry.resourceType, name ?? entry.objectName(context)].compactMap(\.self)
            .joined(separator: " ")
    }
}
