import Domain
import Terminal

extension AIScreen {
    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        guard let budgets else {
            context.drawInstead(
                into: &frame,
                in: rect.inset(columns: 1),
                failure: failure,
                isLoaded: false,
                emptyText: ""
            )
            return
        }
        let budgetRows = max(1, min(budgets.count, max(2, rect.height / 3)))
        let tableRows = max(3, min(9, rect.height / 3))
        let chartRows = rect.height - budgetRows - tableRows - 3
        let parts = rect.rows(
            .fixed(budgetRows + 2),
            .flexible(minimum: max(0, chartRows)),
            .fixed(tableRows + 1)
        )
        drawBudgets(budgets, into: &frame, in: parts[0], context)
        drawChart(into: &frame, in: parts[1], context)
        drawUse(into: &frame, in: parts[2], context)
    }

    private func drawBudgets(
        _ budgets: [Budget],
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        frame.write("BUDGETS", in: rect.row(0), style: context.styles[.header])
        drawAlerts(into: &frame, in: rect.row(0), context)
        guard !budgets.isEmpty else {
            frame.write(
                "No budget is set.",
                in: rect.row(1),
                style: context.styles[.muted]
            )
            return
        }
        let shown = max(1, rect.height - 2)
        let place = selected.flatMap { now in budgets.firstIndex { $0.id == now.id } } ?? 0
        let first = max(0, min(place, budgets.count) - shown + 1)
        let columns = BudgetColumns(
            budgets,
            width: rect.width - 2,
            frame: frame,
            context.screen
        )
        for (index, budget) in budgets.dropFirst(first).prefix(shown).enumerated() {
            let row = rect.row(index + 1)
            let isChosen = index + first == place
            frame.write(isChosen ? "▸" : " ", in: row, style: context.styles[.accent])
            if isChosen, context.isFocused { frame.cursor = Point(x: row.x, y: row.y) }
            let space = Rect(x: row.x + 2, y: row.y, width: row.width - 2, height: 1)
            draw(budget, into: &frame, in: space, columns, context)
        }
        guard budgets.count > shown else { return }
        let more = SafeText("\(Format.plural(budgets.count - shown, "budget")) more")
        frame.write(
            more,
            in: rect.row(rect.height - 1),
            style: context.styles[.muted],
            alignment: .trailing
        )
    }

    /// That alerts wait, and the key that shows them.
    private func drawAlerts(into frame: inout Frame, in row: Rect, _ context: DrawContext) {
        guard let alerts, alerts.count > 0 else { return }
        let count =
            alerts.areMore
            ? "\(alerts.count)+ alerts" : Format.plural(alerts.count, "alert")
        let text = frame.say(SafeText("! \(count) to see to: \(context.key("alerts"))"))
        let place = Rect(x: row.maxX - text.width, y: row.y, width: text.width, height: 1)
        frame.write(text, in: place.intersection(row), style: context.styles[.warning])
    }

    private func draw(
        _ budget: Budget,
        into frame: inout Frame,
        in rect: Rect,
        _ columns: BudgetColumns,
        _ context: DrawContext
    ) {
        let parts = rect.columns(
            .fixed(columns.label),
            .flexible(minimum: BudgetColumns.leastBar),
            .fixed(columns.amounts),
            gap: 1
        )
        frame.write(
            columns.label(of: budget, frame, context.screen),
            in: parts[0],
            style: context.styles[budget.enabled ? .text : .muted]
        )
        Bar(
            used: budget.use.used,
            held: budget.use.held,
            soft: budget.limits.soft,
            hard: budget.limits.hard
        ).draw(into: &frame, in: parts[1], styles: context.styles)
        frame.write(
            frame.say(SafeText(budget.amounts)),
            in: parts[2],
            style: context.styles[.text],
            alignment: .trailing
        )
    }

    private func drawChart(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        guard rect.height >= 4 else { return }
        let days = tokensByDay
        guard let days, let highest = days.max(), highest > 0 else {
            let words: SafeText = days == nil ? "Loading …" : "Nothing was used in this time."
            frame.write("TOKENS A DAY", in: rect.row(0), style: context.styles[.header])
            frame.write(words, in: rect.row(1), style: context.styles[.muted])
            return
        }
        let chart = Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height - 1)
        ScaledLine(
            title: "TOKENS A DAY",
            values: days.map(Double.init),
            top: SafeText(Format.short(highest))
        ).draw(into: &frame, in: chart, context)
        drawDays(into: &frame, below: ScaledLine.area(in: chart), context)
    }

    /// Names each seventh day below its point of the line.
    private func drawDays(into frame: inout Frame, below area: Rect, _ context: DrawContext) {
        guard let since else { return }
        for day in stride(from: 0, to: Self.days, by: 7) {
            let date = CivilDate(daysSinceEpoch: since.date.daysSinceEpoch + day).start.rfc3339
            let text = SafeText(date.dropFirst(5).prefix(5))
            let x = area.x + day * (area.width - 1) / (Self.days - 1)
            guard x + text.width <= area.maxX else { continue }
            frame.write(text, x: x, y: area.maxY, style: context.styles[.muted])
        }
    }

    private func drawUse(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let groupings: [UsageGrouping] =
            rect.width >= 150 ? [.model, .purpose, .member, .key] : [grouping]
        let width = rect.width / groupings.count
        for (index, grouping) in groupings.enumerated() {
            let place = Rect(
                x: rect.x + index * width,
                y: rect.y,
                width: width - (groupings.count > 1 ? 2 : 0),
                height: rect.height
            )
            drawUse(by: grouping, into: &frame, in: place, context, isOnly: groupings.count == 1)
        }
    }

    private func drawUse(
        by grouping: UsageGrouping,
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext,
        isOnly: Bool
    ) {
        frame.fill(rect.row(0), style: context.styles[.header])
        let title = "BY \(grouping.rawValue.uppercased())\(isOnly ? " (tab: next)" : "")"
        let parts = rect.columns(
            .flexible(minimum: 12),
            .fixed(8),
            .fixed(9),
            .fixed(11),
            gap: 1
        )
        let heads: [SafeText] = [frame.say(SafeText(title)), "CALLS", "TOKENS", "COST"]
        for (part, head) in zip(parts, heads) {
            frame.write(
                head,
                in: part.row(0),
                style: context.styles[.header],
                alignment: part.x == rect.x ? .leading : .trailing
            )
        }
        guard let sums = usage[grouping] else {
            frame.write("Loading …", in: rect.row(1), style: context.styles[.muted])
            return
        }
        guard !sums.isEmpty else {
            frame.write("Nothing was used.", in: rect.row(1), style: context.styles[.muted])
            return
        }
        let ordered = sums.sorted { ($0.tokens, $1.key) > ($1.tokens, $0.key) }
        for (index, sum) in ordered.prefix(max(0, rect.height - 1)).enumerated() {
            let cells = [
                name(of: sum.key, by: grouping, context), SafeText(Format.count(sum.requests)),
                SafeText(Format.short(sum.tokens)), SafeText(Format.money(sum.costNano)),
            ]
            for (part, cell) in zip(parts, cells) {
                frame.write(
                    cell,
                    in: part.row(index + 1),
                    style: context.styles[.text],
                    alignment: part.x == rect.x ? .leading : .trailing
                )
            }
        }
    }

    private func name(
        of key: String,
        by grouping: UsageGrouping,
        _ context: DrawContext
    ) -> SafeText {
        switch grouping {
        case .member where UserID(key) != nil:
            SafeText(context.screen.name(of: UserID(key)), limit: 80)
        case .key where APIKeyID(key) != nil: SafeText(context.screen.keyName(key), limit: 80)
        default: SafeText(key.isEmpty ? "–" : key, limit: 80)
        }
    }
}

/// How the row of a budget is divided: its label and its amounts have what they need, and the bar
/// the rest.
private struct BudgetColumns {
    let label: Int
    let amounts: Int

    /// A bar that still says something.
    static let leastBar = 12

    init(_ budgets: [Budget], width: Int, frame: Frame, _ context: ScreenContext) {
        func widest(_ text: (Budget) -> String) -> Int {
            budgets.map { frame.say(SafeText(text($0))).width }.max() ?? 0
        }
        amounts = min(widest(\.amounts), width / 2)
        let room = width - amounts - Self.leastBar - 2
        label = min(widest { $0.label(context) }, max(room, width / 3))
    }

    /// Whose budget it is, cut before what it counts is.
    func label(of budget: Budget, _ frame: Frame, _ context: ScreenContext) -> SafeText {
        let whole = frame.say(SafeText(budget.label(context)))
        guard whole.width > label else { return whole }
        let holder = SafeText(budget.holder(context), limit: 300)
        let rest = max(8, holder.width - (whole.width - label))
        return frame.say(
            SafeText(budget.label(of: holder.truncated(to: rest).string), limit: 300)
        )
    }
}

extension Budget {
    func label(_ context: ScreenContext) -> String { label(of: holder(context)) }

    func holder(_ context: ScreenContext) -> String { scope.holder(scopeID, context) }

    fileprivate func label(of holder: String) -> String {
        "\(holder), \(metric.rawValue) a \(period.rawValue)"
    }

    /// What is used of how much, what is held beside it, and whether it is off.
    fileprivate var amounts: String {
        var text =
            limits.hard == 0 && enabled
            ? "blocks all calls" : "\(amount(use.used)) of \(amount(limits.hard))"
        if use.held > 0, limits.hard > 0 || !enabled { text += ", \(amount(use.held)) held" }
        if !enabled { text += ", off" }
        return text
    }

    func amount(_ number: Int64) -> String { metric.amount(number) }
}

extension Budget.Scope {
    /// What people call it.
    var word: String { self == .apiKey ? "key" : rawValue }

    /// Who or what a budget of the scope is about.
    func holder(_ id: String, _ context: ScreenContext) -> String {
        switch self {
        case .tenant: word
        case .user: "\(word) \(UserID(id).map(context.name) ?? id)"
        case .apiKey: "\(word) \(context.keyName(id))"
        case .storefront, .purpose, .model: id.isEmpty ? word : "\(word) \(id)"
        }
    }
}

extension Budget.Metric {
    func amount(_ number: Int64) -> String {
        self == .cost ? Format.fineMoney(number) : Format.short(number)
    }
}
