package import Domain
import Storage

/// Whether an address may try to come in once more.
///
/// The shared table decides, so that many processes do not mean many tries; when it cannot be
/// reached, nobody comes in.
package struct AdmitSignIn: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: What the limit says, a refusal too; nil without a limit.
    /// - Throws: `unavailable` when the table does not answer.
    package func callAsFunction(_ client: String, _ gate: RateGate) async throws -> RateVerdict? {
        guard let check = RateCheck(.signIn(client), gate.limits.signIn) else { return nil }
        // What is full here is full: no question is asked.
        let verdict = gate.take([check])
        if let verdict, !verdict.decision.isAllowed { return verdict }
        let rows = try await environment.database.system(reason: .signIn) { scope in
            try scope.last([RateStore.take(check.bucket.shared, check.limit)])[0].count
        }
        return rows > 0 ? verdict : RateVerdict(check: check, decision: check.limit.refusal)
    }
}

extension DomainError {
    package static func rateLimited(_ verdict: RateVerdict) -> DomainError {
        rateLimited(after: verdict.decision.retryAfter)
    }

    static func rateLimited(after pause: Duration) -> DomainError {
        let seconds = max(1, Int64((pause / .seconds(1)).rounded(.up)))
        return DomainError(
            .limited(retryAfter: .seconds(seconds)),
            .rateLimited,
            "Too many requests.",
            hint: "Try again in \(seconds == 1 ? "1 second" : "\(seconds) seconds")."
        )
    }
}
