/// How a call ended, when it was answered or may have been billed.
package struct CallOutcome: Hashable, Sendable {
    /// The target that answered, or the last that may have.
    package var target: CallTarget
    package var usage: TokenUsage
    /// Whether the usage is our own count and not the provider's.
    package var isEstimated: Bool
    /// Why the model ended, or what ended it: a provider's word or ours.
    package var finish: String?
    package var failure: String?
    /// What a repeat with the same idempotency key gets; without it the key is free again.
    package var reply: StoredReply?
    package var attempts: [CallAttempt]

    package init(
        target: CallTarget,
        usage: TokenUsage,
        isEstimated: Bool = false,
        finish: String? = nil,
        failure: String? = nil,
        reply: StoredReply? = nil,
        attempts: [CallAttempt] = []
    ) {
        self.target = target
        self.usage = usage
        self.isEstimated = isEstimated
        self.finish = finish
        self.failure = failure
        self.reply = reply
        self.attempts = attempts
    }
}

/// One try at one target.
package struct CallAttempt: Hashable, Sendable {
    /// Counts from 1.
    package var number: Int32
    package var target: CallTarget
    package var isSent: Bool
    package var outcome: Outcome
    /// Whether the provider bills it; nil while that is open.
    package var billing: Billing?
    package var failure: ProviderFailure.Reason?
    /// The provider's status, if it answered.
    package var status: Int32?
    /// The provider's own id of the call.
    package var providerRequest: String?
    package var firstByteAt: Instant?

    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        case pending
        case answered
        case failed
    }

    package enum Billing: String, CaseIterable, Hashable, Sendable {
        case yes
        case no
        case unknown
    }

    package init(
        number: Int32,
        target: CallTarget,
        isSent: Bool = false,
        outcome: Outcome = .pending,
        billing: Billing? = nil,
        failure: ProviderFailure.Reason? = nil,
        status: Int32? = nil,
        providerRequest: String? = nil,
        firstByteAt: Instant? = nil
    ) {
        self.number = number
        self.target = target
        self.isSent = isSent
        self.outcome = outcome
        self.billing = billing
        self.failure = failure
        self.status = status
        self.providerRequest = providerRequest
        self.firstByteAt = firstByteAt
    }
}

/// What the end of a call was written down as; amounts in nano-USD.
package struct CallReceipt: Hashable, Sendable {
    package let state: AICall.State
    /// What the tenant is charged; never past a limit where a budget counts money.
    package let chargeNano: Int64
    /// What providers may bill the platform, tries that failed included.
    package let platformCostNano: Int64
    /// What the tenant was spared because it had not been held.
    package let excessNano: Int64

    package init(
        state: AICall.State,
        chargeNano: Int64,
        platformCostNano: Int64,
        excessNano: Int64
    ) {
        self.state = state
        self.chargeNano = chargeNano
        self.platformCostNano = platformCostNano
        self.excessNano = excessNano
    }
}
