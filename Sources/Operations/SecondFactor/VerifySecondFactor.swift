package import Domain
import Storage

/// Opens the session that a right password was not enough for.
package struct VerifySecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - token: what the sign-in has handed out.
    ///   - code: one of the app, or a recovery code.
    ///   - client: what is known of the machine that asks.
    ///   - requestID: ties log, trail and answer together.
    /// - Returns: The session and the token that proves it.
    /// - Throws: `mfa_invalid`; `rate_limited` after too many wrong codes; what opening a session
    ///   throws.
    package func callAsFunction(
        token: String,
        code: String,
        client: ClientInfo,
        requestID: String
    ) async throws -> SignedIn {
        let proven = try await ProvenPassword(environment)(
            token,
            for: .verify,
            client: client,
            requestID: requestID
        )
        let desk = SecondFactorDesk(environment, proven.user, requestID: requestID)
        let proof = try await desk.settle("auth.mfa", code, using: proven.use)
        return try await proven.open(environment, proof: proof)
    }
}

/// Takes the caller's second factor away; one of its codes is needed for that.
package struct DisableSecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `mfa_invalid` for a wrong code; `mfa_conflict` when there is no factor, or when the
    ///   caller is an operator who must have one.
    package func callAsFunction(code: String, by caller: Caller) async throws {
        let user = caller.user
        guard try await !SecondFactorGate(environment).isDemanded(of: user, caller.requestID) else {
            throw DomainError(
                .conflict,
                .mfaConflict,
                "Operators need a second factor here.",
                hint: "Ask another operator to take your role away first."
            )
        }
        try await SecondFactorDesk(environment, caller).settle("auth.mfa_disabled", code) {
            [SecondFactorStore.delete(user)]
        }
    }
}

/// New recovery codes for the caller, in place of all old ones.
package struct RenewRecoveryCodes: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The codes, which are shown once.
    /// - Throws: `mfa_invalid` for a wrong code; `mfa_conflict` when there is no factor.
    package func callAsFunction(code: String, by caller: Caller) async throws -> [String] {
        let user = caller.user
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode() }
        try await SecondFactorDesk(environment, caller).settle("auth.mfa_codes_renewed", code) {
            SecondFactorStore.replaceRecoveryCodes(codes.map(\.hash), of: user)
        }
        return codes.map(\.text)
    }
}

/// Whether the caller has a second factor.
package struct ShowSecondFactor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: Since when, and how many recovery codes are left; nil without a factor.
    package func callAsFunction(by caller: Caller) async throws -> SecondFactorStatus? {
        let rows = try await environment.database.fetch(
            .identity(of: caller, mode: .readOnly),
            SecondFactorStore.status(of: caller.user)
        ).rows
        return try rows.first.map { row in
            let (since, left) = try SecondFactorStore.status(row)
            return SecondFactorStatus(confirmedAt: since, recoveryCodesLeft: left)
        }
    }
}

/// A factor as its person sees it.
package struct SecondFactorStatus: Hashable, Sendable {
    package let confirmedAt: Instant
    package let recoveryCodesLeft: Int64
}
