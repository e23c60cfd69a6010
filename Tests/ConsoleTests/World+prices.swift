import Domain

@testable import Console

extension World {
    static func amounts(
        _ input: Int64,
        _ output: Int64,
        _ tiers: [PriceTier] = []
    ) -> PriceAmounts {
        let amounts = try? PriceAmounts(input: input, output: output, request: 0, tiers: tiers)
        guard let amounts else {
            preconditionFailure("the amounts are out of bounds")
        }
        return amounts
    }

    private static func model(
        _ id: String,
        _ status: CatalogueStatus,
        _ price: ModelPrice?,
        overhead: Int64? = nil
    ) -> AIModel {
        AIModel(
            id: id,
            provider: "acme-ai",
            name: id,
            contextTokens: 128_000,
            maxOutputTokens: 8_000,
            status: status,
            price: price,
            overhead: overhead
        )
    }

    private static func price(
        _ model: String,
        _ since: Instant,
        _ input: Int64,
        _ output: Int64,
        _ tiers: [PriceTier] = []
    ) -> ModelPrice {
        ModelPrice(model: model, effectiveFrom: since, amounts(input, output, tiers))
    }

    /// What the large model costs in calls that read much.
    static let tier: PriceTier = {
        let tier = try? PriceTier(
            above: 200_000,
            input: 5_000_000,
            output: 15_000_000,
            cached: 1_250_000
        )
        guard let tier else { preconditionFailure("the tier is out of bounds") }
        return tier
    }()

    /// What a proposal would change: reading, writing, keeping in cache, and each request.
    static let proposed: PriceAmounts = {
        let amounts = try? PriceAmounts(
            input: 40_000_000,
            output: 160_000_000,
            cacheWrite: 90_000_000,
            request: 500_000_000,
            tiers: [PriceTier(above: 5_000, input: 90_000_000, output: 600_000_000)]
        )
        guard let amounts else { preconditionFailure("the amounts are out of bounds") }
        return amounts
    }()

    static func proposal(_ number: Int, by user: UserID) -> PriceProposal {
        PriceProposal(
            id: id(700 + number),
            model: "acme-ai/large",
            effectiveFrom: nil,
            amounts: proposed,
            status: .pending,
            proposedBy: user,
            proposedAt: ago(Int64(60 - number)),
            decidedBy: nil,
            decidedAt: nil
        )
    }

    static let prices = PriceList(
        models: [
            model("acme-ai/small", .active, price("acme-ai/small", ago(90_000), 150_000, 600_000)),
            model(
                "acme-ai/large",
                .active,
                price("acme-ai/large", ago(90_000), 2_500_000, 10_000_000, [tier]),
                overhead: 1_200
            ),
            model("acme-ai/\(hostileNames[0])", .disabled, nil),
        ],
        planned: [
            PriceVersion(
                price: price("acme-ai/small", ago(-3_000), 100_000, 500_000),
                createdBy: ada.id,
                approvedBy: nil
            )
        ],
        proposals: [proposal(1, by: omar.id), proposal(2, by: ada.id)]
    )

    static func answer(_ request: PriceRequest) -> PriceAnswer {
        switch request {
        case .list: return .list(prices)
        case .set(let model, let amounts):
            let current = prices.models.first { $0.id == model }?.price?.amounts
            if current.map({ amounts.leaps(from: $0) }) == true {
                return .proposed(
                    PriceProposal(
                        id: id(709),
                        model: model,
                        effectiveFrom: nil,
                        amounts: amounts,
                        status: .pending,
                        proposedBy: ada.id,
                        proposedAt: World.now,
                        decidedBy: nil,
                        decidedAt: nil
                    )
                )
            }
            let version = PriceVersion(
                price: ModelPrice(model: model, effectiveFrom: now, amounts),
                createdBy: ada.id,
                approvedBy: nil
            )
            return .published(version)
        case .decide(let id, let approves):
            let proposal = prices.proposals.first { $0.id == id } ?? prices.proposals[0]
            return .decided(
                PriceProposal(
                    id: proposal.id,
                    model: proposal.model,
                    effectiveFrom: nil,
                    amounts: proposal.amounts,
                    status: approves ? .approved : .rejected,
                    proposedBy: proposal.proposedBy,
                    proposedAt: proposal.proposedAt,
                    decidedBy: ada.id,
                    decidedAt: now
                )
            )
        case .resetOverhead: return .overheadReset(prices.models[1])
        }
    }
}

extension World {
    /// The overview some reports later: a wave of failures passes.
    static func overview(_ number: Int) -> PlatformOverview {
        var overview: PlatformOverview = World.overview
        let at = now.advanced(by: .seconds(10 * Int64(number)))
        let wave = Int64(max(0, 12 - abs(number - 20)))
        overview.health?.at = at
        for index in (overview.health?.nodes ?? []).indices {
            overview.health?.nodes[index].measuredAt = at
            overview.health?.nodes[index].errors = wave * 3
            overview.health?.nodes[index].slowest = .milliseconds(80 + wave * 45)
        }
        overview.mails = QueueStanding(waiting: 12, failed: 2, oldest: ago(1))
        return overview
    }
}
