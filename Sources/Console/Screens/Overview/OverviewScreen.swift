import Domain
import Terminal

/// The platform at a glance.
struct OverviewScreen: ConsoleScreen {
    static let kind = ScreenKind.overview
    private(set) var overview: PlatformOverview?
    private(set) var failure: DomainError?

    var title: String { "Overview" }

    var status: String { "" }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .platform(.overview))]
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case .overview(let overview) = answer {
            self.overview = overview
            failure = nil
        }
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) { failure = error }
}
