import Domain
import FoundationEssentials
import Sealing
import Storage

// DESIGN
//
// 1. The row is locked while a code is checked: two requests with one code cannot both win.
// 2. A wrong code is counted in the same transaction, which therefore ends well; the refusal is
//    thrown after it.
// 3. From the fifth wrong code on, each locks the factor: a minute, then twice as long each time,
//    an hour at most. Only somebody who knows the password gets here, so no stranger can lock.

/// Checks a code of the app or of the list, and uses it up.
struct FactorCheck {
    let environment: Environment
    let user: UserID

    enum Outcome: Hashable, Sendable {
        case good(SignInProof)
        case wrong
        case locked(until: Instant)
        case none

        /// - Throws: The refusal of everything but a good code.
        func proof(now: Instant) throws(DomainError) -> SignInProof {
            switch self {
            case .good(let proof): return proof
            case .wrong: throw SecondFactorRefusals.code
            case .locked(let until): throw SecondFactorRefusals.locked(until: until, now: now)
            case .none: throw SecondFactorRefusals.none
            }
        }
    }

    static let free: Int32 = 5
    private static let longestLock: Int64 = 3_600

    /// Looks at a code; `confirming` for the first one, which proves that the app has the secret.
    func callAsFunction(
        _ code: String,
        confirming: Bool = false,
        in scope: Scope
    ) throws -> Outcome {
        let rows = try scope.query(SecondFactorStore.lock(user))
        guard let factor = try rows.first.map(SecondFactorStore.factor),
            factor.isConfirmed != confirming
        else { return .none }
        let now = environment.database.clock.now()
        if let retryAt = factor.retryAt, now < retryAt { return .locked(until: retryAt) }
        let plain = OneTimeCode.plain(String(code.prefix(OneTimeCode.longest)))
        if OneTimeCode.isOfApp(plain) {
            let app = OneTimePassword(secret: try open(factor.secret))
            if let step = app.step(of: plain, now: now, after: factor.lastStep) {
                _ = try scope.query(SecondFactorStore.use(step: step, of: user))
                return .good(.totp)
            }
        } else if !confirming {
            let hash = RecoveryCode.hash(plain)
            if try scope.change(SecondFactorStore.use(recoveryCode: hash, of: user)) == 1 {
                _ = try scope.query(SecondFactorStore.forgetFailures(of: user))
                return .good(.recoveryCode)
            }
        }
        return try fail(factor, now: now, in: scope)
    }

    private func fail(_ factor: SecondFactor, now: Instant, in scope: Scope) throws -> Outcome {
        let failures = min(factor.failures, 1_000) + 1
        var until: Instant?
        if failures >= Self.free {
            let doublings = min(Int64(failures - Self.free), 6)
            until = now.advanced(by: .seconds(min(60 << doublings, Self.longestLock)))
        }
        _ = try scope.query(SecondFactorStore.fail(failures, until: until, of: user))
        return .wrong
    }

    func seal(_ secret: SecretBytes) throws -> [UInt8] {
        try environment.sealer.seal(secret, context: place).bytes
    }

    private func open(_ bytes: [UInt8]) throws -> SecretBytes {
        do {
            return try environment.sealer.open(try Sealed(parsing: bytes), context: place)
        } catch {
            throw DomainError(
                .unavailable,
                .unavailable,
                "The second factor cannot be read with this installation's keys.",
                hint: "An administrator must bring back the sealing key."
            )
        }
    }

    private var place: SealingContext { ["second_factors", "secret", user.description] }
}
