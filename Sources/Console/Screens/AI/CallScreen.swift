import Domain
import Terminal

/// One call to a model: what it took and cost, its tries, and what it held of which budget.
struct CallScreen: TextScreen {
    static let kind = ScreenKind.call
    let place: TenantRef
    private(set) var call: AICallRecord
    private(set) var explanation: AICallExplanation?
    private(set) var failure: DomainError?
    private(set) var scroll = ScrollPosition()
    var search: TextSearch?

    init(_ call: AICallRecord, in place: TenantRef) {
        self.call = call
        self.place = place
    }

    var title: String { "AI call \(call.id.description.prefix(8))…" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> { Set([call.caller.user].compactMap(\.self)) }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .tenant(.ai(.call(call.id)), place))]
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        guard case .ai(.call(let explanation)) = answer else { return [] }
        call = explanation.record
        self.explanation = explanation
        failure = nil
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) { failure = error }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        guard let move = Table<Int>.usualKeys[key] else { return nil }
        let count = text(context).count
        scroll.move(move, of: count, height: context.area.height)
        return []
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        if case .ai(.cancelled(let call)) = answer, call.id == self.call.id { self.call = call }
    }

    func text(_ context: ScreenContext) -> [TextLine] {
        lines(context, width: context.area.width)
    }

    func start(_ context: ScreenContext) -> Int {
        scroll.first(of: text(context).count, height: context.area.height)
    }

    mutating func reveal(_ line: Int, _ context: ScreenContext) {
        scroll.reveal(line, of: text(context).count, height: context.area.height)
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let lines = lines(context.screen, width: rect.width)
        let top = scroll.first(of: lines.count, height: rect.height)
        let shown = top..<top + rect.height
        frame.write(lines, shown: shown, in: rect, search, styles: context.styles)
        let hidden = lines.count - top - rect.height
        // A hit may stand in the last row.
        if hidden > 0, rect.height > 1, search == nil {
            let row = rect.row(rect.height - 1)
            frame.fill(row, style: context.styles[.text])
            let more = SafeText("… \(Format.plural(hidden + 1, "line")) more")
            frame.write(more, in: row, style: context.styles[.muted])
        }
        if context.isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
    }

    private func lines(_ context: ScreenContext, width: Int) -> [TextLine] {
        var lines = facts(context).map { label, value in
            let room = max(4, width - 12)
            return TextLine([
                (label.padded(to: 12), .muted), (SafeText(value).truncated(to: room), .text),
            ])
        }
        if let explanation {
            lines += more(explanation, context).flatMap { text, role in
                TextLine.broken(SafeText(text), to: width, role: role)
            }
        } else {
            lines.append(TextLine([]))
            let words: SafeText = failure.map { SafeText($0.description) } ?? "Loading …"
            lines.append(TextLine(words, failure == nil ? .muted : .error))
        }
        return lines
    }

    private func facts(_ context: ScreenContext) -> [(SafeText, String)] {
        let usage = call.usage
        let estimated = call.money.isEstimated ? ", counted by us" : ""
        return [
            ("call", call.id.description), ("state", call.stateText),
            ("made", context.zone.second(call.times.reserved)),
            ("ended", call.times.ended.map(context.zone.second) ?? "–"),
            ("by", "\(context.name(of: call.caller.user)) (\(call.caller.channel.rawValue))"),
            ("purpose", call.caller.purpose), ("model", call.way.model),
            ("route", call.way.route ?? "–"),
            (
                "prompt",
                call.way.prompt.map { "\($0) version \(call.way.promptVersion ?? 0)" } ?? "–"
            ),
            (
                "tokens",
                "\(Format.count(usage.read)) read, \(Format.count(usage.written)) written, "
                    + "\(Format.count(usage.cached)) cached\(estimated)"
            ),
            ("cost", exact(call.money.charge, .cost)),
        ]
    }

    private func more(
        _ call: AICallExplanation,
        _ context: ScreenContext
    ) -> [(String, Terminal.Role)] {
        var lines: [(String, Terminal.Role)] = [("", .text)]
        if let price = call.price {
            let since = context.zone.minute(price.effectiveFrom)
            lines.append(
                (
                    "The price since \(since): "
                        + "$\((call.tier?.input ?? price.input).decimal(places: 6)) read, "
                        + "$\((call.tier?.output ?? price.output).decimal(places: 6)) written, "
                        + "a million tokens.",
                    .muted
                )
            )
        }
        if let failure = call.output.failure { lines.append(("It failed: \(failure)", .error)) }
        if call.output.isDegraded {
            lines.append(("A cheaper model was taken: a budget was low.", .warning))
        }
        if call.output.isShortened {
            lines.append(("The answer was shortened: a budget was low.", .warning))
        }
        if call.output.overhead > 0 {
            let tokens = Format.count(call.output.overhead)
            lines.append(
                (
                    "Held beside it: \(tokens) tokens, because a model bills beyond its limit.",
                    .muted
                )
            )
        }
        lines += [("", .text), ("TRIES", .header)]
        lines += call.attempts.map { attempt in
            let status = attempt.httpStatus.map { " \($0)" } ?? ""
            let billed = attempt.billable.map { ", billed: \($0)" } ?? ""
            return (
                "\(attempt.number)  \(attempt.model)  \(attempt.outcome)\(status)\(billed)"
                    + (attempt.failure.map { "  \($0)" } ?? ""),
                attempt.outcome == "failed" ? .warning : .text
            )
        }
        lines += [("", .text), ("HELD AND CHARGED", .header)]
        lines += call.holds.map { hold in
            (
                "\(hold.scope.rawValue), \(hold.metric.rawValue) a \(hold.period.rawValue): "
                    + "\(exact(hold.amount, hold.metric)) held, "
                    + "\(exact(hold.charged, hold.metric)) charged",
                .text
            )
        }
        return call.holds.isEmpty ? lines + [("No budget counted it.", .muted)] : lines
    }

    /// As the cost of the call is shown: one call is less than a cent.
    private func exact(_ amount: Int64, _ metric: Budget.Metric) -> String {
        guard metric == .cost else { return Format.count(amount) }
        return amount == 0 ? "$0.00" : "$\(amount.decimal(places: 9))"
    }
}
