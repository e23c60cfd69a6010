import Domain
import Terminal

/// Who was invited to a tenant, and what became of it.
struct InvitationsScreen: ListScreen {
    static let kind = ScreenKind.invitations
    let place: TenantRef
    var list: Listing<Invitation, InvitationID>
    private(set) var wanted: InvitationStatus?
    private(set) var text: String
    /// What can be offered here, as far as it is known.
    private(set) var roles: [TenantRole] = []

    init(_ place: TenantRef, filter: String?) {
        self.place = place
        text = filter ?? ""
        list = Listing(columns: Self.columns)
    }

    var title: String { "Invitations" }
    var tenant: TenantRef? { place }
    var filterText: String? { text }
    var people: Set<UserID> { Set(list.ordered.map(\.invitedBy)) }

    var status: String {
        let filter = text.isEmpty ? "" : "filter: \(text)"
        return [list.count("invitation"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        listAsk(isRefresh ? .refresh : .first)
            + [SlotAsk(.detail, .tenant(.roles(.list), place))]
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.invitations(.list(wanted, page)), place) }

    func made(in answer: ConsoleAnswer) -> InvitationID? {
        if case .invitation(let invitation) = answer { return invitation.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<Invitation>? {
        if case .invitations(let page) = answer { return page }
        return nil
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
        // Without the workspace's own roles the platform's can still be offered.
        if slot != .detail { list.fail(error) }
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        wanted = try FilterReading(text, .invitations).invitationStatus
        self.text = text.trimmed
        list.clear()
        return asks(isRefresh: false, context)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .invitation(let invitation) = answer else { return }
        let screen = self
        list.replace(invitation, now: context.now) { screen.row($0, context) }
    }

    // Below 80 columns the day of sending folds first, then the sender.
    private static let columns = [
        TableColumn(id: "email", title: "MAIL", span: .flexible(minimum: 18, weight: 2)),
        TableColumn(id: "role", title: "ROLE", span: .flexible(minimum: 13, weight: 1)),
        TableColumn(id: "status", title: "STATUS", span: .fixed(9)),
        TableColumn(
            id: "by",
            title: "INVITED BY",
            span: .flexible(minimum: 12, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "sent", title: "SENT", span: .fixed(16), foldOrder: 2),
        TableColumn(id: "expires", title: "HOLDS UNTIL", span: .fixed(16)),
    ]

    func row(_ invitation: Invitation, _ context: ScreenContext) -> TableRow<InvitationID> {
        TableRow(
            id: invitation.id,
            cells: [
                .text(SafeText(invitation.email, limit: 254)),
                .text(SafeText(invitation.role, limit: 50)),
                .text(SafeText(invitation.status.rawValue), invitation.status.role),
                .text(SafeText(context.name(of: invitation.invitedBy), limit: 80), .muted),
                .text(SafeText(context.zone.minute(invitation.sentAt)), .muted),
                .text(SafeText(context.zone.minute(invitation.expiresAt))),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "Nobody was invited yet.\ni invites somebody."
            : "No invitation fits \"\(text)\".\n/ and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

extension InvitationStatus {
    var role: Terminal.Role {
        switch self {
        case .pending: .warning
        case .accepted: .good
        case .declined, .revoked, .expired: .muted
        }
    }
}
