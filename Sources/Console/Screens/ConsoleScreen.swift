import Domain
import Terminal

/// The kinds of screens, by the names that the command line knows.
enum ScreenKind: String, CaseIterable, Hashable, Sendable {
    case overview
    case tenants
    case workspaces
    case sessions
    case tenant
    case members
    case roles
    case invitations
    case grants
    case artifacts
    case artifact
    case ai
    case audit
    case event
    case trail
    case trailEvent = "trail-event"
    case keys
    case users
    case user
    case attempts
    case operators
    case visits
    case stays
    case consents
    case calls
    case call
    case alerts
    case requests
    case holds
    case copies
    case prices
    case processes
    case jobs
    case job

    /// Whether it shows the platform's own trail, or an event of it.
    var isPlatformTrail: Bool { self == .trail || self == .trailEvent }

    /// Those that show what belongs to one tenant.
    static let ofTenant: Set<ScreenKind> = [
        .tenant, .members, .roles, .invitations, .grants, .artifacts, .artifact, .ai, .audit,
        .event, .keys, .stays, .consents, .requests, .holds, .calls, .call, .alerts,
    ]
}

/// A screen: a value that asks for data, takes it, and draws itself.
protocol ConsoleScreen: Hashable, Sendable {
    static var kind: ScreenKind { get }
    /// The same for the keys and the memory; a trail is one of two kinds.
    var kind: ScreenKind { get }
    /// The words of the trail at the top, after the tenant's name.
    var title: String { get }
    /// The tenant whose data it shows.
    var tenant: TenantRef? { get }
    /// The line below the list: counts, filter, order.
    var status: String { get }
    /// Which row of those is selected, in words that the line begins with.
    var position: String { get }
    /// People whose names it would like to show.
    var people: Set<UserID> { get }
    /// Artifacts of which it only has the id.
    var nameless: Set<ArtifactID> { get }
    /// API keys whose names it would like to show.
    var keyIDs: Set<APIKeyID> { get }
    /// The filter in the words of `/`; nil when there is nothing to filter.
    var filterText: String? { get }
    /// When it wants to be looked at again.
    var wake: Instant? { get }
    /// Whether it will ask for more by itself in a moment.
    var asksSoon: Bool { get }
    /// How wide it is drawn to be read out; little where things stand beside each other else.
    var readingWidth: Int { get }

    /// What it needs: all of it on the first visit, a refresh later.
    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk]
    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk]
    mutating func fail(_ error: DomainError, for slot: Slot)
    /// Handles a key of the screen's own, such as the moves of its list; nil when it has none.
    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]?
    /// Takes the words of `/`; throws with what is wrong in them.
    mutating func filter(_ text: String, _ context: ScreenContext) throws(DomainError) -> [SlotAsk]
    mutating func renderAgain(_ context: ScreenContext)
    /// Lets go of what the time has ended, and asks for what it has become time for.
    mutating func settle(_ context: ScreenContext) -> [SlotAsk]
    /// Learns what a write has made, to select it when it comes with the list.
    mutating func expect(_ answer: ConsoleAnswer)
    /// Takes a value that a write of this console changed.
    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext)

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext)
}

/// What the console tells a screen.
struct ScreenContext: Sendable {
    var now: Instant
    var zone: Zone
    /// The space that screens are drawn in.
    var area: Rect
    var people: [UserID: User]
    /// Names of artifacts; empty for those that have none any more.
    var artifacts: [ArtifactID: String] = [:]
    /// Names of API keys; empty for those that have none to show.
    var keys: [APIKeyID: String] = [:]
    /// Whether the tenant's own data may be asked for.
    var maySee: Bool
    /// Whether the people of the platform may be searched.
    var mayFindPeople = true
    /// The person at the console.
    var viewer: UserID?
    /// The session of this console.
    var session: SessionID?
    /// Whether anything may move or flash.
    var moves = true

    /// What times in filters are counted from.
    var clock: FilterClock { FilterClock(now: now, minutesEast: zone.minutes(at: now)) }

    func name(of user: UserID?) -> String {
        guard let user else { return "–" }
        return people[user]?.name ?? "\(user.description.prefix(8))…"
    }

    /// The name of an API key; the beginning of its id while it has none.
    func keyName(_ id: String) -> String {
        let name = APIKeyID(id).flatMap { keys[$0] } ?? ""
        return name.isEmpty ? "\(id.prefix(8))…" : name
    }
}

/// What a drawing needs beside the screen's own state.
struct DrawContext: Sendable {
    var styles: StyleSheet
    var screen: ScreenContext
    /// Why there is nothing to see yet: how long it is being waited for, nil when nothing is.
    var waiting: Duration?
    var progress: Headway?
    var isFocused: Bool
    /// Whether what has changed may pulse.
    var moves = true
    /// The keys, where sentences name them.
    var keys: KeyNames

    /// The key of an action.
    func key(_ action: String) -> String { keys[action: action] }
}

extension ConsoleScreen {
    var kind: ScreenKind { Self.kind }
    var tenant: TenantRef? { nil }
    var status: String { "" }
    var position: String { "" }
    var people: Set<UserID> { [] }
    var nameless: Set<ArtifactID> { [] }
    var keyIDs: Set<APIKeyID> { [] }
    var filterText: String? { nil }
    var wake: Instant? { nil }
    var asksSoon: Bool { false }
    var readingWidth: Int { 100 }
    mutating func press(_: KeyEvent, _: ScreenContext) -> [SlotAsk]? { nil }
    mutating func filter(_: String, _: ScreenContext) throws(DomainError) -> [SlotAsk] { [] }
    mutating func renderAgain(_: ScreenContext) {}
    mutating func settle(_: ScreenContext) -> [SlotAsk] { [] }
    mutating func note(_: ConsoleAnswer, _: ScreenContext) {}
    mutating func expect(_: ConsoleAnswer) {}
}
