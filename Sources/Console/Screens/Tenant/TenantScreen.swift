import Domain
import Terminal

/// One tenant: plan, quotas, figures, and what happened last when that may be seen.
struct TenantScreen: ConsoleScreen {
    static let kind = ScreenKind.tenant
    let place: TenantRef
    private(set) var detail: TenantDetail?
    private(set) var failure: DomainError?
    var recent: Listing<AuditEvent, Int64>

    /// The rows of the screen that are not events: the summary, and heads.
    private static let otherRows = 18

    init(_ place: TenantRef) {
        self.place = place
        recent = Listing(columns: AuditScreen.columns)
    }

    var title: String { "" }
    var tenant: TenantRef? { place }
    var readingWidth: Int { 59 }
    var people: Set<UserID> { Set(recent.ordered.compactMap(\.actor.id)) }
    var nameless: Set<ArtifactID> { Set(recent.ordered.compactMap(\.entry.namelessArtifact)) }
    var wake: Instant? { recent.pulseUntil }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        let detail: Ask =
            place.membership == nil ? .platform(.tenant(place.id)) : .tenant(.workspace, place)
        guard mayRead(context), let page = try? PageRequest(limit: recentCount(context)) else {
            return [SlotAsk(.detail, detail)]
        }
        let events = Ask.tenant(.audit(.list(AuditFilter(), page)), place)
        return [SlotAsk(.detail, detail), SlotAsk(.recent, events)]
    }

    /// As many events as there is room for; those that are there stay as many.
    private func recentCount(_ context: ScreenContext) -> Int {
        let shown = recent.table.rows.count
        let most = Listing<AuditEvent, Int64>.pageSize
        return max(10, shown == 0 ? min(context.area.height - Self.otherRows, most) : shown)
    }

    /// Whether the last events may be asked for: not every member reads the trail.
    func mayRead(_ context: ScreenContext) -> Bool {
        guard let role = place.membership else { return context.maySee }
        return role.grants(.auditRead) != .none
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        switch answer {
        case .tenantDetail(let detail):
            self.detail = detail
            failure = nil
        case .auditEvents(var page):
            page.next = nil
            let trail = AuditPlace.tenant(place)
            recent.take(page, at: .refresh, now: context.now) {
                AuditScreen.row($0, context, in: trail)
            }
        default: break
        }
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if slot == .recent { recent.fail(error) } else { failure = error }
    }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        recent.press(key, visible: recentCount(context)) == .ignored ? nil : []
    }

    mutating func renderAgain(_ context: ScreenContext) {
        let trail = AuditPlace.tenant(place)
        recent.renderAgain { AuditScreen.row($0, context, in: trail) }
    }

    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        recent.settle(context.now)
        return []
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        switch answer {
        case .tenantDetail(let changed) where changed.tenant.id == place.id: detail = changed
        case .tenant(let changed) where changed.id == place.id: detail?.tenant = changed
        default: break
        }
    }
}
