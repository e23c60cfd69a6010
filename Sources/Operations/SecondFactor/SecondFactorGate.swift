package import Domain
import Storage

/// Whoever has a second factor, or must have one, gets no session for a password alone.
struct SecondFactorGate: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - user: who has proven who they are.
    ///   - request: the session that was asked for.
    ///   - admission: the try that stays counted until a code was shown; nil without a password.
    /// - Throws: ``SecondFactorRequired``.
    func check(
        _ user: UserID,
        _ request: SessionRequest,
        _ admission: SignInAdmission? = nil
    ) async throws {
        guard let standing = try await standing(of: user, request.requestID) else { return }
        let must = standing.isOperator && environment.policy.operatorsNeedSecondFactor
        guard standing.hasFactor || must else { return }
        let now = environment.database.clock.now()
        let token = SecondFactorToken(
            user,
            standing.hasFactor ? .verify : .enrol,
            request,
            pending: admission.map(PendingSignIn.init),
            version: standing.version,
            now: now
        )
        throw SecondFactorRequired(
            token: try token.sealed(by: environment.sealer),
            expiresAt: now.advanced(by: SecondFactorToken.life),
            needsEnrolment: !standing.hasFactor
        )
    }

    /// Whether the person may not be without a factor.
    func isDemanded(of user: UserID, _ requestID: String?) async throws -> Bool {
        guard environment.policy.operatorsNeedSecondFactor else { return false }
        return try await standing(of: user, requestID)?.isOperator ?? false
    }

    private func standing(of user: UserID, _ requestID: String?) async throws -> FactorStanding? {
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: user, mode: .readOnly),
            guard: .process,
            requestID: requestID
        )
        let rows = try await environment.database
            .fetch(access, SecondFactorStore.standing(of: user)).rows
        return try rows.first.map(SecondFactorStore.standing)
    }
}

/// The password was right and does not suffice.
package struct SecondFactorRequired: Error, Sendable {
    /// Proves the password for some minutes; it opens nothing by itself.
    package let token: String
    package let expiresAt: Instant
    /// Whether a factor must be set up, instead of a code being shown.
    package let needsEnrolment: Bool

    /// The same for people.
    package var problem: DomainError {
        needsEnrolment
            ? DomainError(
                .unauthenticated,
                .mfaEnrolmentRequired,
                "Operators need a second factor, and none is set up.",
                hint: "Set one up with the mfa_token."
            )
            : DomainError(
                .unauthenticated,
                .mfaRequired,
                "A code of the second factor is needed.",
                hint: "Send it with the mfa_token."
            )
    }
}
