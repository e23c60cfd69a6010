/// One call to a model as lists show it: who, by which way, what it took.
package struct AICallRecord: Hashable, Sendable {
    package let id: AICallID
    package let caller: AICallCaller
    package let way: AICallWay
    package let state: AICall.State
    package let usage: TokenUsage
    package let money: AICallMoney
    package let times: AICallTimes

    package init(
        id: AICallID,
        caller: AICallCaller,
        way: AICallWay,
        state: AICall.State,
        usage: TokenUsage,
        money: AICallMoney,
        times: AICallTimes
    ) {
        self.id = id
        self.caller = caller
        self.way = way
        self.state = state
        self.usage = usage
        self.money = money
        self.times = times
    }
}

/// Who made a call, and through which door.
package struct AICallCaller: Hashable, Sendable {
    /// The member, also behind a key; nil for a visitor.
    package let user: UserID?
    package let key: APIKeyID?
    package let channel: AICall.Channel
    package let purpose: String

    package init(user: UserID?, key: APIKeyID?, channel: AICall.Channel, purpose: String) {
        self.user = user
        self.key = key
        self.channel = channel
        self.purpose = purpose
    }
}

/// The way that a call took to its model.
package struct AICallWay: Hashable, Sendable {
    package let model: String
    package let targets: [String]
    package let route: String?
    package let prompt: PromptID?
    package let promptVersion: Int?

    package init(
        model: String,
        targets: [String],
        route: String?,
        prompt: PromptID?,
        promptVersion: Int?
    ) {
        self.model = model
        self.targets = targets
        self.route = route
        self.prompt = prompt
        self.promptVersion = promptVersion
    }
}

/// What a call was charged, in nano-USD.
package struct AICallMoney: Hashable, Sendable {
    package let charge: Int64
    /// Names the version of the model's price that was used; nil before the end.
    package let priceVersion: Instant?
    /// Whether the provider told what it took, or we counted.
    package let isEstimated: Bool

    package init(charge: Int64, priceVersion: Instant?, isEstimated: Bool) {
        self.charge = charge
        self.priceVersion = priceVersion
        self.isEstimated = isEstimated
    }
}

package struct AICallTimes: Hashable, Sendable {
    package let reserved: Instant
    package let expires: Instant
    package let cancelRequested: Instant?
    package let ended: Instant?

    package init(reserved: Instant, expires: Instant, cancelRequested: Instant?, ended: Instant?) {
        self.reserved = reserved
        self.expires = expires
        self.cancelRequested = cancelRequested
        self.ended = ended
    }
}

/// Everything that explains a call: its tries, its price, what it held of which budget.
package struct AICallExplanation: Hashable, Sendable {
    package let record: AICallRecord
    package let output: Output
    package let attempts: [Attempt]
    package let holds: [Hold]
    /// The version of the price that was charged; nil before the end, and for what costs nothing.
    package let price: ModelPrice?

    /// The tier of the price that the call reached, if any.
    package var tier: PriceTier? { price?.tier(reading: record.usage.read) }

    package init(
        record: AICallRecord,
        output: Output,
        attempts: [Attempt],
        holds: [Hold],
        price: ModelPrice?
    ) {
        self.record = record
        self.output = output
        self.attempts = attempts
        self.holds = holds
        self.price = price
    }

    /// How much a call was allowed to write, and how it ended.
    package struct Output: Hashable, Sendable {
        package let estimatedInput: Int64
        package let asked: Int64
        package let cap: Int64
        package let held: Int64
        /// So many tokens were held beside it, because a model bills beyond what it may write.
        package let overhead: Int64
        /// A cheaper model was taken because a budget was low.
        package let isDegraded: Bool
        /// The answer was shortened because a budget was low.
        package let isShortened: Bool
        /// The budget that had no room.
        package let refusedBy: BudgetID?
        package let finish: String?
        package let failure: String?

        package init(
            estimatedInput: Int64,
            asked: Int64,
            cap: Int64,
            held: Int64,
            overhead: Int64 = 0,
            isDegraded: Bool,
            isShortened: Bool,
            refusedBy: BudgetID?,
            finish: String?,
            failure: String?
        ) {
            self.estimatedInput = estimatedInput
            self.asked = asked
            self.cap = cap
            self.held = held
            self.overhead = overhead
            self.isDegraded = isDegraded
            self.isShortened = isShortened
            self.refusedBy = refusedBy
            self.finish = finish
            self.failure = failure
        }
    }

    /// One try at one model.
    package struct Attempt: Hashable, Sendable {
        package let number: Int
        package let provider: String
        package let model: String
        package let sent: Bool
        package let outcome: String
        package let billable: String?
        package let failure: String?
        package let httpStatus: Int?
        package let startedAt: Instant
        package let firstByteAt: Instant?
        package let endedAt: Instant?

        package init(
            number: Int,
            provider: String,
            model: String,
            sent: Bool,
            outcome: String,
            billable: String?,
            failure: String?,
            httpStatus: Int?,
            startedAt: Instant,
            firstByteAt: Instant?,
            endedAt: Instant?
        ) {
            self.number = number
            self.provider = provider
            self.model = model
            self.sent = sent
            self.outcome = outcome
            self.billable = billable
            self.failure = failure
            self.httpStatus = httpStatus
            self.startedAt = startedAt
            self.firstByteAt = firstByteAt
            self.endedAt = endedAt
        }
    }

    /// What a call holds of a budget's period, and what it was charged there.
    package struct Hold: Hashable, Sendable {
        package let budget: BudgetID
        package let scope: Budget.Scope
        package let metric: Budget.Metric
        package let period: Budget.Period
        package let periodStart: Instant
        package let amount: Int64
        package let charged: Int64

        package init(
            budget: BudgetID,
            scope: Budget.Scope,
            metric: Budget.Metric,
            period: Budget.Period,
            periodStart: Instant,
            amount: Int64,
            charged: Int64
        ) {
            self.budget = budget
            self.scope = scope
            self.metric = metric
            self.period = period
            self.periodStart = periodStart
            self.amount = amount
            self.charged = charged
        }
    }
}

/// Which calls a list shows.
package struct AICallFilter: Hashable, Sendable {
    package var states: Among<AICall.State>
    package var models: Among<String>
    package var users: Among<UserID>
    package var channels: Among<AICall.Channel>
    package var purposes: Among<String>
    package var from: Instant?
    package var to: Instant?

    package init(
        state: AICall.State? = nil,
        model: String? = nil,
        user: UserID? = nil,
        channel: AICall.Channel? = nil,
        purpose: String? = nil,
        from: Instant? = nil,
        to: Instant? = nil
    ) {
        states = Among(state)
        models = Among(model)
        users = Among(user)
        channels = Among(channel)
        purposes = Among(purpose)
        self.from = from
        self.to = to
    }

    /// The one state, when it is one.
    package var state: AICall.State? { states.sole }

    /// The one person whose calls are wanted, when it is one.
    package var user: UserID? {
        get { users.sole }
        set { users.sole = newValue }
    }
}
