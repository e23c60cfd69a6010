import Domain
import Sealing
import Storage

// DESIGN
//
//   head ──use──▶ rotated (30 s) ──use again, successor unused──▶ the same successor
//                    │
//                    └──use later, or after the successor was used──▶ family and session revoked
//
// 1. Each use is one conditional UPDATE of one row: of twenty at once one rotates, and the others
//    get what it left.
// 2. The successor is made before it is known whether it is needed; what is not stored was never a
//    token.
// 3. Reuse is written down before it is answered: the transaction commits, then the error is
//    thrown.

/// Gives a new access token and a new refresh token for a refresh token.
package struct RefreshSession: Sendable {
    private let environment: Environment

    /// How long a client may ask again for an answer that it did not get.
    static let graceSeconds: Int64 = 30

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `refresh_invalid` for a token that is unknown, over or revoked, and for one of a
    ///   session or a person that has no access any more; `refresh_reused` for one that was used
    ///   before, which ends its session.
    package func callAsFunction(token: String, requestID: String) async throws -> SignedIn {
        guard let presented = RefreshToken(parsing: token) else { throw Self.invalid }
        let next = RefreshToken()
        let sealed = try next.sealed(behind: presented, by: environment.sealer)
        let outcome = try await use(presented, next, sealed, requestID: requestID)
        guard let outcome else { throw Self.invalid }
        switch outcome.kind {
        case .rotated: return try await signedIn(outcome.identity, next)
        case .repeated:
            guard let kept = outcome.successor else { throw Self.invalid }
            let same = try RefreshToken(
                opening: kept,
                behind: presented,
                by: environment.sealer
            )
            return try await signedIn(outcome.identity, same)
        case .reused: throw Self.reused
        }
    }

    private func use(
        _ presented: RefreshToken,
        _ next: RefreshToken,
        _ sealed: [UInt8],
        requestID: String
    ) async throws -> RefreshOutcome? {
        try await environment.database.system(reason: .signIn, requestID: requestID) { scope in
            let rows = try scope.query(
                RefreshTokenStore.rotate(
                    presented.hash,
                    into: next.hash,
                    sealed: sealed,
                    graceSeconds: Self.graceSeconds
                )
            )
            let outcome = try rows.first.map(RefreshTokenStore.outcome)
            if let outcome, outcome.kind == .reused {
                _ = try scope.last([scope.recordPlatform(Self.entry(outcome.identity))])
            }
            return outcome
        }
    }

    private func signedIn(_ identity: Identity, _ token: RefreshToken) async throws -> SignedIn {
        let access = try await environment.tokens.issue(
            identity,
            role: identity.platformRole?.rawValue
        )
        return SignedIn(
            identity: identity,
            accessToken: access.text,
            accessTokenExpiresAt: access.expiresAt,
            sessionToken: nil,
            refresh: IssuedRefresh(text: token.text, expiresAt: identity.expiresAt)
        )
    }

    private static func entry(_ identity: Identity) -> AuditEntry {
        var changes = Changes()
        changes.note("user", from: .null, to: .string(identity.user.description))
        return AuditEntry(
            action: "auth.refresh_reused",
            operation: .other,
            resourceType: "session",
            resourceID: identity.session.description,
            outcome: .denied,
            requestID: nil,
            changes: changes.canonical
        )
    }

    private static let invalid = DomainError(
        .unauthenticated,
        .refreshInvalid,
        "The refresh token is not valid.",
        hint: "Sign in again."
    )

    private static let reused = DomainError(
        .unauthenticated,
        .refreshReused,
        "The refresh token was used before, so its session was ended.",
        hint: "Sign in again."
    )
}
