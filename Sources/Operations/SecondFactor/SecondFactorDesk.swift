import Domain
import Sealing
import Storage

/// What a new factor's app needs to know, shown once.
package struct SecondFactorEnrolment: Hashable, Sendable {
    /// Base32, for typing.
    package let secret: String
    /// For a picture.
    package let uri: String
}

/// The steps that a person at a door and an operator at the sign-in share.
struct SecondFactorDesk: Sendable {
    let environment: Environment
    let user: UserID
    let access: Access

    /// For a signed-in person.
    init(_ environment: Environment, _ caller: Caller) {
        self.environment = environment
        user = caller.user
        access = .identity(of: caller)
    }

    /// For somebody whose password was right.
    init(_ environment: Environment, _ user: UserID, requestID: String) {
        self.environment = environment
        self.user = user
        access = Access(
            context: AccessContext(kind: .system(.signIn), user: user, mode: .readWrite),
            guard: .process,
            requestID: requestID
        )
    }

    var check: FactorCheck { FactorCheck(environment: environment, user: user) }
    var now: Instant { environment.database.clock.now() }

    /// A new secret in place of one that was never confirmed.
    func enrol() async throws -> SecondFactorEnrolment {
        let secret = SecretBytes.random(count: 20)
        let sealed = try check.seal(secret)
        let email = try await environment.database.write(access) { scope in
            let rows = try scope.query(SecondFactorStore.standing(of: user))
            guard let standing = try rows.first.map(SecondFactorStore.standing) else {
                throw Refusals.sessionRevoked
            }
            guard try scope.change(SecondFactorStore.enrol(user, secret: sealed)) == 1 else {
                throw SecondFactorRefusals.present
            }
            _ = try scope.last([scope.recordPlatform(entry("auth.mfa_enrolled"))])
            return standing.email
        }
        let app = OneTimePassword(secret: secret)
        return SecondFactorEnrolment(
            secret: secret.base32,
            uri: app.uri(account: email, issuer: environment.policy.name)
        )
    }

    /// Proves that the app has the secret; the recovery codes, shown once.
    func confirm(
        _ code: String,
        using token: SecondFactorUse? = nil
    ) async throws -> [String] {
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode() }
        try await settle("auth.mfa_confirmed", code, using: token, confirming: true) {
            SecondFactorStore.replaceRecoveryCodes(codes.map(\.hash), of: user)
        }
        return codes.map(\.text)
    }

    /// Checks a code and does what it stands for, in one transaction.
    ///
    /// `token`: what a right code takes up at the sign-in. A wrong one leaves it as it is.
    @discardableResult
    func settle(
        _ action: String,
        _ code: String,
        using token: SecondFactorUse? = nil,
        confirming: Bool = false,
        then work: @Sendable () -> [Statement] = { [] }
    ) async throws -> SignInProof {
        let outcome = try await environment.database.write(access) { scope in
            let outcome = try check(code, confirming: confirming, in: scope)
            switch outcome {
            case .good(let proof):
                try token?.take(by: user, in: scope)
                _ = try scope.last(work() + [scope.recordPlatform(entry(action, proof))])
            case .wrong:
                _ = try scope.last([scope.recordPlatform(entry(action, outcome: .failed))])
            case .locked, .none: break
            }
            return outcome
        }
        return try outcome.proof(now: now)
    }

    private func entry(
        _ action: String,
        _ proof: SignInProof? = nil,
        outcome: AuditEntry.Outcome = .success
    ) -> AuditEntry {
        var changes = Changes()
        if let proof { changes.note("proof", from: .null, to: .string(proof.rawValue)) }
        return AuditEntry(
            action: action,
            operation: .other,
            resourceType: "user",
            resourceID: user.description,
            outcome: outcome,
            requestID: nil,
            changes: changes.canonical
        )
    }
}

extension Access {
    /// A signed-in person and what proves them: seen by the process alone, after the guard has
    /// proven the session.
    static func identity(of caller: Caller, mode: AccessMode = .readWrite) -> Access {
        Access(
            context: AccessContext(kind: .system(.signIn), user: caller.user, mode: mode),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
    }
}
