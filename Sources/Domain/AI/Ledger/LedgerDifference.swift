/// A place where the books of AI use disagree.
package struct LedgerDifference: Hashable, Sendable {
    package let kind: Kind
    package let tenant: TenantID
    package let budget: BudgetID?
    package let periodStart: Instant?
    package let request: AICallID?
    package let expected: Int64
    package let found: Int64

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A period holds something else than its calls in flight.
        case held
        /// A period has used something else than its calls were charged.
        case used
        /// A call was charged another amount in a budget than in all.
        case charge
        /// A call has ended and still holds something.
        case hold
        /// The usage log says something else than the call.
        case usage
        /// A call is in flight for more than an hour; `found` is its age in seconds.
        case stale
    }

    package init(
        kind: Kind,
        tenant: TenantID,
        budget: BudgetID?,
        periodStart: Instant?,
        request: AICallID?,
        expected: Int64,
        found: Int64
    ) {
        self.kind = kind
        self.tenant = tenant
        self.budget = budget
        self.periodStart = periodStart
        self.request = request
        self.expected = expected
        self.found = found
    }
}

/// What runs and what waits, over all tenants.
package struct LedgerStanding: Hashable, Sendable {
    package let inFlight: Int64
    package let overdue: Int64
    package let alerts: Int64
    /// What tenants were spared this month because it had not been held, in nano-USD.
    package let excessNano: Int64

    package init(inFlight: Int64, overdue: Int64, alerts: Int64, excessNano: Int64) {
        self.inFlight = inFlight
        self.overdue = overdue
        self.alerts = alerts
        self.excessNano = excessNano
    }
}
