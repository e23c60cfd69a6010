import Domain

extension ProviderFailure {
    /// What an answer that is no success means.
    ///
    /// - Parameters:
    ///   - status: of the answer.
    ///   - word: the provider's machine word for it; its prose is never repeated, because it may
    ///     hold the caller's words or part of a key.
    ///   - retryAfter: how long the provider wants to be left alone.
    /// - Returns: The failure with its class.
    static func refusal(
        status: Int,
        word: String?,
        retryAfter: Duration?
    ) -> ProviderFailure {
        let isTooLong = word.map { $0.contains("context_length") } ?? false
        let (stage, reason, sentence) = meaning(status, isTooLong: isTooLong)
        let detail = word.map { "\(status), \($0)" } ?? "\(status)"
        return ProviderFailure(
            stage,
            reason,
            status: status,
            retryAfter: retryAfter,
            message: "\(sentence) (\(detail))."
        )
    }

    private static func meaning(
        _ status: Int,
        isTooLong: Bool
    ) -> (Stage, Reason, String) {
        switch status {
        case 400 where isTooLong, 413: (.notSent, .tooLong, "The provider finds it too long")
        case 401, 402: (.notSent, .unauthorized, "The provider refused our key")
        case 404: (.notSent, .unknownModel, "The provider does not know the model")
        case 408, 504: (.maybeBilled, .timedOut, "The provider ran out of time")
        case 429: (.notSent, .rateLimited, "The provider's rate limit was reached")
        case 300..<400:
            (.notSent, .broken, "The provider sends us elsewhere, which is not followed")
        case 400..<500: (.notSent, .badRequest, "The provider found fault with the request")
        default: (.maybeBilled, .broken, "The provider failed")
        }
    }
}
