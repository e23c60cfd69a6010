import Domain
import Terminal

/// The people of a tenant.
struct MembersScreen: ListScreen {
    static let kind = ScreenKind.members
    let place: TenantRef
    var list: Listing<Member, UserID>
    private(set) var query = MemberFilter()
    private(set) var text: String
    /// What can be given here, as far as it is known.
    private(set) var roles: [TenantRole] = []

    init(_ place: TenantRef, filter: String?) {
        self.place = place
        text = filter ?? ""
        list = Listing(columns: Self.columns)
    }

    var title: String { "Members" }
    var tenant: TenantRef? { place }
    var filterText: String? { text }

    var status: String {
        let filter = text.isEmpty ? "" : "filter: \(text)"
        return [list.count("member"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        let list = listAsk(isRefresh ? .refresh : .first)
        guard place.membership.map({ $0.grants(.roleRead) != .none }) ?? true else { return list }
        return list + [SlotAsk(.detail, .tenant(.roles(.list), place))]
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        if case .roles(let roles) = answer { self.roles = roles }
        takePage(answer, for: slot, context)
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) {
        // Without the workspace's own roles the platform's can still be given.
        if slot != .detail { list.fail(error) }
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.members(.list(query, page)), place) }

    func made(in answer: ConsoleAnswer) -> UserID? {
        if case .member(let member) = answer { return member.user }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<Member>? {
        if case .members(let page) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        query = try MemberFilter(FilterReading(text, .members), context.clock)
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .member(let member) = answer else { return }
        let screen = self
        list.replace(member, now: context.now) { screen.row($0, context) }
    }

    mutating func forget(_ user: UserID) { list.remove(user) }

    // The day of joining folds first, then the mail address, then when they were last seen.
    private static let columns = [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 16, weight: 2)),
        TableColumn(
            id: "email",
            title: "MAIL",
            span: .flexible(minimum: 16, weight: 2),
            foldOrder: 2
        ),
        TableColumn(id: "role", title: "ROLE", span: .fixed(13)),
        TableColumn(id: "status", title: "STATUS", span: .fixed(9)),
        TableColumn(id: "seen", title: "LAST SEEN", span: .fixed(16), foldOrder: 1),
        TableColumn(id: "joined", title: "JOINED", span: .fixed(10), foldOrder: 3),
    ]

    func row(_ member: Member, _ context: ScreenContext) -> TableRow<UserID> {
        let isViewer = member.user == context.viewer
        let seen = member.lastSeenAt.map { context.zone.minute($0) } ?? "never"
        return TableRow(
            id: member.user,
            cells: [
                .text(SafeText(isViewer ? "you: \(member.name)" : member.name, limit: 200)),
                .text(SafeText(member.email, limit: 254)),
                .text(
                    SafeText(member.role.name, limit: 50),
                    member.role == .owner ? .accent : .text
                ),
                .text(SafeText(member.status.rawValue), member.status.role),
                .text(SafeText(seen), member.lastSeenAt == nil ? .muted : .text),
                .text(SafeText(context.zone.day(member.joinedAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "Nobody is a member.\na adds somebody."
            : "No member fits \"\(text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

extension MemberStatus {
    var role: Terminal.Role {
        switch self {
        case .active: .good
        case .suspended: .warning
        case .removed: .muted
        }
    }
}
