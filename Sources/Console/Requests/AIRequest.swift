package import Domain

/// Work on a tenant's AI: its calls, its alerts, its budgets.
package enum AIRequest: Hashable, Sendable {
    case calls(AICallFilter, PageRequest)
    case call(AICallID)
    case cancel(AICallID)
    case alerts(PageRequest)
    case acknowledge(ListedAlert.ID)
    case change(BudgetID, BudgetEdit, version: Int64)
    case create(BudgetDraft)
    case reset(BudgetID, reason: String)
    /// Names behind ids of API keys.
    case keyNames(Set<APIKeyID>)

    var writes: Bool {
        switch self {
        case .calls, .call, .alerts, .keyNames: false
        case .cancel, .acknowledge, .change, .create, .reset: true
        }
    }
}

/// What such work brought back.
package enum AIAnswer: Sendable {
    case calls(Page<AICallRecord>)
    case call(AICallExplanation)
    case cancelled(AICallRecord)
    case alerts(Page<ListedAlert>)
    case acknowledged(ListedAlert)
    case budget(Budget)
    case created(Budget)
    case wasReset(Budget)
    /// Empty ones for keys that have none, or that the caller may not know.
    case keyNames([APIKeyID: String])
}

/// Calls, alerts and budgets, as one closure that answers each request in kind.
package struct AIWorkClient: Sendable {
    package var perform: @Sendable (AIRequest, TenantCaller) async throws -> AIAnswer

    package init(
        perform: @escaping @Sendable (AIRequest, TenantCaller) async throws -> AIAnswer
    ) {
        self.perform = perform
    }
}
