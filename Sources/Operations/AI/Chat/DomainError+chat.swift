import Domain
import Inference

extension DomainError {
    static let modelFailed = DomainError(
        .upstream,
        .providerError,
        "The model's provider did not answer as it should.",
        hint: "Try again, or ask another model."
    )

    static let budgetExhausted = DomainError(
        .limited(retryAfter: nil),
        .aiBudgetExhausted,
        "The AI budget was used up in the middle of the answer.",
        hint: "What came until then was paid and may be used."
    )

    /// Of texts that are to become vectors.
    static let textsTooLong = DomainError(
        .invalid([FieldProblem("input", "is longer than the model takes")]),
        contextTooLong.code,
        contextTooLong.message,
        hint: contextTooLong.hint
    )

    static let noVectors = DomainError(
        .invalid([FieldProblem("model", "is not known to make vectors")]),
        .modelNotAllowed,
        "The model's provider does not know it as one that makes vectors.",
        hint: "Choose a model for embeddings."
    )

    static let replyGone = DomainError(
        .gone,
        .notFound,
        "The answer to the request with this idempotency key is no longer kept.",
        hint: "Use a new key to ask again."
    )

    static let callStopped = DomainError(
        .conflict,
        .aiCallStopped,
        "Somebody of the workspace stopped the call.",
        hint: "What came until then was paid and may be used."
    )

    /// The call gave no sign of life for so long that the sweeper ended it.
    static let callEnded = DomainError(
        .timeout,
        .timeout,
        "The call took too long and was ended.",
        hint: "What came until then was paid and may be used."
    )

    fileprivate static let processEnds = DomainError(
        .unavailable,
        .unavailable,
        "The server is stopping and ended the call.",
        hint: "Ask again in a moment. What came until then was paid and may be used."
    )

    /// For the books: nobody is there to read it.
    static let readerLeft = DomainError(
        .conflict,
        .aiCallAbandoned,
        "Whoever asked went away before the answer was whole."
    )

    private static let nobodyThere = DomainError(
        .unavailable,
        .allProvidersDown,
        "No provider of the model can be reached now.",
        hint: "Try again in a moment."
    )

    private static let notSetUp = DomainError(
        .unavailable,
        .allProvidersDown,
        "This installation has no settings for the provider of the model.",
        hint: "An operator must set it up."
    )

    private static let tooSlow = DomainError(
        .timeout,
        .providerTimeout,
        "The model's provider did not answer in time.",
        hint: "Try again, or ask another model."
    )

    fileprivate static func of(_ failure: ProviderFailure) -> DomainError {
        switch failure.reason {
        case .notConfigured: notSetUp
        case .unreachable, .benched, .rateLimited, .unauthorized: nobodyThere
        case .timedOut: tooSlow
        case .tooLong: contextTooLong
        case .cancelled: readerLeft
        case .badRequest, .unknownModel, .broken: modelFailed
        }
    }
}

extension ProviderFailure {
    /// What the caller is told: not the provider's own words.
    var error: DomainError { .of(self) }
}

extension RouteFailure {
    /// Why nobody answered; what the last one said counts, unless it was only left alone.
    var error: DomainError {
        let told = attempts.compactMap(\.failure).last { $0.reason != .benched } ?? last
        return told?.error ?? .modelFailed
    }
}

extension CallsInHand.Stop {
    /// What whoever asked is told.
    var error: DomainError {
        switch self {
        case .wanted: .callStopped
        case .processEnds: .processEnds
        }
    }
}
