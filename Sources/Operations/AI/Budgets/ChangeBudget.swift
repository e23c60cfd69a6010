package import Domain
import Storage

/// Changes the limits of an AI budget or what happens at them; the next call sees it.
package struct ChangeBudget: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The budget's.
    ///   - edit: What is to be different. Limits below what is used let calls in flight finish and
    ///     block what is new.
    ///   - version: The version that the caller saw; nil for any.
    ///   - caller: Needs `ai.budget.manage`.
    /// - Returns: The budget as changed, or as before when nothing would change.
    /// - Throws: Not found, `version_conflict`, a validation error; `invalid_transition` when
    ///   the plan's own budget would be switched off.
    package func callAsFunction(
        _ id: BudgetID,
        _ edit: BudgetEdit,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> Budget {
        guard !edit.isEmpty else {
            throw DomainError.invalid("body", "must have at least one field to change")
        }
        return try await environment.database.write(.tenant(caller, .aiBudgetManage)) { scope in
            let shelf = BudgetShelf(scope: scope)
            let before = try shelf.lock(id, version: version)
            var after = try edit.applied(to: before)
            guard after != before else { return before }
            try shelf.requireWithinPlan(after)
            after.version += 1
            let action = "ai.budget_changed"
            let line = shelf.record(action, .update, of: after, from: before, to: after)
            _ = try scope.last(BudgetStore.update(after, in: caller.tenant) + [line])
            return after
        }
    }
}
