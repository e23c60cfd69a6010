/// What happens on the way to a budget's limits and at them.
package struct BudgetPolicy: Hashable, Sendable {
    /// The percentages of the hard limit that raise an alert, each once a period.
    package var thresholds: [Int]
    package var onSoft: SoftAction
    package var onHard: HardAction
    package var onLost: LostAction

    package enum SoftAction: String, CaseIterable, Hashable, Sendable {
        case alert
        case degradeModel = "degrade_model"
        case shorten
    }

    package enum HardAction: String, CaseIterable, Hashable, Sendable {
        case block
        /// Calls pass until the overage allowance is used up as well.
        case allowance
    }

    /// What a call is charged whose process was lost.
    package enum LostAction: String, CaseIterable, Hashable, Sendable {
        /// Its input and what was streamed.
        case estimate
        /// Its input and all the output that was held.
        case hold
        /// Nothing when no try of it was sent; else as an estimate.
        case refundUnsent = "refund_unsent"
    }

    package init(
        thresholds: [Int] = [80, 100],
        onSoft: SoftAction = .alert,
        onHard: HardAction = .block,
        onLost: LostAction = .estimate
    ) {
        self.thresholds = thresholds
        self.onSoft = onSoft
        self.onHard = onHard
        self.onLost = onLost
    }
}

extension Budget.Metric {
    /// The unit of the metric's amounts, as documents and listings name it.
    package var unit: String {
        switch self {
        case .tokens: "tokens"
        case .cost: "usd"
        case .requests: "requests"
        }
    }
}

/// What a budget's earlier and running periods took.
package struct BudgetPeriod: Hashable, Sendable {
    package var start: Instant
    package var hard: Int64
    package var used: Int64
    package var held: Int64
    /// What went beyond the limit, within the allowance.
    package var overage: Int64

    package init(
        start: Instant,
        hard: Int64,
        used: Int64,
        held: Int64,
        overage: Int64
    ) {
        self.start = start
        self.hard = hard
        self.used = used
        self.held = held
        self.overage = overage
    }
}
