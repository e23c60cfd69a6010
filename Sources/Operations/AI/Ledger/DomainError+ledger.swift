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

    /// A route none of whose models may be called now.
    static func routeClosed(_ route: ModelRoute) -> DomainError {
        let names = route.plan.targets.map { "\"\(Validation.quotable($0))\"" }
        return DomainError(
            .invalid([FieldProblem("route", "names no model that is enabled")]),
            .modelNotAllowed,
            "No model of the route \"\(route.name)\" is enabled: \(names.joined(separator: ", ")).",
            hint: "An operator can enable it, or the route can name another."
        )
    }

    static let contextTooLong = DomainError(
        .invalid([FieldProblem("messages", "are longer than the model takes")]),
        .contextTooLong,
        "The request is longer than the model takes.",
        hint: "Send less, or choose a model with a larger context."
    )

    /// The same where it is known how long it is, and how long it may be.
    static func contextTooLong(_ tokens: Int64, for models: [ChatModel]) -> DomainError {
        guard let most = models.map(\.contextTokens).max() else { return contextTooLong }
        var error = contextTooLong
        error.message =
            "The request is longer than the model takes: it is estimated at \(tokens) tokens, and "
            + "the model takes \(most) together with its answer."
        return error
    }

    static let unpricedModel = DomainError(
        .invalid([FieldProblem("model", "has no price")]),
        .unpricedModel,
        "The model has no price, and a budget limits costs here.",
        hint: "An operator must set its price first."
    )

    /// The limit of a call's budget was reached.
    ///
    /// - Parameters:
    ///   - refusal: which one.
    ///   - left: how much it had left, for somebody who may see that.
    /// - Returns: The refusal.
    static func budgetExceeded(_ refusal: BudgetRefusal, left: Int64?) -> DomainError {
        let budget = "The AI budget for \(refusal.metric.words) of \(refusal.scope.words)"
        let day = refusal.periodEnd.rfc3339.prefix(10)
        // Waiting for the next period helps nobody whose limit is 0.
        let isShut = refusal.hard == 0
        return DomainError(
            .limited(retryAfter: nil),
            .aiBudgetExceeded,
            isShut
                ? "\(budget) is 0, so no call is let through."
                : "\(budget) has no room for what this call may take"
                    + (left.map { " (\(refusal.metric.amount($0)) left)." } ?? "."),
            hint: isShut
                ? "Somebody who manages budgets can raise it."
                : "It starts anew on \(day), or somebody raises it; a call for less may fit."
        )
    }

    /// What is left of a day to a visitor, or to all visitors of an address, is too little.
    static func visitorLimit(isOfAddress: Bool, until end: Instant, now: Instant) -> DomainError {
        DomainError(
            .limited(retryAfter: .seconds(max(1, end.seconds - now.seconds))),
            .aiBudgetExceeded,
            "This question may take more than is left of what "
                + (isOfAddress ? "visitors from your address" : "a visitor")
                + " may use on one day.",
            hint: "A shorter one may still be answered; all of it is there again on "
                + "\(end.rfc3339.prefix(10)), from midnight UTC."
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

    /// An amount with its unit.
    fileprivate func amount(_ amount: Int64) -> String {
        switch self {
        case .tokens: amount == 1 ? "1 token" : "\(amount) tokens"
        case .requests: amount == 1 ? "1 request" : "\(amount) requests"
        case .cost:
            // As exact as it is, and with cents at least.
            amount.decimal(places: 9, keeping: 2) + " USD"
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
