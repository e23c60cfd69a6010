package import Domain
import Storage

/// Lists the prices that wait for a second operator, the newest first.
package struct ListPriceProposals: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - decidedToo: Also those that were approved or rejected.
    ///   - request: How many, after which.
    ///   - caller: An operator who may manage models.
    /// - Returns: A page of proposals.
    /// - Throws: `cursor_invalid`.
    package func callAsFunction(
        decidedToo: Bool,
        page request: PageRequest,
        by caller: Caller
    ) async throws -> Page<PriceProposal> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAiManage),
            try PriceProposalStore.page(decidedToo: decidedToo, request)
        )
        let proposals = try fetched.rows.map(PriceProposalStore.proposal)
        return Page(surplus: proposals, request: request) {
            PagePosition([String($0.proposedAt.microseconds), $0.id.description])
        }
    }
}
