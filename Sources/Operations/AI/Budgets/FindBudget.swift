package import Domain
import Storage

/// Finds one AI budget with what the running period took of it.
package struct FindBudget: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The budget's.
    ///   - caller: Needs `ai.usage.read`; with a grant for one's own only, finds only the budgets
    ///     of one's own use.
    /// - Returns: The budget.
    /// - Throws: Not found.
    package func callAsFunction(_ id: BudgetID, by caller: TenantCaller) async throws -> Budget {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUsageRead),
            BudgetStore.find(id, in: caller.tenant)
        )
        guard let budget = try fetched.rows.first.map(Budget.init),
            fetched.authorization?.grant != .own || budget.isAbout(caller.caller.user)
        else { throw DomainError.notFound("budget", id.description) }
        return budget
    }
}

extension Budget {
    /// Whether the budget limits this person alone.
    func isAbout(_ user: UserID) -> Bool {
        scope == .user && scopeID == user.description
    }
}
