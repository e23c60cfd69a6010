package import Domain
import Storage

/// Gives a model its next price; a change of more than ten times waits for a second operator.
package struct SetPrice: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// What became of a price.
    package enum Outcome: Hashable, Sendable {
        case published(PriceVersion)
        case proposed(PriceProposal)
    }

    /// - Parameters:
    ///   - model: The model's id.
    ///   - amounts: Checked against the bounds of what a price can be.
    ///   - moment: From when it holds; now when nil. Compared with every price of the day before.
    ///   - caller: An operator who may manage models.
    /// - Returns: The version, or the proposal that waits.
    /// - Throws: Not found, a validation error for a moment that is past, `version_exists` for one
    ///   that has a price.
    package func callAsFunction(
        _ model: String,
        _ amounts: PriceAmounts,
        from moment: Instant?,
        by caller: Caller
    ) async throws -> Outcome {
        let now = environment.database.clock.now()
        try CatalogueDesk.requireFuture(moment, now)
        return try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let desk = CatalogueDesk(scope: scope)
            _ = try desk.model(model)
            let baseline = try scope.query(
                CatalogueStore.baseline(of: model, at: moment ?? now)
            ).map(CatalogueStore.price)
            let leaps = baseline.contains { $0.price.amounts.map(amounts.leaps) ?? true }
            guard leaps else {
                return .published(
                    try desk.publish(model, amounts, from: moment, by: caller.user, approver: nil)
                )
            }
            return .proposed(try desk.propose(model, amounts, from: moment, by: caller.user))
        }
    }
}
