package import Domain
import Storage

/// Approves or rejects a price that waits; who proposed it does not approve it.
package struct DecidePrice: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The proposal's.
    ///   - approves: Whether the price shall hold. Anybody may reject, the proposer too.
    ///   - caller: An operator who may manage models.
    /// - Returns: The proposal as decided.
    /// - Throws: Not found, `not_pending` for one that was decided, `permission_denied` for one's
    ///   own, `version_exists` when its moment has a price by now.
    package func callAsFunction(
        _ id: PriceProposalID,
        approves: Bool,
        by caller: Caller
    ) async throws -> PriceProposal {
        try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let rows = try scope.query(PriceProposalStore.lock(id))
            guard let proposal = try rows.first.map(PriceProposalStore.proposal) else {
                throw DomainError.notFound("price proposal", id.description)
            }
            try Self.require(proposal, approves, caller.user)
            let status: PriceProposal.Status = approves ? .approved : .rejected
            let decide = PriceProposalStore.decide(id, status, by: caller.user)
            guard let row = try scope.query(decide).first else {
                throw DomainError(.internal, .internalError, "The proposal was not decided.")
            }
            let decided = try PriceProposalStore.proposal(row)
            try Self.finish(decided, CatalogueDesk(scope: scope))
            return decided
        }
    }

    private static func finish(_ proposal: PriceProposal, _ desk: CatalogueDesk) throws {
        guard proposal.status == .approved else {
            var changes = CatalogueDesk.changes(proposal.amounts, from: proposal.effectiveFrom)
            changes.note("proposal", from: .null, to: .string(proposal.id.description))
            let line = desk.record("ai.price_rejected", .update, proposal.model, changes)
            _ = try desk.scope.last([line])
            return
        }
        // What waited past its moment holds from now on.
        let now = desk.scope.clock.now()
        let moment = proposal.effectiveFrom.flatMap { $0 > now ? $0 : nil }
        _ = try desk.publish(
            proposal.model,
            proposal.amounts,
            from: moment,
            by: proposal.proposedBy,
            approver: proposal.decidedBy
        )
    }

    private static func require(
        _ proposal: PriceProposal,
        _ approves: Bool,
        _ user: UserID
    ) throws(DomainError) {
        guard proposal.status == .pending else {
            throw DomainError(
                .conflict,
                .notPending,
                "The proposal was \(proposal.status.rawValue) before."
            )
        }
        guard approves, proposal.proposedBy == user else { return }
        throw DomainError(
            .forbidden,
            .permissionDenied,
            "Who proposed a price cannot approve it.",
            hint: "Ask another operator."
        )
    }
}
