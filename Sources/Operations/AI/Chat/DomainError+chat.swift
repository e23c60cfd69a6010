import Domain
import Inference
import Storage

extension DomainError {
    /// Said at the end of a stream, whose reader has what came.
    private static let whatCame = "What came until then was paid and may be used."

    /// The same for whoever is given nothing of what came.
    func withoutText(isCharged: Bool) -> DomainError {
        let fate =
            isCharged
            ? "Nothing of the answer is given; what the model took until then is charged."
            : "Nothing was charged."
        var error = self
        if let hint, hint.contains(Self.whatCame) {
            error.hint = hint.replacing(Self.whatCame, with: fate)
        } else if isCharged {
            error.hint = hint.map { "\($0) \(fate)" } ?? fate
        }
        return error
    }

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
        hint: whatCame
    )

    /// Of texts that are to become vectors.
    static func textsTooLong(_ tokens: Int64, for models: [ChatModel]) -> DomainError {
        var error = contextTooLong(tokens, for: models)
        error.kind = .invalid([FieldProblem("input", "is longer than the model takes")])
        return error
    }

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
        hint: whatCame
    )

    /// The call gave no sign of life for so long that the sweeper ended it.
    static let callEnded = DomainError(
        .timeout,
        .timeout,
        "The call took too long and was ended.",
        hint: whatCame
    )

    fileprivate static let processEnds = DomainError(
        .unavailable,
        .unavailable,
        "The server is stopping and ended the call.",
        hint: "Ask again in a moment. \(whatCame)"
    )

    /// For the books: nobody is there to read it.
    static let readerLeft = DomainError(
        .conflict,
        .aiCallAbandoned,
        "Whoever asked went away before the answer was whole."
    )

    fileprivate static let nobodyThere = DomainError(
        .unavailable,
        .allProvidersDown,
        "No provider of the model can be reached now.",
        hint: "Try again in a moment."
    )

    /// The same where it is known how long that stays so.
    fileprivate static func nobodyThere(for rest: Duration) -> DomainError {
        var error = nobodyThere
        let seconds = max(1, rest.components.seconds + (rest.components.attoseconds > 0 ? 1 : 0))
        error.wait = .seconds(seconds)
        error.hint =
            seconds < 120
            ? "Try again in \(seconds == 1 ? "1 second" : "\(seconds) seconds")."
            : "Try again in \((seconds + 59) / 60) minutes."
        return error
    }

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
    ///
    /// - Parameters:
    ///   - targets: whom the call might have been put to.
    ///   - models: who knows how long they are left alone.
    /// - Returns: What the caller is told.
    func error(of targets: [CallTarget], at models: ModelProviders) -> DomainError {
        let told = attempts.compactMap(\.failure).last { $0.reason != .benched } ?? last
        let error = told?.error ?? .modelFailed
        let route = targets.map { RouteTarget(provider: $0.provider, model: $0.model) }
        guard error == .nobodyThere, let rest = models.rest(of: route) else { return error }
        return .nobodyThere(for: rest)
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
