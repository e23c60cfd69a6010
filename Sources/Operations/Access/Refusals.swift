import Domain

/// Refusals that are made here and by the guard in the same words, so that they look the same.
enum Refusals {
    static let invalidCredentials = DomainError(
        .unauthenticated,
        .invalidCredentials,
        "The mail address or the password is wrong."
    )
    static let tenantAccessDenied = DomainError.forbidden(
        .tenantAccessDenied,
        "You do not have access to this workspace."
    )
    static let tenantSuspended = DomainError.forbidden(
        .tenantSuspended,
        "This workspace is suspended."
    )
    static let sessionRevoked = DomainError(
        .unauthenticated,
        .sessionRevoked,
        "The session has ended.",
        hint: "Sign in again."
    )
    static let apiKeyInvalid = DomainError(
        .unauthenticated,
        .apiKeyInvalid,
        "The API key is not valid.",
        hint: "Check that the whole key was copied."
    )
    static let linkExpired = DomainError(
        .gone,
        .linkExpired,
        "The link is over, was used, or was replaced by a newer one.",
        hint: "Ask for a new one."
    )
    static let permissionDenied = DomainError.forbidden(
        .permissionDenied,
        "You do not have the permission for this."
    )
}
