import Domain
import Terminal

/// What was asked about the data of a tenant's people: copies and erasures.
struct RequestsScreen: ListScreen {
    static let kind = ScreenKind.requests
    static let hasPane = true
    let place: TenantRef
    var list = Listing<DataRequest, DataRequestID>(columns: DataRequestRow.columns)

    init(_ place: TenantRef) {
        self.place = place
    }

    var title: String { "Personal data" }
    var tenant: TenantRef? { place }
    var people: Set<UserID> { Set(list.ordered.flatMap { [$0.subject, $0.requestedBy] }) }
    var status: String {
        [list.count("request"), "newest first"].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .tenant(.privacy(.requests(page)), place) }

    func page(in answer: ConsoleAnswer) -> Page<DataRequest>? {
        if case .privacy(.requests(let page)) = answer { return page }
        return nil
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard case .privacy(.request(let request)) = answer else { return }
        list.replace(request, now: context.now) { DataRequestRow.row($0, context) }
    }

    func row(_ request: DataRequest, _ context: ScreenContext) -> TableRow<DataRequestID> {
        DataRequestRow.row(request, context)
    }

    func listArea(in area: Rect) -> Rect { area.above(rows: DataRequestRow.adviceRows) }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: listArea(in: rect),
            context,
            emptyText: "Nobody has asked for a copy of their data or to be erased.\n"
                + "\(context.key("copy-member")) on a member asks for a copy."
        )
        guard let request = list.paned else { return }
        let path = ("/api/v1/data-requests/\(request.id)/download", reader: "whoever may ask")
        context.drawAdvice(
            DataRequestRow.advice(request, path: path, context.screen),
            into: &frame,
            in: rect,
            rows: DataRequestRow.adviceRows
        )
    }
}
