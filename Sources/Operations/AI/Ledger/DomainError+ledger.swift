import Domain
import Storage

extension DomainError {
    static let callInProgress = DomainError(
        .conflict,
        .requestInProgress,
        "The request with this idempotency key is still running.",
        hint: "Repeat it in a moment to get its answer."
    )

    static let callKeyReused = DomainError(
        .invalid([FieldProblem("Idempotency-Key", "was used before for another request")]),
        .idempotencyKeyReused,
        "The idempotency key was used before for another request.",
        hint: "Use a new key for a new request."
    )

    static let modelNotAllowed = DomainError(
        .invalid([FieldProblem("model", "is not available")]),
        .modelNotAllowed,
        "The model is not available.",
        hint: "See the list of models for what is."
    )

    /// The same for one that was named.
    static func modelNotAllowed(_ name: String) -> DomainError {
        DomainError(
            modelNotAllowed.kind,
            modelNotAllowed.code,
            "The model \"\(Validation.quotable(name))\" is not available.",
            hint: modelNotAllowed.hint
        )
    }

    static let contextTooLong = DomainError(
        .invalid([FieldProblem("messages", "are longer than the model takes")]),
        .contextTooLong,
        "The request is longer than the model takes.",
        hint: "Send less, or choose a model with a larger context."
    )

    static let unpricedModel = DomainError(
        .invalid([FieldProblem("model", "has no price")]),
        .unpricedModel,
        "The model has no price, and a budget limits costs here.",
        hint: "An operator must set its price first."
    )

    /// The limit of a call's budget was reached.
    static func budgetExceeded(_ refusal: BudgetRefusal) -> DomainError {
        let budget = "The AI budget for \(refusal.metric.words) of \(refusal.scope.words)"
        let day = refusal.periodEnd.rfc3339.prefix(10)
        // Waiting for the next period helps nobody whose limit is 0.
        let isShut = refusal.hard == 0
        return DomainError(
            .limited(retryAfter: nil),
            .aiBudgetExceeded,
            isShut
                ? "\(budget) is 0, so no call is let through."
                : "\(budget) has no room for what this call may take.",
            hint: isShut
                ? "Somebody who manages budgets can raise it."
                : "It starts anew on \(day), or somebody raises it; a call for less may fit."
        )
    }

    /// A visitor, or all visitors of an address, had what they may take of a day.
    static func visitorLimit(isOfAddress: Bool, until end: Instant, now: Instant) -> DomainError {
        DomainError(
            .limited(retryAfter: .seconds(max(1, end.seconds - now.seconds))),
            .aiBudgetExceeded,
            isOfAddress
                ? "Visitors from your address have asked as much as they may on one day."
                : "You have asked as much as a visitor may on one day.",
            hint: "You may ask again on \(end.rfc3339.prefix(10)), from midnight UTC."
        )
    }

    /// Whether the same may succeed a moment later.
    var mayPass: Bool { kind == .unavailable || kind == .timeout }

    /// The same when a budget could not be asked: nothing is let through then.
    var ofBudget: DomainError {
        guard mayPass else { return self }
        return DomainError(
            .unavailable,
            .budgetUnavailable,
            "The AI budget cannot be checked now, so nothing was sent.",
            hint: "Try again in a moment."
        )
    }
}

extension Budget.Metric {
    fileprivate var words: String {
        switch self {
        case .tokens: "tokens"
        case .cost: "costs"
        case .requests: "requests"
        }
    }
}

extension Budget.Scope {
    fileprivate var words: String {
        switch self {
        case .tenant: "the workspace"
        case .user: "your account"
        case .apiKey: "this API key"
        case .storefront: "this storefront"
        case .purpose: "this purpose"
        case .model: "this model"
        }
    }
}
