import Domain
import Storage

/// The budgets that a change is about, and the line that it leaves in the trail.
struct BudgetShelf {
    let scope: Scope

    func find(_ id: BudgetID) throws -> Budget {
        guard let row = try scope.query(BudgetStore.find(id, in: scope.tenant)).first else {
            throw DomainError.notFound("budget", id.description)
        }
        return try Budget(row)
    }

    /// The budget, locked, when it is at the version that the caller saw.
    func lock(_ id: BudgetID, version: Int64?) throws -> Budget {
        guard let row = try scope.query(BudgetStore.lock(id, in: scope.tenant)).first else {
            throw DomainError.notFound("budget", id.description)
        }
        let budget = try Budget(row)
        guard let version, version != budget.version else { return budget }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The budget is at version \(budget.version), not \(version).",
            hint: "Look at it again before you change it."
        )
    }

    /// What the plan gives is the most that its own budget may allow, and it stays on.
    func requireWithinPlan(_ budget: Budget) throws {
        guard budget.isPlans else { return }
        guard budget.enabled else { throw Self.plansOwn("switched off") }
        let rows = try scope.query(BudgetStore.planLimit(in: scope.tenant))
        guard let limit = try rows.first.map(BudgetStore.limit),
            budget.limits.hard + budget.limits.overageAllowance > limit
        else { return }
        throw DomainError.invalid(
            "hard",
            "must with the overage allowance not exceed the plan's \(limit) tokens a month"
        )
    }

    static func plansOwn(_ what: String) -> DomainError {
        DomainError(
            .conflict,
            .invalidTransition,
            "The plan's budget of tokens a month cannot be \(what).",
            hint: "Lower its limit, make a budget beside it, or ask for another plan."
        )
    }

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        of budget: Budget,
        from old: Budget?,
        to new: Budget?
    ) -> Statement {
        var changes = Changes()
        let (before, after) = (old.map(Self.fields) ?? [:], new.map(Self.fields) ?? [:])
        for field in Set(before.keys).union(after.keys) {
            changes.note(field, from: before[field] ?? .null, to: after[field] ?? .null)
        }
        return record(action, operation, of: budget, changes)
    }

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        of budget: Budget,
        _ changes: Changes
    ) -> Statement {
        let event = TenantEvent(
            action,
            data: .object([
                "id": .string(budget.id.description), "scope": .string(budget.scope.rawValue),
                "metric": .string(budget.metric.rawValue),
            ]),
            visibility: .admins
        )
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "ai_budget",
            resourceID: budget.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        return scope.record(entry, event: event)
    }

    private static func fields(_ budget: Budget) -> [String: JSONValue] {
        [
            "scope": .string(budget.scope.rawValue), "scope_id": .string(budget.scopeID),
            "metric": .string(budget.metric.rawValue), "period": .string(budget.period.rawValue),
            "unit": .string(budget.metric == .cost ? "nano_usd" : budget.metric.unit),
            "soft": budget.limits.soft.map(JSONValue.integer) ?? .null,
            "hard": .integer(budget.limits.hard),
            "overage_allowance": .integer(budget.limits.overageAllowance),
            "thresholds": .array(budget.policy.thresholds.map { .integer(Int64($0)) }),
            "on_soft": .string(budget.policy.onSoft.rawValue),
            "on_hard": .string(budget.policy.onHard.rawValue),
            "on_lost": .string(budget.policy.onLost.rawValue),
            "enabled": .bool(budget.enabled),
        ]
    }
}
