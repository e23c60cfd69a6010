package import Domain
import Storage

/// Starts the running period of an AI budget over: what was used no longer counts.
///
/// The log of use stays as it is, and the period's books carry what was forgiven.
package struct ResetBudget: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The budget's.
    ///   - reason: Why, for the trail.
    ///   - caller: Needs `ai.budget.manage`.
    /// - Returns: The budget; what calls in flight hold stays held.
    /// - Throws: Not found, `invalid_transition` for the plan's own budget, a validation error for
    ///   the reason.
    package func callAsFunction(
        _ id: BudgetID,
        reason: String,
        by caller: TenantCaller
    ) async throws -> Budget {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(.tenant(caller, .aiBudgetManage)) { scope in
            let shelf = BudgetShelf(scope: scope)
            var budget = try shelf.lock(id, version: nil)
            guard !budget.isPlans else { throw BudgetShelf.plansOwn("reset") }
            let locked = try scope.query(BudgetStore.lockPeriod(of: budget, in: caller.tenant))
            guard let period = try locked.first.map(BudgetStore.period), period.used > 0 else {
                return budget
            }
            var changes = Changes()
            changes.note("used", from: .integer(period.used), to: .integer(0))
            changes.note("reason", from: .null, to: .string(reason))
            _ = try scope.last([
                BudgetStore.forgive(budget, in: caller.tenant),
                shelf.record("ai.budget_reset", .update, of: budget, changes),
            ])
            budget.use.used = 0
            return budget
        }
    }
}
