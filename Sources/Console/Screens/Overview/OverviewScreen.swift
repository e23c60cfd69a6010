import Domain
import Terminal

/// The platform at a glance.
struct OverviewScreen: ConsoleScreen {
    static let kind = ScreenKind.overview
    private(set) var overview: PlatformOverview?
    private(set) var failure: DomainError?
    private(set) var chosen = Topic.tenants
    /// What was measured since the screen was opened, the oldest first.
    private(set) var history: [Sample] = []
    /// What stands below the cards; nil until it has come.
    private(set) var panels: PlatformHighlights?
    /// Whether what the panels show was asked for.
    private var arePanelsAsked = false

    /// What a card is about, in the order in which the cards stand.
    enum Topic: Int, CaseIterable, Hashable, Sendable {
        case tenants
        case spend
        case people
        case service
        case connections
        case queue
    }

    /// The service at one moment.
    struct Sample: Hashable, Sendable {
        var at: Instant
        /// In per cent of the requests.
        var failed: Double
        var slowest: Duration?
    }

    /// Half an hour of reports.
    static let depth = 180

    var title: String { "Overview" }
    var readingWidth: Int { 59 }

    var status: String { "" }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .platform(.overview))] + panelAsks(context)
    }

    /// On a screen that became larger the panels are asked for with the next event.
    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        guard overview != nil, panels == nil, !arePanelsAsked, Self.hasRoom(context.area)
        else { return [] }
        arePanelsAsked = true
        return panelAsks(context)
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        switch answer {
        case .overview(let overview):
            self.overview = overview
            failure = nil
            overview.health.map { keep($0) }
            // They are asked for together.
            arePanelsAsked = Self.hasRoom(context.area)
        case .highlights(let highlights): panels = highlights
        default: break
        }
        return []
    }

    /// Notes what was measured, once for each report.
    private mutating func keep(_ health: PlatformHealth) {
        guard let at = health.present.map(\.measuredAt).max(), at != history.last?.at else {
            return
        }
        let share = health.requests > 0 ? Double(health.errors) / Double(health.requests) : 0
        history.append(Sample(at: at, failed: share * 100, slowest: health.slowest))
        if history.count > Self.depth { history.removeFirst() }
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        if case .jobs(.acknowledged(let overview)) = answer { self.overview = overview }
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        // The panels are an extra: without them the cards still say how the platform is.
        if slot == .detail { failure = error }
    }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        let perRow = Self.perRow(context.area.width)
        let step: Int
        switch key {
        case KeyEvent(.left): step = -1
        case KeyEvent(.right): step = 1
        case KeyEvent(.up), KeyEvent(.character("k")): step = -perRow
        case KeyEvent(.down), KeyEvent(.character("j")): step = perRow
        default: return nil
        }
        chosen = Topic(rawValue: chosen.rawValue + step) ?? chosen
        return []
    }

    /// How many cards stand beside each other.
    static func perRow(_ width: Int) -> Int { max(1, min(3, width / 38)) }

    /// Times within which 99 of 100 were answered, in milliseconds.
    var paces: [Double] {
        history.map { sample in sample.slowest.map { $0 / .milliseconds(1) } ?? 0 }
    }
}
