package import Domain

/// Work on what models cost.
package enum PriceRequest: Hashable, Sendable {
    /// All models with what they cost, will cost and may come to cost.
    case list
    case set(model: String, PriceAmounts)
    case decide(PriceProposalID, approves: Bool)
    /// Forgets what the model's provider was seen to bill beyond what calls may write.
    case resetOverhead(model: String)

    var writes: Bool { self != .list }
}

/// What such work brought back.
package enum PriceAnswer: Sendable {
    case list(PriceList)
    case published(PriceVersion)
    /// It waits for a second operator.
    case proposed(PriceProposal)
    case decided(PriceProposal)
    case overheadReset(AIModel)
}

/// The models and their prices.
package struct PriceList: Hashable, Sendable {
    package var models: [AIModel]
    /// Versions that begin later.
    package var planned: [PriceVersion]
    /// Those that wait for a second operator.
    package var proposals: [PriceProposal]

    package init(models: [AIModel], planned: [PriceVersion], proposals: [PriceProposal]) {
        self.models = models
        self.planned = planned
        self.proposals = proposals
    }
}

/// Prices, as one closure that answers each request in kind.
package struct PriceClient: Sendable {
    package var perform: @Sendable (PriceRequest, Caller) async throws -> PriceAnswer

    package init(
        perform: @escaping @Sendable (PriceRequest, Caller) async throws -> PriceAnswer
    ) {
        self.perform = perform
    }

    /// For a console without prices.
    package static let none = PriceClient { _, _ in
        throw DomainError(.unavailable, .unavailable, "There are no prices here.")
    }
}
