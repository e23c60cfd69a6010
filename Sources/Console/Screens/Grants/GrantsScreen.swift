import Domain
import Terminal

/// The single objects that a member was given, beyond what the role reaches.
struct GrantsScreen: ListScreen {
    static let kind = ScreenKind.grants
    let place: TenantRef
    let member: Member
    var list: Listing<MemberGrant, ArtifactID>

    init(_ place: TenantRef, of member: Member) {
        self.place = place
        self.member = member
        list = Listing(columns: Self.columns)
    }

    var title: String { "Grants" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> { Set(list.ordered.map(\.grantedBy)) }

    var status: String {
        [list.count("grant"), "of \(member.name)"].filter { !$0.isEmpty }.joined(separator: " ")
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.grants(.list(of: member.user, page)), place) }

    func made(in answer: ConsoleAnswer) -> ArtifactID? {
        if case .grant(let grant) = answer { return grant.resource }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<MemberGrant>? {
        if case .grants(let page) = answer { return page }
        return nil
    }

    private static let columns = [
        TableColumn(id: "object", title: "ARTIFACT", span: .flexible(minimum: 16, weight: 3)),
        TableColumn(id: "may", title: "MAY", span: .fixed(15)),
        TableColumn(
            id: "by",
            title: "GIVEN BY",
            span: .flexible(minimum: 12, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "since", title: "SINCE", span: .fixed(16), foldOrder: 2),
    ]

    func row(_ grant: MemberGrant, _ context: ScreenContext) -> TableRow<ArtifactID> {
        TableRow(
            id: grant.resource,
            cells: [
                .text(SafeText(grant.name ?? grant.resource.description, limit: 200)),
                .text(grant.permissions.contains(.artifactUpdate) ? "read and change" : "read"),
                .text(SafeText(context.name(of: grant.grantedBy), limit: 80), .muted),
                .text(SafeText(context.zone.minute(grant.createdAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "The member was given nothing beyond the role.\n"
                + "\(context.key("give")) gives an artifact."
        )
    }
}
