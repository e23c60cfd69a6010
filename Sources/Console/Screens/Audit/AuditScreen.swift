import Domain
import Terminal

/// A security ledger, newest first: a tenant's, or the platform's own.
struct AuditScreen: ListScreen {
    static let kind = ScreenKind.audit
    let place: AuditPlace
    var list: Listing<AuditEvent, Int64>
    private(set) var query: AuditQuery
    private(set) var check = Check.none
    var isFollowing = false
    /// The last event that is known while following.
    var followed: Int64 = 0

    /// What is known of the whole chain.
    enum Check: Hashable, Sendable {
        case none
        case running
        case stopped
        case done(ChainVerdict)
        case failed(DomainError)
    }

    init(_ place: AuditPlace, filter: String?) {
        self.place = place
        query = AuditQuery(text: filter ?? "")
        list = Listing(columns: Self.columns)
    }

    var title: String {
        let past = query.text.split(separator: " ").first { $0.hasPrefix("asof:") }
        let name = place == .platform ? "Platform audit" : "Audit"
        return past.map { "\(name) as of \($0.dropFirst(5))" } ?? name
    }

    var kind: ScreenKind { place == .platform ? .trail : .audit }
    var tenant: TenantRef? { place.tenant }
    var filterText: String? { query.text }
    var people: Set<UserID> {
        Set(list.ordered.flatMap { [$0.actor.id, $0.entry.subject].compactMap(\.self) })
    }

    var nameless: Set<ArtifactID> { Set(list.ordered.compactMap(\.entry.namelessArtifact)) }

    var status: String {
        let filter = query.text.isEmpty ? "" : "filter: \(query.text)"
        let live = isFollowing ? "● following" : ""
        return [list.count("event"), live, filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        listAsk(isRefresh ? .refresh : .first) + followAsk
    }

    func ask(_ page: PageRequest) -> Ask? { place.ask(.list(query.filter, page)) }

    func takingAsk(_ page: PageRequest) -> Ask? { place.ask(.take(query.filter, page)) }

    func page(in answer: ConsoleAnswer) -> Page<AuditEvent>? {
        if case .auditEvents(let page) = answer { return page }
        return nil
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        switch (slot, answer) {
        case (.verify, .verdict(let verdict)): check = .done(verdict)
        case (.author, .members(let page)): return takeActor(page.people, context)
        case (.author, .directory(.accounts(let page))):
            return takeActor(page.items.map(\.user), context)
        case (.follow, .auditHead(let seq)): return takeHead(seq)
        case (.list(.refresh), _): takeNewest(answer, at: .refresh, context)
        case (.list(.first), _) where isFollowing: takeNewest(answer, at: .first, context)
        default: takePage(answer, for: slot, context)
        }
        return []
    }

    private mutating func takeActor(
        _ found: [User],
        _ context: ScreenContext
    ) -> [SlotAsk] {
        takePerson(query.person, among: found) { (screen, id) throws(DomainError) in
            try screen.query.name(id, context)
            if let next = screen.query.person {
                return try screen.place.search(next, context)
            }
            return screen.listAsk(.first)
        }
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        if check == .running { check = slot == .verify ? .failed(error) : .stopped }
        if slot == .follow { isFollowing = false }
        if slot != .verify { list.fail(error) }
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try AuditQuery(parsing: text, context)
        list.clear()
        if query.filter.to != nil { isFollowing = false }
        if let actor = query.person { return try place.search(actor, context) }
        return listAsk(.first)
    }

    mutating func startVerifying() -> [SlotAsk] {
        check = .running
        return [SlotAsk(.verify, place.ask(.verify))]
    }
}
