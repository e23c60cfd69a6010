import Domain
import Terminal

/// All operators' stays in tenants: who looked where, when and why.
struct VisitsScreen: ListScreen {
    static let kind = ScreenKind.visits
    var list = Listing<SupportSession, SupportSessionID>(columns: StayRow.columns)
    private(set) var isLive: Bool?
    private(set) var text: String
    /// The moment that the countdowns show.
    private(set) var shownAt: Instant?

    init(filter: String?) {
        text = filter ?? ""
    }

    var title: String { "Support sessions" }
    var filterText: String? { text }

    var status: String {
        let filter = text.isEmpty ? "" : "filter: \(text)"
        return [list.count("session"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    var wake: Instant? {
        [list.pulseUntil, StayRow.wake(list.ordered, shownAt: shownAt)].compactMap(\.self).min()
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.stays(isLive: isLive, page)) }

    func page(in answer: ConsoleAnswer) -> Page<SupportSession>? {
        if case .directory(.stays(let page)) = answer { return page }
        return nil
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        takePage(answer, for: slot, context)
        shownAt = context.now
        return []
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        isLive = try FilterReading(text, .visits).isLive
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    /// Counts the rows' time down, once a second.
    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        list.settle(context.now)
        guard let due = StayRow.wake(list.ordered, shownAt: shownAt), due <= context.now else {
            return []
        }
        shownAt = context.now
        list.renderAgain { StayRow.row($0, context) }
        return []
    }

    func row(_ stay: SupportSession, _ context: ScreenContext) -> TableRow<SupportSessionID> {
        StayRow.row(stay, context)
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "No operator has been in a tenant yet."
            : "No session fits \"\(text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

/// The same as the people of one tenant see it.
struct StaysScreen: ListScreen {
    static let kind = ScreenKind.stays
    let place: TenantRef
    var list = Listing<SupportSession, SupportSessionID>(columns: StayRow.columns)
    private(set) var isLive: Bool?
    private(set) var text: String

    init(_ place: TenantRef, filter: String?) {
        self.place = place
        text = filter ?? ""
    }

    var title: String { "Support sessions" }
    var tenant: TenantRef? { place }
    var filterText: String? { text }

    var status: String {
        let filter = text.isEmpty ? "" : "filter: \(text)"
        return [list.count("session"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? {
        .tenant(.consents(.stays(isLive: isLive, page)), place)
    }

    func page(in answer: ConsoleAnswer) -> Page<SupportSession>? {
        if case .directory(.stays(let page)) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        isLive = try FilterReading(text, .visits).isLive
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    func row(_ stay: SupportSession, _ context: ScreenContext) -> TableRow<SupportSessionID> {
        StayRow.row(stay, context)
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "No operator has looked at \(place.name) yet."
        )
    }
}
