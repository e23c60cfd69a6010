/// A limit on AI use and what is taken of it in the running period.
package struct Budget: Hashable, Sendable {
    package var id: BudgetID
    package var scope: Scope
    package var scopeID: String
    package var metric: Metric
    package var period: Period
    package var limits: BudgetLimits
    package var enabled: Bool
    package var use: BudgetUse
    package var policy: BudgetPolicy
    package var version: Int64

    package enum Scope: String, CaseIterable, Hashable, Sendable {
        case tenant
        case user
        case apiKey = "api_key"
        case storefront
        case purpose
        case model
    }

    package enum Metric: String, CaseIterable, Hashable, Sendable {
        case tokens
        /// Nano-USD.
        case cost
        case requests
    }

    package enum Period: String, CaseIterable, Hashable, Sendable {
        case day
        case month
    }

    package init(
        id: BudgetID,
        scope: Scope,
        scopeID: String,
        metric: Metric,
        period: Period,
        limits: BudgetLimits,
        enabled: Bool,
        use: BudgetUse,
        policy: BudgetPolicy = BudgetPolicy(),
        version: Int64 = 1
    ) {
        self.id = id
        self.scope = scope
        self.scopeID = scopeID
        self.metric = metric
        self.period = period
        self.limits = limits
        self.enabled = enabled
        self.use = use
        self.policy = policy
        self.version = version
    }
}

/// The amounts of a budget in its metric's unit.
package struct BudgetLimits: Hashable, Sendable {
    package var soft: Int64?
    package var hard: Int64
    package var overageAllowance: Int64

    package init(soft: Int64?, hard: Int64, overageAllowance: Int64) {
        self.soft = soft
        self.hard = hard
        self.overageAllowance = overageAllowance
    }
}

extension BudgetLimits {
    /// What may be used before calls are refused.
    package func ceiling(_ policy: BudgetPolicy) -> Int64 {
        hard + (policy.onHard == .allowance ? overageAllowance : 0)
    }
}

/// What a period has used and what calls in flight hold.
package struct BudgetUse: Hashable, Sendable {
    package var periodStart: Instant
    package var used: Int64
    package var held: Int64

    package init(periodStart: Instant, used: Int64, held: Int64) {
        self.periodStart = periodStart
        self.used = used
        self.held = held
    }
}

/// A sum of AI use under one heading: a day, a model, a purpose, a member, an API key.
package struct UsageSum: Hashable, Sendable {
    /// When the part of the time begins that is summed; nil for all of it.
    package var start: Instant?
    package var key: String
    package var requests: Int64
    package var tokensIn: Int64
    package var tokensOut: Int64
    /// Nano-USD charged to the tenant.
    package var costNano: Int64

    package init(
        start: Instant? = nil,
        key: String,
        requests: Int64,
        tokensIn: Int64,
        tokensOut: Int64,
        costNano: Int64
    ) {
        self.start = start
        self.key = key
        self.requests = requests
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.costNano = costNano
    }
}

/// By what use is summed.
package enum UsageGrouping: String, CaseIterable, Hashable, Sendable {
    case day
    case model
    case purpose
    case member
    case key
}

/// Into what parts a time is cut whose use is summed, in UTC.
package enum UsageGranularity: String, CaseIterable, Hashable, Sendable {
    case hour
    case day
    case month

    /// The shortest of such parts.
    package var shortest: Duration {
        switch self {
        case .hour: .seconds(3_600)
        case .day: .seconds(86_400)
        case .month: .seconds(28 * 86_400)
        }
    }
}

/// The platform at a glance.
package struct PlatformOverview: Hashable, Sendable {
    package var activeTenants: Int
    package var suspendedTenants: Int
    package var members: Int64
    package var artifacts: Int64
    package var today: AISpend
    package var yesterday: AISpend
    /// When the oldest of the counted figures was taken.
    package var refreshedAt: Instant?
    /// How the serving processes fare; nil where nobody asked.
    package var health: PlatformHealth?
    /// The mails on their way out; nil where nobody asked.
    package var mails: QueueStanding?
    /// The copies of data on their way; nil where nobody asked.
    package var copies: QueueStanding?
    /// What somebody has seen to.
    package var alertMarks: [PlatformAlert.Mark] = []

    package init(
        activeTenants: Int,
        suspendedTenants: Int,
        members: Int64,
        artifacts: Int64,
        today: AISpend,
        yesterday: AISpend,
        refreshedAt: Instant?,
        health: PlatformHealth? = nil
    ) {
        self.activeTenants = activeTenants
        self.suspendedTenants = suspendedTenants
        self.members = members
        self.artifacts = artifacts
        self.today = today
        self.yesterday = yesterday
        self.refreshedAt = refreshedAt
        self.health = health
    }
}

/// AI tokens and cost of one day over all tenants.
package struct AISpend: Hashable, Sendable {
    package var tokens: Int64
    package var costNano: Int64

    package init(tokens: Int64, costNano: Int64) {
        self.tokens = tokens
        self.costNano = costNano
    }
}

extension Budget {
    /// Whether it is the one that a plan brings along.
    package var isPlans: Bool {
        scope == .tenant && metric == .tokens && period == .month
    }
}
