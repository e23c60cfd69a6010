import Domain

/// How models, providers and prices are written: prices in USD for a million tokens.
enum CatalogueJSON {
    @Sendable static func model(_ model: AIModel) -> JSON {
        [
            "id": .string(model.id), "provider": .string(model.provider),
            "name": .string(model.name), "context_tokens": .integer(model.contextTokens),
            "max_output_tokens": .integer(model.maxOutputTokens),
            "status": .string(model.status.rawValue),
            "price": model.price.map(amounts) ?? .null, "overhead_tokens": JSON(model.overhead),
        ]
    }

    @Sendable static func provider(_ provider: AIProvider) -> JSON {
        [
            "id": .string(provider.id), "name": .string(provider.name),
            "kind": .string(provider.kind.rawValue), "status": .string(provider.status.rawValue),
        ]
    }

    @Sendable static func price(_ version: PriceVersion) -> JSON {
        JSON.object([("model", .string(version.price.model))])
            .adding(members(version.price))
            .adding([
                ("created_by", JSON(version.createdBy)), ("approved_by", JSON(version.approvedBy)),
            ])
    }

    @Sendable static func proposal(_ proposal: PriceProposal) -> JSON {
        [
            "id": JSON(proposal.id), "model": .string(proposal.model),
            "status": .string(proposal.status.rawValue),
            "effective_from": JSON(proposal.effectiveFrom),
            "input_usd_per_million": perMillion(proposal.amounts.input),
            "output_usd_per_million": perMillion(proposal.amounts.output),
            "cached_usd_per_million": perMillion(proposal.amounts.cached),
            "cache_write_usd_per_million": perMillion(proposal.amounts.cacheWrite),
            "reasoning_usd_per_million": perMillion(proposal.amounts.reasoning),
            "request_usd": JSON(nanoUSD: proposal.amounts.request),
            "tiers": .array(proposal.amounts.tiers.map(tier)),
            "proposed_by": JSON(proposal.proposedBy), "proposed_at": JSON(proposal.proposedAt),
            "decided_by": JSON(proposal.decidedBy), "decided_at": JSON(proposal.decidedAt),
        ]
    }

    @Sendable static func difference(_ difference: LedgerDifference) -> JSON {
        [
            "kind": .string(difference.kind.rawValue), "tenant_id": JSON(difference.tenant),
            "budget_id": JSON(difference.budget), "period_start": JSON(difference.periodStart),
            "request_id": JSON(difference.request), "expected": .integer(difference.expected),
            "found": .integer(difference.found),
        ]
    }

    static func amounts(_ price: ModelPrice) -> JSON { .object(members(price)) }

    private static func members(_ price: ModelPrice) -> [(String, JSON)] {
        [
            ("effective_from", JSON(price.effectiveFrom)),
            ("input_usd_per_million", perMillion(price.input)),
            ("output_usd_per_million", perMillion(price.output)),
            ("cached_usd_per_million", perMillion(price.cached)),
            ("cache_write_usd_per_million", perMillion(price.cacheWrite)),
            ("reasoning_usd_per_million", perMillion(price.reasoning)),
            ("request_usd", JSON(nanoUSD: price.request)),
            ("tiers", .array(price.tiers.map(tier))),
        ]
    }

    private static func tier(_ tier: PriceTier) -> JSON {
        [
            "above_tokens": .integer(tier.above),
            "input_usd_per_million": perMillion(tier.input),
            "output_usd_per_million": perMillion(tier.output),
            "cached_usd_per_million": perMillion(tier.cached),
            "cache_write_usd_per_million": perMillion(tier.cacheWrite),
            "reasoning_usd_per_million": perMillion(tier.reasoning),
        ]
    }

    /// A pico-USD a token is a millionth of a USD for a million tokens.
    private static func perMillion(_ pico: Int64) -> JSON { .string(pico.decimal(places: 6)) }
}
