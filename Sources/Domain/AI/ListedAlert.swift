/// An alert of a budget as lists show it, with who saw to it.
package struct ListedAlert: Hashable, Sendable {
    package let id: ID
    package let scope: Budget.Scope
    package let scopeID: String
    package let metric: Budget.Metric
    package let used: Int64
    package let hard: Int64
    package let raisedAt: Instant
    package let acknowledgedAt: Instant?
    package let acknowledgedBy: UserID?

    /// Which alert of which period; one string at every door.
    package struct ID: Hashable, Sendable {
        package let budget: BudgetID
        package let periodStart: Instant
        /// A percentage of the hard limit; 0 stands for the soft limit.
        package let threshold: Int

        package init(budget: BudgetID, periodStart: Instant, threshold: Int) {
            self.budget = budget
            self.periodStart = periodStart
            self.threshold = threshold
        }

        /// Reads what `description` wrote; nil for everything else.
        package init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let budget = BudgetID(String(parts[0])),
                let seconds = Int64(parts[1]), let threshold = Int(parts[2]),
                (0...4_102_444_800).contains(seconds), (0...100).contains(threshold)
            else { return nil }
            self.init(
                budget: budget,
                periodStart: Instant(seconds: seconds),
                threshold: threshold
            )
        }

        package var description: String { "\(budget).\(periodStart.seconds).\(threshold)" }
    }

    package init(
        id: ID,
        scope: Budget.Scope,
        scopeID: String,
        metric: Budget.Metric,
        used: Int64,
        hard: Int64,
        raisedAt: Instant,
        acknowledgedAt: Instant?,
        acknowledgedBy: UserID?
    ) {
        self.id = id
        self.scope = scope
        self.scopeID = scopeID
        self.metric = metric
        self.used = used
        self.hard = hard
        self.raisedAt = raisedAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }
}

/// One line of the log of AI use.
package struct UsageEntry: Hashable, Sendable {
    package let call: AICallID
    package let number: Int
    package let kind: String
    package let model: String
    package let caller: AICallCaller
    package let usage: TokenUsage
    package let money: AICallMoney
    /// Nano-USD that an answer would have cost that was given again; 0 elsewhere.
    package let savedNano: Int64
    package let createdAt: Instant

    package init(
        call: AICallID,
        number: Int,
        kind: String,
        model: String,
        caller: AICallCaller,
        usage: TokenUsage,
        money: AICallMoney,
        savedNano: Int64,
        createdAt: Instant
    ) {
        self.call = call
        self.number = number
        self.kind = kind
        self.model = model
        self.caller = caller
        self.usage = usage
        self.money = money
        self.savedNano = savedNano
        self.createdAt = createdAt
    }
}
