import Domain
import Terminal

/// A tenant's AI budgets and what was used in the last thirty days.
struct AIScreen: ConsoleScreen {
    static let kind = ScreenKind.ai
    let place: TenantRef
    private(set) var budgets: [Budget]?
    private(set) var usage: [UsageGrouping: [UsageSum]] = [:]
    private(set) var failure: DomainError?
    private(set) var grouping = UsageGrouping.model
    private(set) var since: Instant?
    private var chosen: BudgetID?
    /// Alerts that nobody has seen to, and whether there are more; nil before the answer.
    private(set) var alerts: Alerts?

    /// How many alerts wait.
    struct Alerts: Hashable, Sendable {
        var count: Int
        var areMore: Bool
    }

    static let days = 30

    init(_ place: TenantRef) { self.place = place }

    var title: String { "AI quotas" }
    var tenant: TenantRef? { place }
    var status: String { "the last \(Self.days) days, by day in UTC" }

    var people: Set<UserID> {
        let members = usage[.member]?.compactMap { UserID($0.key) } ?? []
        let holders = budgets?.filter { $0.scope == .user }.compactMap { UserID($0.scopeID) } ?? []
        return Set(members + holders)
    }

    var keyIDs: Set<APIKeyID> {
        let callers = usage[.key]?.compactMap { APIKeyID($0.key) } ?? []
        let holders = budgets?.filter { $0.scope == .apiKey }.compactMap { APIKeyID($0.scopeID) }
        return Set(callers + (holders ?? []))
    }

    /// The budget that actions are about; the first while none was chosen.
    var selected: Budget? { budgets?.first { $0.id == chosen } ?? budgets?.first }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        guard let budgets, !budgets.isEmpty else { return nil }
        let place = selected.flatMap { now in budgets.firstIndex { $0.id == now.id } } ?? 0
        let target: Int
        switch Table<Int>.usualKeys[key] {
        case .up: target = place - 1
        case .down: target = place + 1
        case .top: target = 0
        case .bottom: target = budgets.count - 1
        default: return nil
        }
        chosen = budgets[min(max(target, 0), budgets.count - 1)].id
        return []
    }

    mutating func expect(_ answer: ConsoleAnswer) {
        if case .ai(.created(let budget)) = answer { chosen = budget.id }
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        let changed: Budget
        switch answer {
        case .ai(.budget(let budget)), .ai(.wasReset(let budget)): changed = budget
        default: return
        }
        guard let index = budgets?.firstIndex(where: { $0.id == changed.id }) else { return }
        budgets?[index] = changed
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        let (from, to) = Self.period(context.now)
        let waiting = (try? PageRequest()).map {
            SlotAsk(.recent, .tenant(.ai(.alerts($0)), place))
        }
        return [SlotAsk(.detail, .tenant(.budgets, place))] + [waiting].compactMap(\.self)
            + UsageGrouping.allCases.map {
                SlotAsk(.usage($0), .tenant(.usage($0, from: from, to: to), place))
            }
    }

    /// The last thirty days of UTC, today included: what the roll-ups are kept by.
    static func period(_ now: Instant) -> (from: Instant, to: Instant) {
        let today = now.date.daysSinceEpoch
        return (
            CivilDate(daysSinceEpoch: today - days + 1).start,
            CivilDate(daysSinceEpoch: today + 1).start
        )
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        switch (slot, answer) {
        case (.detail, .budgets(let budgets)):
            self.budgets = budgets
            failure = nil
        case (.recent, .ai(.alerts(let page))):
            alerts = Alerts(count: page.items.count, areMore: page.next != nil)
        case (.usage(let grouping), .usage(let sums)):
            usage[grouping] = sums
            since = Self.period(context.now).from
        default: break
        }
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if slot != .recent { failure = error }
    }

    mutating func showNext() {
        let all = [UsageGrouping.model, .purpose, .member, .key]
        let index = all.firstIndex(of: grouping) ?? 0
        grouping = all[(index + 1) % all.count]
    }

    /// Tokens of each day, the oldest first; nil before the answer.
    var tokensByDay: [Int64]? {
        guard let sums = usage[.day], let since else { return nil }
        let byDay = Dictionary(sums.map { ($0.key.prefix(10), $0.tokens) }) { $0 + $1 }
        let first = since.date.daysSinceEpoch
        return (0..<Self.days).map { offset in
            let day = CivilDate(daysSinceEpoch: first + offset).start.rfc3339.prefix(10)
            return byDay[day] ?? 0
        }
    }
}

extension UsageSum {
    var tokens: Int64 { tokensIn + tokensOut }
}
