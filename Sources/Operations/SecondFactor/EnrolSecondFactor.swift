package import Domain
import Storage

/// Begins a second factor for the caller: a secret for an authenticator app.
package struct EnrolSecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `mfa_conflict` when there is one; ``FreshProofRequired`` and what a wrong proof is
    ///   answered with; `session_revoked`.
    package func callAsFunction(
        proof: FreshProof,
        by caller: Caller
    ) async throws -> SecondFactorEnrolment {
        let desk = SecondFactorDesk(environment, caller)
        // There is no proof for what cannot be done.
        guard try await ShowSecondFactor(environment)(by: caller) == nil else {
            throw SecondFactorRefusals.present
        }
        try await FreshProofCheck(environment, caller)(proof)
        return try await desk.enrol()
    }

    /// The same for an operator whom the sign-in has sent here.
    ///
    /// - Throws: `mfa_invalid` for a token that is not good for this.
    package func callAsFunction(
        token: String,
        requestID: String
    ) async throws -> SecondFactorEnrolment {
        let proven = try await ProvenPassword(environment)(
            token,
            for: .enrol,
            client: ClientInfo(userAgent: nil, ip: nil),
            requestID: requestID
        )
        return try await SecondFactorDesk(environment, proven.user, requestID: requestID).enrol()
    }
}

/// Ends the enrolment with a first code of the app.
package struct ConfirmSecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// The code is proof enough: its secret was shown for one.
    ///
    /// - Returns: The recovery codes, which are shown once.
    /// - Throws: `mfa_invalid` for a wrong code; `mfa_conflict` when nothing was begun.
    package func callAsFunction(code: String, by caller: Caller) async throws -> [String] {
        try await SecondFactorDesk(environment, caller).confirm(code)
    }

    /// The same for an operator at the sign-in, who comes in by it.
    package func callAsFunction(
        token: String,
        code: String,
        client: ClientInfo,
        requestID: String
    ) async throws -> (signedIn: SignedIn, recoveryCodes: [String]) {
        let proven = try await ProvenPassword(environment)(
            token,
            for: .enrol,
            client: client,
            requestID: requestID
        )
        let desk = SecondFactorDesk(environment, proven.user, requestID: requestID)
        let codes = try await desk.confirm(code, using: proven.use)
        let signedIn = try await proven.open(environment, proof: .totp)
        return (signedIn, codes)
    }
}

/// Opens what a sign-in has handed out, and looks whether it still holds.
struct ProvenPassword: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `mfa_invalid` for a token that is over or has opened a session, or of a person
    ///   who changed meanwhile.
    func callAsFunction(
        _ text: String,
        for purpose: SecondFactorToken.Purpose,
        client: ClientInfo,
        requestID: String
    ) async throws -> ProvenPerson {
        let token = try SecondFactorToken(
            text,
            for: purpose,
            sealer: environment.sealer,
            now: environment.database.clock.now()
        )
        let proven = try token.proven(
            client,
            requestID: requestID,
            sealer: environment.sealer
        )
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: proven.user, mode: .readOnly),
            guard: .process,
            requestID: requestID
        )
        let rows = try await environment.database
            .fetch(
                access,
                SecondFactorStore.standing(of: proven.user, tokenHash: proven.use.tokenHash)
            ).rows
        guard let standing = try rows.first.map(SecondFactorStore.standing), standing.isActive,
            standing.version == token.version, !standing.isTokenUsed
        else { throw SecondFactorRefusals.token }
        return proven
    }
}
