/// Why a provider did not answer, and what that means for the bill.
package struct ProviderFailure: Error, Hashable, Sendable {
    package var stage: Stage
    package var reason: Reason
    /// What the provider answered, if it did.
    package var status: Int?
    /// How long the provider wants to be left alone.
    package var retryAfter: Duration?
    /// One sentence for operators, without secrets and without the caller's words.
    package var message: String

    package enum Stage: String, CaseIterable, Hashable, Sendable {
        /// Nothing is billed: another target may be asked.
        case notSent = "not_sent"
        /// It may have been billed: another target is asked only where the route allows it.
        case maybeBilled = "maybe_billed"
        /// Content was delivered: no other target is asked.
        case afterFirstByte = "after_first_byte"
    }

    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case unreachable
        case timedOut = "timed_out"
        /// The provider refused our key.
        case unauthorized
        case rateLimited = "rate_limited"
        /// The provider found fault with the request itself; another try cannot help.
        case badRequest = "bad_request"
        case unknownModel = "unknown_model"
        case tooLong = "too_long"
        /// The provider failed, or answered what is no answer.
        case broken
        /// The circuit to it is open.
        case benched
        /// This installation has no settings for the provider.
        case notConfigured = "not_configured"
        case cancelled
    }

    package init(
        _ stage: Stage,
        _ reason: Reason,
        status: Int? = nil,
        retryAfter: Duration? = nil,
        message: String
    ) {
        self.stage = stage
        self.reason = reason
        self.status = status
        self.retryAfter = retryAfter
        self.message = message
    }
}
