/// A budget that reached a share of its limit; raised once a period and share.
package struct BudgetAlert: Hashable, Sendable {
    package let budget: BudgetID
    package let periodStart: Instant
    /// Percent of the hard limit; 0 stands for the soft limit.
    package let threshold: Int
    package let used: Int64
    package let hard: Int64
    package let scope: Budget.Scope
    package let metric: Budget.Metric

    package init(
        budget: BudgetID,
        periodStart: Instant,
        threshold: Int,
        used: Int64,
        hard: Int64,
        scope: Budget.Scope,
        metric: Budget.Metric
    ) {
        self.budget = budget
        self.periodStart = periodStart
        self.threshold = threshold
        self.used = used
        self.hard = hard
        self.scope = scope
        self.metric = metric
    }
}
