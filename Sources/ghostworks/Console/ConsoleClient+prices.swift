import Console
import Domain
import Operations

extension PriceClient {
    init(desk: ConsoleDesk) {
        self.init { request, caller in
            switch request {
            case .list: return .list(try await Self.list(try await desk.open(), caller))
            case .set(let model, let amounts):
                let outcome = try await desk.change {
                    try await SetPrice($0)(model, amounts, from: nil, by: caller)
                }
                switch outcome {
                case .published(let version): return .published(version)
                case .proposed(let proposal): return .proposed(proposal)
                }
            case .decide(let id, let approves):
                return .decided(
                    try await desk.change {
                        try await DecidePrice($0)(id, approves: approves, by: caller)
                    }
                )
            case .resetOverhead(let model):
                return .overheadReset(
                    try await desk.change { try await ResetOverhead($0)(model, by: caller) }
                )
            }
        }
    }

    private static func list(
        _ environment: Operations.Environment,
        _ caller: Caller
    ) async throws -> PriceList {
        let now = SystemTime.now
        let most = try PageRequest(limit: PageRequest.limits.upperBound)
        let versions = try await ListPrices(environment)(of: nil, page: most, by: caller)
        let proposals = try await ListPriceProposals(environment)(
            decidedToo: false,
            page: most,
            by: caller
        )
        return PriceList(
            models: try await ListModels(environment)(by: caller),
            // The newest first: what is to come stands on the first page.
            planned: versions.items.filter { $0.price.effectiveFrom > now },
            proposals: proposals.items
        )
    }
}
