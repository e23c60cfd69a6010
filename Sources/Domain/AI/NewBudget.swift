/// A budget that shall be made; checked.
package struct NewBudget: Hashable, Sendable {
    package let scope: Budget.Scope
    package let scopeID: String
    package let metric: Budget.Metric
    package let period: Budget.Period
    package let limits: BudgetLimits
    package let policy: BudgetPolicy
    package let enabled: Bool

    /// Checks every field and names all that are wrong at once.
    package init(
        scope: Budget.Scope,
        scopeID: String,
        metric: Budget.Metric,
        period: Budget.Period,
        limits: BudgetLimits,
        policy: BudgetPolicy = BudgetPolicy(),
        enabled: Bool = true
    ) throws(DomainError) {
        var problems = FieldProblems()
        let holder = problems.collect { () throws(DomainError) in
            try Self.holder(scopeID, of: scope)
        }
        _ = problems.collect { () throws(DomainError) in try limits.check() }
        _ = problems.collect { () throws(DomainError) in try policy.check() }
        guard let holder, problems.list.isEmpty else { throw .invalid(problems.list) }
        self.scope = scope
        self.scopeID = holder
        self.metric = metric
        self.period = period
        self.limits = limits
        self.policy = policy
        self.enabled = enabled
    }

    /// Who or what a budget is about, in the form in which calls name it.
    private static func holder(
        _ text: String,
        of scope: Budget.Scope
    ) throws(DomainError) -> String {
        switch scope {
        case .tenant:
            guard text.isEmpty else {
                throw .invalid("scope_id", "must be left out: the budget is the whole workspace's")
            }
            return ""
        case .user:
            guard let id = UserID(text) else {
                throw .invalid("scope_id", "must be the id of a member")
            }
            return id.description
        case .apiKey:
            guard let id = APIKeyID(text) else {
                throw .invalid("scope_id", "must be the id of an API key")
            }
            return id.description
        case .purpose:
            if text.cut.isEmpty { throw scope.missingHolder }
            let purpose = try Validation.text(text, field: "scope_id", length: 1...100)
            guard ChatOrder.isPurpose(purpose) else {
                throw .invalid("scope_id", ChatOrder.purposeRule)
            }
            return purpose
        case .storefront, .model:
            if text.cut.isEmpty { throw scope.missingHolder }
            return try Validation.text(text, field: "scope_id", length: 1...100)
        }
    }
}

extension Budget.Scope {
    /// Why a budget cannot be about nothing, with what it may be about.
    package var missingHolder: DomainError {
        switch self {
        case .tenant:
            .invalid("scope_id", "must be left out: the budget is the whole workspace's")
        case .user: .invalid("scope_id", "must be the mail address or id of a member")
        case .apiKey: .invalid("scope_id", "must be the name or id of an API key")
        case .storefront: .invalid("scope_id", "must be the slug of a storefront")
        case .purpose: .invalid("scope_id", "must be a purpose that calls name, such as chat")
        case .model: .invalid("scope_id", "must be the id of a model")
        }
    }
}

/// Which fields of a budget shall change; nil leaves one as it is.
package struct BudgetEdit: Hashable, Sendable {
    /// A limit that may also be taken away.
    package enum Soft: Hashable, Sendable {
        case at(BudgetAmount)
        case none
    }

    package var hard: BudgetAmount?
    package var soft: Soft?
    package var overageAllowance: BudgetAmount?
    package var thresholds: [Int]?
    package var onSoft: BudgetPolicy.SoftAction?
    package var onHard: BudgetPolicy.HardAction?
    package var onLost: BudgetPolicy.LostAction?
    package var enabled: Bool?

    package init(
        hard: BudgetAmount? = nil,
        soft: Soft? = nil,
        overageAllowance: BudgetAmount? = nil,
        thresholds: [Int]? = nil,
        onSoft: BudgetPolicy.SoftAction? = nil,
        onHard: BudgetPolicy.HardAction? = nil,
        onLost: BudgetPolicy.LostAction? = nil,
        enabled: Bool? = nil
    ) {
        self.hard = hard
        self.soft = soft
        self.overageAllowance = overageAllowance
        self.thresholds = thresholds
        self.onSoft = onSoft
        self.onHard = onHard
        self.onLost = onLost
        self.enabled = enabled
    }

    package var isEmpty: Bool { self == BudgetEdit() }

    /// The budget with the edit's fields.
    ///
    /// - Throws: A validation error for limits or thresholds that make no sense together.
    package func applied(to budget: Budget) throws(DomainError) -> Budget {
        var changed = budget
        let metric = budget.metric
        if let hard { changed.limits.hard = try hard.value(in: metric, field: "hard") }
        switch soft {
        case .at(let limit): changed.limits.soft = try limit.value(in: metric, field: "soft")
        case .some(.none): changed.limits.soft = nil
        case nil: break
        }
        if let overageAllowance {
            changed.limits.overageAllowance = try overageAllowance.value(
                in: metric,
                field: "overage_allowance"
            )
        }
        changed.policy.thresholds = thresholds ?? budget.policy.thresholds
        changed.policy.onSoft = onSoft ?? budget.policy.onSoft
        changed.policy.onHard = onHard ?? budget.policy.onHard
        changed.policy.onLost = onLost ?? budget.policy.onLost
        changed.enabled = enabled ?? budget.enabled
        try changed.limits.check()
        try changed.policy.check()
        return changed
    }
}

extension BudgetLimits {
    /// - Throws: A validation error for amounts that are negative, too large or out of order.
    package func check() throws(DomainError) {
        var problems = FieldProblems()
        for (field, amount) in [("hard", hard), ("overage_allowance", overageAllowance)] {
            _ = problems.collect { () throws(DomainError) in
                try BudgetAmount.checked(amount, field: field)
            }
        }
        if let soft {
            _ = problems.collect { () throws(DomainError) in
                _ = try BudgetAmount.checked(soft, field: "soft")
                if soft > hard { throw .invalid("soft", "must not exceed hard") }
            }
        }
        guard problems.list.isEmpty else { throw .invalid(problems.list) }
    }
}

extension BudgetPolicy {
    /// Reads percentages as they are typed: `80,100`; nothing for none.
    ///
    /// - Throws: A validation error that says how they are written.
    package static func thresholds(parsing text: String) throws(DomainError) -> [Int] {
        var found: [Int] = []
        for part in text.split(separator: ",") {
            guard let number = Int(part.filter { $0 != " " && $0 != "%" }) else {
                throw .invalid("thresholds", "must be percentages: 80,100")
            }
            found.append(number)
        }
        return found
    }

    /// - Throws: A validation error for thresholds that are not rising percentages.
    package func check() throws(DomainError) {
        let rises = zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 < $1 }
        guard thresholds.count <= 10, thresholds.allSatisfy((1...100).contains), rises else {
            throw .invalid("thresholds", "must be at most 10 rising percentages from 1 to 100")
        }
    }
}
