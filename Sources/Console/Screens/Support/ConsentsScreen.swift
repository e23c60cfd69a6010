import Domain
import Terminal

/// The consents to support that owners of one tenant gave.
struct ConsentsScreen: ListScreen {
    static let kind = ScreenKind.consents
    let place: TenantRef
    var list = Listing<SupportConsent, SupportConsentID>(columns: Self.columns)

    init(_ place: TenantRef) {
        self.place = place
    }

    var title: String { "Support consents" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> { Set(list.ordered.map(\.grantedBy)) }
    var status: String { list.count("consent") }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.consents(.list(page)), place) }

    func made(in answer: ConsoleAnswer) -> SupportConsentID? {
        if case .directory(.given(let given)) = answer { return given.consent.id }
        return nil
    }

    func page(in answer: ConsoleAnswer) -> Page<SupportConsent>? {
        if case .directory(.consents(let page)) = answer { return page }
        return nil
    }

    // Below 80 columns the day of giving folds first, then the giver.
    private static let columns = [
        TableColumn(id: "state", title: "STATE", span: .fixed(8)),
        TableColumn(id: "until", title: "HOLDS UNTIL", span: .fixed(16)),
        TableColumn(id: "data", title: "PERSONAL DATA", span: .fixed(13)),
        TableColumn(id: "note", title: "NOTE", span: .flexible(minimum: 12, weight: 3)),
        TableColumn(
            id: "by",
            title: "GIVEN BY",
            span: .flexible(minimum: 10, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "at", title: "GIVEN", span: .fixed(16), foldOrder: 2),
    ]

    func row(_ consent: SupportConsent, _ context: ScreenContext) -> TableRow<SupportConsentID> {
        let state = consent.state(at: context.now)
        return TableRow(
            id: consent.id,
            cells: [
                .text(SafeText(state.rawValue), state == .active ? .warning : .muted),
                .text(SafeText(context.zone.minute(consent.expiresAt))),
                .text(SafeText(consent.allowsPersonalData ? "yes" : "no")),
                .text(SafeText(consent.note ?? "–", limit: 200)),
                .text(SafeText(context.name(of: consent.grantedBy), limit: 200)),
                .text(SafeText(context.zone.minute(consent.createdAt)), .muted),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "No consent has been given.\n\(context.key("give-consent")) gives one: "
                + "a token that lets support write."
        )
    }
}
