package import Domain
import Storage

/// Makes an AI budget; calls count against it from then on.
package struct CreateBudget: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - new: What is limited, and how far; a hard limit of zero blocks every call it is about.
    ///   - caller: Needs `ai.budget.manage`.
    /// - Returns: The budget.
    /// - Throws: `budget_exists` for one about the same thing, a validation error for a member,
    ///   key or model that does not exist.
    package func callAsFunction(_ new: NewBudget, by caller: TenantCaller) async throws -> Budget {
        try await environment.database.write(.tenant(caller, .aiBudgetManage)) { scope in
            try Self.requireHolder(new, scope)
            if let present = try scope.query(BudgetStore.find(like: new, in: caller.tenant)).first {
                throw Self.exists(try Budget(present))
            }
            let shelf = BudgetShelf(scope: scope)
            let id = scope.newID(Budget.self)
            _ = try scope.change(BudgetStore.insert(new, id: id, in: caller.tenant))
            let budget = try shelf.find(id)
            let action = "ai.budget_created"
            let line = shelf.record(action, .create, of: budget, from: nil, to: budget)
            _ = try scope.last([line])
            return budget
        }
    }

    private static func requireHolder(_ new: NewBudget, _ scope: Scope) throws {
        guard let question = BudgetStore.holder(of: new, in: try scope.tenant) else { return }
        guard try scope.query(question).isEmpty else { return }
        let noun =
            switch new.scope {
            case .user: "member"
            case .apiKey: "API key"
            case .storefront:
                throw DomainError.invalid("scope_id", "must be the slug of this workspace")
            default: "model"
            }
        throw DomainError.invalid("scope_id", "must be a \(noun) that exists")
    }

    private static func exists(_ budget: Budget) -> DomainError {
        DomainError(
            .conflict,
            .budgetExists,
            "There is a budget for this scope, metric and period.",
            hint: "Change it: its id is \(budget.id)."
        )
    }
}
