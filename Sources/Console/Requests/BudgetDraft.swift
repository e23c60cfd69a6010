package import Domain

/// A budget as a form describes it, before its holder was looked up.
package struct BudgetDraft: Hashable, Sendable {
    package var scope: Budget.Scope
    /// A member's mail address or id, a key's name or id, a purpose, a model; empty for the tenant.
    package var holder: String
    package var metric: Budget.Metric
    package var period: Budget.Period
    package var limits: BudgetLimits
    /// What happens on the way to the limits and at them.
    package var policy = BudgetPolicy()

    package init(
        scope: Budget.Scope,
        holder: String,
        metric: Budget.Metric,
        period: Budget.Period,
        limits: BudgetLimits
    ) {
        self.scope = scope
        self.holder = holder
        self.metric = metric
        self.period = period
        self.limits = limits
    }

    /// The budget, with its holder in the form in which calls name it.
    ///
    /// - Throws: A validation error that names each wrong field.
    package func budget(of holder: String) throws(DomainError) -> NewBudget {
        try NewBudget(
            scope: scope,
            scopeID: holder,
            metric: metric,
            period: period,
            limits: limits,
            policy: policy
        )
    }
}
