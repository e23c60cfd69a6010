package import Domain
import Storage

/// Lists the AI budgets with what the running period took of them.
package struct ListBudgets: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `ai.usage.read`; with a grant for one's own only, sees only the
    ///   budgets of one's own use.
    /// - Returns: Every budget with its running period.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: TenantCaller) async throws -> [Budget] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUsageRead),
            BudgetStore.list(of: nil, in: caller.tenant)
        )
        let budgets = try fetched.rows.map(Budget.init)
        guard fetched.authorization?.grant == .own else { return budgets }
        let own = caller.caller.user.description
        return budgets.filter { $0.scope == .user && $0.scopeID == own }
    }
}
