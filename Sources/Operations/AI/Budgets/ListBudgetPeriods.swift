package import Domain
import Storage

/// Lists what the periods of an AI budget took, the newest first.
package struct ListBudgetPeriods: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The budget's.
    ///   - request: How many, after which.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, for the budgets of one's
    ///     own use.
    /// - Returns: The budget and a page of its periods.
    /// - Throws: Not found, `cursor_invalid`.
    package func callAsFunction(
        _ id: BudgetID,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> (budget: Budget, periods: Page<BudgetPeriod>) {
        let budget = try await FindBudget(environment)(id, by: caller)
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUsageRead),
            try BudgetStore.periods(of: id, request, in: caller.tenant)
        )
        let rows = try fetched.rows.map(BudgetStore.period)
        let page = Page(surplus: rows, request: request) {
            PagePosition([String($0.start.microseconds)])
        }
        return (budget, page)
    }
}
