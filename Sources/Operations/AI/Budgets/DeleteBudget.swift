package import Domain
import Storage

/// Takes an AI budget away; one that counted something is switched off and kept with its periods.
package struct DeleteBudget: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// What became of the budget.
    package enum Outcome: Hashable, Sendable {
        case deleted(Budget)
        case disabled(Budget)
    }

    /// - Parameters:
    ///   - id: The budget's.
    ///   - version: The version that the caller saw; nil for any.
    ///   - caller: Needs `ai.budget.manage`.
    /// - Returns: Whether it is gone or switched off.
    /// - Throws: Not found, `version_conflict`, `invalid_transition` for the plan's own budget.
    package func callAsFunction(
        _ id: BudgetID,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> Outcome {
        try await environment.database.write(.tenant(caller, .aiBudgetManage)) { scope in
            let shelf = BudgetShelf(scope: scope)
            let before = try shelf.lock(id, version: version)
            guard !before.isPlans else { throw BudgetShelf.plansOwn("taken away") }
            guard try scope.query(BudgetStore.anyPeriod(of: id, in: caller.tenant)).isEmpty else {
                return .disabled(try Self.disable(before, shelf))
            }
            let action = "ai.budget_deleted"
            let line = shelf.record(action, .delete, of: before, from: before, to: nil)
            _ = try scope.last([BudgetStore.delete(id, in: caller.tenant), line])
            return .deleted(before)
        }
    }

    private static func disable(_ before: Budget, _ shelf: BudgetShelf) throws -> Budget {
        guard before.enabled else { return before }
        var after = before
        after.enabled = false
        after.version += 1
        let action = "ai.budget_disabled"
        let line = shelf.record(action, .update, of: after, from: before, to: after)
        _ = try shelf.scope.last(BudgetStore.update(after, in: shelf.scope.tenant) + [line])
        return after
    }
}
