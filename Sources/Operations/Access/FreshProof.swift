package import Domain
import Storage

// DESIGN
//
// 1. An access token says that somebody signed in, perhaps days ago. It must not suffice to change
//    who gets in from now on, or to end the account: whoever stole it would keep what they stole.
// 2. Where a second factor is on, a code is asked for; else the password. Who has neither comes
//    from an issuer, and signs in there anew: the session is then young.
// 3. A wrong password counts against the session, a wrong code against the factor, so neither can
//    be guessed with a stolen token.
// 4. A code is used up by showing it, also when the change is refused after it.

/// What a signed-in person shows once more before something grave.
package struct FreshProof: Hashable, Sendable {
    /// Exactly as received.
    package var password: [UInt8]?
    /// One of the app, or a recovery code.
    package var code: String?

    package init(password: [UInt8]? = nil, code: String? = nil) {
        self.password = password
        self.code = code
    }

    package static let none = FreshProof()
}

/// A proof is missing.
package struct FreshProofRequired: Error, Hashable, Sendable {
    package let need: Need

    package init(need: Need) {
        self.need = need
    }

    /// What would do.
    package enum Need: String, CaseIterable, Hashable, Sendable {
        case password
        case code
        /// A new sign-in, at the issuer that the person comes from.
        case signIn = "sign_in"
    }

    /// The same for people.
    package var problem: DomainError {
        DomainError(
            .forbidden,
            .reauthenticationRequired,
            "This takes a fresh proof that it is you.",
            hint: hint
        )
    }

    private var hint: String {
        switch need {
        case .password: "Send your password along."
        case .code: "Send a code of your second factor along."
        case .signIn: "Sign in again, then do this within five minutes."
        }
    }
}

/// Looks at a proof before a change is made.
struct FreshProofCheck: Sendable {
    private let environment: Environment
    private let caller: Caller

    /// How long a sign-in counts for somebody who has nothing to show.
    static let youth = Duration.seconds(300)

    init(_ environment: Environment, _ caller: Caller) {
        self.environment = environment
        self.caller = caller
    }

    /// - Throws: ``FreshProofRequired``; `mfa_invalid` or a validation error for a wrong one;
    ///   `rate_limited` after several wrong ones; `session_revoked`.
    func callAsFunction(_ proof: FreshProof) async throws {
        let standing = try await standing()
        if standing.hasFactor {
            guard let code = proof.code else { throw FreshProofRequired(need: .code) }
            try await SecondFactorDesk(environment, caller).settle("auth.proven", code)
        } else if let hash = standing.passwordHash {
            guard let password = proof.password else { throw FreshProofRequired(need: .password) }
            try await PasswordProof(environment, caller)
                .check(password, "password", of: standing.email, against: hash)
        } else {
            let age = standing.signedInAt.duration(to: environment.database.clock.now())
            guard age <= Self.youth else { throw FreshProofRequired(need: .signIn) }
        }
    }

    private func standing() async throws -> ProofStanding {
        let rows = try await environment.database.fetch(
            .identity(of: caller, mode: .readOnly),
            SessionStore.proofStanding(of: caller.user, session: caller.session)
        ).rows
        guard let row = rows.first else { throw Refusals.sessionRevoked }
        return try SessionStore.proofStanding(row)
    }
}

/// The password of somebody who is signed in, shown once more.
///
/// A stolen session must not serve to guess it: wrong ones are counted.
struct PasswordProof: Sendable {
    private let environment: Environment
    private let caller: Caller

    init(_ environment: Environment, _ caller: Caller) {
        self.environment = environment
        self.caller = caller
    }

    /// - Parameters:
    ///   - password: exactly as received.
    ///   - field: what the input calls it.
    ///   - email: the person's address.
    ///   - hash: what is stored; nil for nobody's.
    /// - Throws: A validation error for a wrong one; `rate_limited` after several.
    func check(
        _ password: [UInt8],
        _ field: String,
        of email: String,
        against hash: String?
    ) async throws {
        let admission = try await SignInThrottle(environment).admit(
            SignInTry(change: email, of: caller)
        )
        let matches = try await PasswordCheck(environment.passwords)
            .verify(password, against: hash, isPreferred: true)
        guard matches else { throw DomainError.invalid(field, "is not your password") }
        try await environment.database.system(reason: .signIn) { scope in
            _ = try scope.last(try SignInThrottle.succeeded(admission.keys, in: scope))
        }
    }
}
