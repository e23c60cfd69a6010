import Domain
import Terminal

/// What models cost: now, from a later moment on, and if a second operator approves.
struct PricesScreen: PlainListScreen {
    static let kind = ScreenKind.prices
    var list = Listing<PriceRow, PriceRow.ID>(columns: Self.columns)

    var title: String { "AI prices" }

    var status: String {
        let waiting = list.ordered.count { $0.proposal != nil }
        let beyond = list.ordered.count { $0.overhead != nil }
        var text = list.count("price")
        if waiting > 0 { text += " · ! \(waiting) for a second operator" }
        // The column of it folds first.
        if beyond > 0 { text += " · \(beyond) with an overhead" }
        return text
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.prices(.list)) }

    func page(in answer: ConsoleAnswer) -> Page<PriceRow>? {
        guard case .prices(.list(let list)) = answer else { return nil }
        return Page(items: PriceRow.rows(of: list), next: nil, hasPrevious: false)
    }

    func made(in answer: ConsoleAnswer) -> PriceRow.ID? {
        switch answer {
        case .prices(.proposed(let proposal)): .proposal(proposal.id)
        default: nil
        }
    }

    // Below 120 columns the overhead and tiers fold first, then the cached price and what a request
    // costs besides.
    private static let columns = [
        TableColumn(id: "model", title: "MODEL", span: .flexible(minimum: 16, weight: 2)),
        TableColumn(id: "state", title: "STATE", span: .fixed(10)),
        TableColumn(id: "from", title: "FROM", span: .fixed(16)),
        TableColumn(id: "input", title: "READ $/M", span: .fixed(12), alignment: .trailing),
        TableColumn(id: "output", title: "WRITTEN $/M", span: .fixed(12), alignment: .trailing),
        TableColumn(
            id: "cached",
            title: "CACHED $/M",
            span: .fixed(12),
            alignment: .trailing,
            foldOrder: 2
        ),
        TableColumn(
            id: "request",
            title: "REQUEST $",
            span: .fixed(12),
            alignment: .trailing,
            foldOrder: 1
        ),
        TableColumn(
            id: "tiers",
            title: "TIERS",
            span: .fixed(7),
            alignment: .trailing,
            foldOrder: 3
        ),
        TableColumn(
            id: "overhead",
            title: "OVERHEAD",
            span: .fixed(9),
            alignment: .trailing,
            foldOrder: 4
        ),
    ]

    func row(_ price: PriceRow, _ context: ScreenContext) -> TableRow<PriceRow.ID> {
        let amounts = price.amounts
        func money(_ amount: Int64?, _ places: Int) -> TableCell {
            .text(SafeText(amount.map { PriceRow.text($0, places: places) } ?? "–"))
        }
        return TableRow(
            id: price.id,
            cells: [
                .text(SafeText(price.name, limit: 100), price.isModel ? .text : .muted),
                .text(price.stateRole.sign + SafeText(price.state), price.stateRole),
                .text(SafeText(price.since.map(context.zone.minute) ?? price.sinceText), .muted),
                money(amounts?.input, 6), money(amounts?.output, 6), money(amounts?.cached, 6),
                money(amounts?.request, 9), .text(Self.tiers(amounts)),
                .text(SafeText(price.overhead.map(Format.count) ?? "–")),
            ]
        )
    }

    private static func tiers(_ amounts: PriceAmounts?) -> SafeText {
        guard let count = amounts?.tiers.count, count > 0 else { return "–" }
        return SafeText("\(count)")
    }

    var emptyText: String { "No model is listed.\nghostworks ai add-model lists one." }
}

/// One line of the prices: a model with its price of now, a version to come, or a proposal.
enum PriceRow: Hashable, Sendable {
    case model(AIModel)
    case planned(PriceVersion)
    case proposal(PriceProposal)

    enum ID: Hashable, Sendable {
        case model(String)
        case planned(String, Instant)
        case proposal(PriceProposalID)
    }

    /// Each model, and below it what is to come.
    static func rows(of list: PriceList) -> [PriceRow] {
        list.models.sorted { $0.id < $1.id }.flatMap { model -> [PriceRow] in
            let planned = list.planned.filter { $0.price.model == model.id }
                .sorted { $0.price.effectiveFrom < $1.price.effectiveFrom }
            let proposals = list.proposals.filter { $0.model == model.id }
                .sorted { $0.proposedAt < $1.proposedAt }
            return [.model(model)] + planned.map { .planned($0) }
                + proposals.map { .proposal($0) }
        }
    }

    var id: ID {
        switch self {
        case .model(let model): .model(model.id)
        case .planned(let version):
            .planned(version.price.model, version.price.effectiveFrom)
        case .proposal(let proposal): .proposal(proposal.id)
        }
    }

    /// The model's id.
    var model: String {
        switch self {
        case .model(let model): model.id
        case .planned(let version): version.price.model
        case .proposal(let proposal): proposal.model
        }
    }

    var isModel: Bool { proposal == nil && version == nil }

    var proposal: PriceProposal? {
        if case .proposal(let proposal) = self { return proposal }
        return nil
    }

    private var version: PriceVersion? {
        if case .planned(let version) = self { return version }
        return nil
    }

    /// Tokens that calls hold beyond what they may write; nil where there are none.
    var overhead: Int64? {
        if case .model(let model) = self { return model.overhead }
        return nil
    }

    var amounts: PriceAmounts? {
        switch self {
        case .model(let model): model.price?.amounts
        case .planned(let version): version.price.amounts
        case .proposal(let proposal): proposal.amounts
        }
    }

    var name: String { isModel ? model : "  then" }

    var state: String {
        switch self {
        case .model(let model): model.price == nil ? "no price" : model.status.rawValue
        case .planned: "planned"
        case .proposal: "waits"
        }
    }

    var stateRole: Terminal.Role {
        switch self {
        case .model(let model):
            model.price == nil ? .warning : model.status == .active ? .good : .muted
        case .planned: .accent
        case .proposal: .warning
        }
    }

    var since: Instant? {
        switch self {
        case .model(let model): model.price?.effectiveFrom
        case .planned(let version): version.price.effectiveFrom
        case .proposal(let proposal): proposal.effectiveFrom
        }
    }

    var sinceText: String { proposal == nil ? "–" : "when approved" }

    /// USD with the decimals that say something, and at least two.
    static func text(_ amount: Int64, places: Int) -> String {
        let parts = amount.decimal(places: places).split(separator: ".")
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        return "\(parts[0]).\(fraction)"
    }
}
