import Domain
import Terminal

/// The days between which a list shows its rows; it becomes words of the filter.
struct PeriodEntry: Entry {
    /// The words of the screen's filter for the first moment and for the one after the last.
    let first: String
    let end: String
    /// The filter as it is.
    let text: String

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let kept = text.split(separator: " ").filter {
            !$0.hasPrefix("\(first):") && !$0.hasPrefix("\(end):")
        }.map(String.init)
        let typed = values["period"].trimmed
        if typed.isEmpty { return .filter(.apply(text: kept.joined(separator: " "))) }
        guard let days = Period(typed) else {
            throw .invalid("period", "must be a day, or two as in 2026-01-01..2026-01-31")
        }
        let after = CivilDate(daysSinceEpoch: days.last.daysSinceEpoch + 1)
        let words = kept + ["\(first):\(days.first.words)", "\(end):\(after.words)"]
        return .filter(.apply(text: words.joined(separator: " ")))
    }

    func done(_: ConsoleAnswer, _: FormValues, in _: inout Console) -> [Effect] { [] }
}

/// A first and a last day.
struct Period: Hashable, Sendable {
    var first: CivilDate
    var last: CivilDate

    init(_ first: CivilDate, _ last: CivilDate) {
        self.first = first
        self.last = last
    }

    /// So many days that end with a day.
    init(days: Int, to last: CivilDate) {
        first = CivilDate(daysSinceEpoch: last.daysSinceEpoch - days + 1)
        self.last = last
    }

    /// Reads `2026-01-01` or `2026-01-01..2026-01-31`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
        guard (1...2).contains(parts.count), let first = CivilDate(typed: parts[0].trimmed),
            let last = CivilDate(typed: parts[parts.count - 1].trimmed), first <= last
        else { return nil }
        self.init(first, last)
    }

    var words: String { "\(first.words)..\(last.words)" }
}

extension CivilDate {
    /// `2026-01-31`.
    var words: String { String(start.rfc3339.prefix(10)) }
}

extension FormOverlay {
    static func period(_ entry: PeriodEntry, today: CivilDate) -> FormOverlay {
        FormOverlay(
            title: "Show a period",
            plan: ["Filters the list and changes nothing; the words stand behind / afterwards."],
            form: Form([
                FormField(
                    id: "period",
                    label: "Days",
                    content: .pick(
                        PickField(
                            [FormField.Choice("", title: "all of them")] + periods(today),
                            options: .init(takesWords: true)
                        )
                    ),
                    hint: "↓ opens the list; or type 2026-01-01..2026-01-31",
                    help: "Whole days in the zone of this console. One day alone may be typed, too."
                )
            ]),
            intent: .period(entry)
        )
    }

    private static func periods(_ today: CivilDate) -> [FormField.Choice] {
        let yesterday = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 1)
        var month = today
        month.day = 1
        let before = CivilDate(daysSinceEpoch: month.daysSinceEpoch - 1)
        var lastMonth = before
        lastMonth.day = 1
        var year = month
        year.month = 1
        let named: [(SafeText, Period)] = [
            ("today", Period(today, today)), ("yesterday", Period(yesterday, yesterday)),
            ("last 7 days", Period(days: 7, to: today)),
            ("last 30 days", Period(days: 30, to: today)), ("this month", Period(month, today)),
            ("last month", Period(lastMonth, before)), ("this year", Period(year, today)),
        ]
        return named.map { name, period in
            FormField.Choice(period.words, title: name, detail: SafeText(period.words))
        }
    }
}

extension Actions {
    /// Lists that are long in time.
    static let periods: [Action] = [
        Action(
            id: "period",
            keys: ["ctrl-t"],
            label: "period",
            help: "Pick the days that the list shows; they become words of the filter.",
            screens: [.artifacts, .audit, .trail],
            run: { $0.askPeriod() }
        )
    ]
}

extension Console {
    mutating func askPeriod() -> [Effect] {
        guard let content = trail.current?.content, let text = content.filterText else { return [] }
        let isAudit = content is AuditScreen
        let entry = PeriodEntry(
            first: isAudit ? "since" : "from",
            end: isAudit ? "until" : "to",
            text: text
        )
        return openForm(.period(entry, today: surroundings.zone.date(surroundings.now)))
    }
}
