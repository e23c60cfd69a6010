import Domain
import Terminal

/// The copies that were made of everything the platform has about one person.
struct CopiesScreen: ListScreen {
    static let kind = ScreenKind.copies
    static let hasPane = true
    let account: Account
    var list = Listing<DataRequest, DataRequestID>(columns: DataRequestRow.columns)

    init(_ account: Account) {
        self.account = account
    }

    var title: String { "Copies of data" }
    var status: String {
        let count = list.count("request")
        return [count, "of \(account.user.name)"].filter { !$0.isEmpty }.joined(separator: " ")
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.personal(.copies(account.id, page))) }

    func page(in answer: ConsoleAnswer) -> Page<DataRequest>? {
        if case .privacy(.requests(let page)) = answer { return page }
        return nil
    }

    func row(_ request: DataRequest, _ context: ScreenContext) -> TableRow<DataRequestID> {
        var context = context
        context.people[account.id] = account.user
        return DataRequestRow.row(request, context)
    }

    func listArea(in area: Rect) -> Rect { area.above(rows: DataRequestRow.adviceRows) }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: listArea(in: rect),
            context,
            emptyText: "Nobody has asked for a copy of this person's data.\n"
                + "\(context.key("ask-copy")) asks for one."
        )
        guard let request = list.paned else { return }
        let path = ("/api/v1/me/export/\(request.id)/download", reader: "the person alone")
        context.drawAdvice(
            DataRequestRow.advice(request, path: path, context.screen),
            into: &frame,
            in: rect,
            rows: DataRequestRow.adviceRows
        )
    }
}
