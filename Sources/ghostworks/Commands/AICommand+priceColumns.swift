import Domain
import Operations

/// A price that waits or waited, beside what the model costs.
struct ProposedPrice: Sendable {
    let proposal: PriceProposal
    /// Nil for a model without a price.
    let now: PriceAmounts?
}

extension AICommand {
    static let modelColumns: [Column<AIModel>] = [
        Column("id") { .identifier($0.id) },
        Column("name") { Cell($0.name) },
        Column("status") { Cell($0.status.rawValue) },
        Column("context_tokens") { Cell($0.contextTokens) },
        Column("max_output_tokens") { Cell($0.maxOutputTokens) },
        Column("input_usd_per_million") { perMillion($0.price?.input) },
        Column("output_usd_per_million") { perMillion($0.price?.output) },
        Column("cached_usd_per_million", isShown: false) { perMillion($0.price?.cached) },
        Column("cache_write_usd_per_million", isShown: false) { perMillion($0.price?.cacheWrite) },
        Column("reasoning_usd_per_million", isShown: false) { perMillion($0.price?.reasoning) },
        Column("request_usd") { usd($0.price?.request) },
        Column("tiers") { tiers($0.price?.tiers) },
        Column("overhead_tokens") { Cell($0.overhead) },
        Column("provider", isShown: false) { Cell($0.provider) },
        Column("price_from", isShown: false) { Cell($0.price?.effectiveFrom) },
    ]

    static let priceColumns: [Column<PriceVersion>] = [
        Column("model") { Cell($0.price.model) },
        Column("effective_from") { Cell($0.price.effectiveFrom) },
        Column("input_usd_per_million") { perMillion($0.price.input) },
        Column("output_usd_per_million") { perMillion($0.price.output) },
        Column("request_usd") { .money($0.price.request) },
        Column("tiers") { .tiers($0.price.tiers) },
        Column("cached_usd_per_million") { perMillion($0.price.cached) },
        Column("cache_write_usd_per_million") { perMillion($0.price.cacheWrite) },
        Column("reasoning_usd_per_million") { perMillion($0.price.reasoning) },
        Column("created_by", isShown: false) { Cell($0.createdBy) },
        Column("approved_by", isShown: false) { Cell($0.approvedBy) },
    ]

    /// For people each amount beside that of now; for machines each in a column of its own.
    static func proposalColumns(_ format: OutputFormat) -> [Column<ProposedPrice>] {
        format == .table ? proposalBlock : proposalFields
    }

    private static let proposalBlock: [Column<ProposedPrice>] = {
        let head: [Column<ProposedPrice>] = [
            Column("model") { Cell($0.proposal.model) },
            Column("status") { Cell($0.proposal.status.rawValue) },
        ]
        let amounts = PriceStep.Field.allCases.enumerated().map { index, field in
            Column<ProposedPrice>(field.rawValue) { item in
                let step = item.proposal.amounts.steps(from: item.now)[index]
                return .text(change(step.oldText, step.newText))
            }
        }
        let rest: [Column<ProposedPrice>] = [
            Column("tiers") { .text(tierChanges($0)) },
            Column("effective_from") { item in
                item.proposal.effectiveFrom.map { .time($0) } ?? .text("when approved")
            },
            Column("proposed_at") { Cell($0.proposal.proposedAt) },
            Column("proposed_by") { Cell($0.proposal.proposedBy) },
            Column("id") { Cell($0.proposal.id) },
        ]
        return head + amounts + rest
    }()

    /// A line for each tier.
    private static func tierChanges(_ item: ProposedPrice) -> String {
        let lines = item.proposal.amounts.tierSteps(from: item.now).map { step in
            "above \(Cell.grouped(step.above)): " + change(step.oldText, step.newText)
        }
        return lines.isEmpty ? "–" : lines.joined(separator: "\n")
    }

    private static let proposalFields: [Column<ProposedPrice>] = {
        let head: [Column<ProposedPrice>] = [
            Column("model") { Cell($0.proposal.model) },
            Column("status") { Cell($0.proposal.status.rawValue) },
            Column("effective_from") { Cell($0.proposal.effectiveFrom) },
            Column("proposed_at") { Cell($0.proposal.proposedAt) },
            Column("id") { Cell($0.proposal.id) },
            Column("proposed_by") { Cell($0.proposal.proposedBy) },
            Column("decided_by") { Cell($0.proposal.decidedBy) },
            Column("decided_at") { Cell($0.proposal.decidedAt) },
        ]
        return head + amountFields("") { $0.proposal.amounts } + amountFields("now_") { $0.now }
    }()

    private static func amountFields(
        _ prefix: String,
        _ amounts: @escaping @Sendable (ProposedPrice) -> PriceAmounts?
    ) -> [Column<ProposedPrice>] {
        let tokens: [(String, @Sendable (PriceAmounts) -> Int64)] = [
            ("input", { $0.input }), ("output", { $0.output }), ("cached", { $0.cached }),
            ("cache_write", { $0.cacheWrite }), ("reasoning", { $0.reasoning }),
        ]
        var columns = tokens.map { name, amount in
            Column<ProposedPrice>("\(prefix)\(name)_usd_per_million") {
                perMillion(amounts($0).map(amount))
            }
        }
        columns.append(Column("\(prefix)request_usd") { usd(amounts($0)?.request) })
        columns.append(Column("\(prefix)tiers") { tiers(amounts($0)?.tiers) })
        return columns
    }

    private static func change(_ old: String, _ new: String) -> String {
        old == new ? "\(new), as before" : "\(old) → \(new)"
    }

    /// What each model costs now.
    static func pricesOfNow(_ session: ShellSession) async throws -> [String: PriceAmounts] {
        let models = try await ListModels(session.environment)(by: session.caller)
        let priced = models.compactMap { model in
            model.price?.amounts.map { (model.id, $0) }
        }
        return Dictionary(priced) { first, _ in first }
    }

    /// Why a price waits: which amount changes how far from the newest price that it is compared
    /// with.
    static func leap(of proposal: PriceProposal, _ session: ShellSession) async throws -> String {
        let versions = try await ListPrices(session.environment)(
            of: proposal.model,
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: session.caller
        )
        let moment = proposal.effectiveFrom ?? proposal.proposedAt
        let leaps = versions.items.lazy.filter { $0.price.effectiveFrom <= moment }
            .compactMap { $0.price.amounts.flatMap(proposal.amounts.leap(from:)) }
        guard let leap = leaps.first else { return "The price changes by more than ten times." }
        let name = leap.field.rawValue.replacing("_", with: " ")
        let length = leap.above.map { " in calls that read more than \(Cell.grouped($0)) tokens" }
        return "The price of \(name)\(length ?? "") changes by more than ten times: "
            + "\(leap.oldText) → \(leap.newText)."
    }

    /// A pico-USD a token is a thousand nano-USD for a million tokens.
    private static func perMillion(_ pico: Int64?) -> Cell {
        pico.map { .money($0 * 1_000) } ?? .none
    }

    private static func usd(_ nano: Int64?) -> Cell { nano.map { .money($0) } ?? .none }

    private static func tiers(_ tiers: [PriceTier]?) -> Cell { tiers.map { .tiers($0) } ?? .none }
}
