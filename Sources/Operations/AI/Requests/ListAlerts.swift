package import Domain
import Storage

/// Lists the alerts of budgets, the newest first.
package struct ListAlerts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - acknowledgedToo: Also those that somebody has seen to.
    ///   - request: How many, after which.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, sees only the alerts of
    ///     budgets of one's own use.
    /// - Returns: A page of alerts.
    /// - Throws: `cursor_invalid`.
    package func callAsFunction(
        acknowledgedToo: Bool = false,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<ListedAlert> {
        let listed = try await environment.fetch(.aiUsageRead, by: caller) { person in
            try BudgetAlertStore.page(
                acknowledgedToo: acknowledgedToo,
                of: person,
                request,
                in: caller.tenant
            )
        }
        return Page(surplus: try listed.rows.map(BudgetAlertStore.alert), request: request) {
            PagePosition([
                String($0.raisedAt.microseconds), $0.id.budget.description,
                String($0.id.periodStart.microseconds), String($0.id.threshold),
            ])
        }
    }
}
