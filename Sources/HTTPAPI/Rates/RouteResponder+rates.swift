import Domain
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Operations

extension RouteResponder {
    /// Holds whoever was found to ask to their own limits; those who only want to come in, to
    /// theirs.
    func admit(
        _ request: Request,
        _ credential: Credential,
        context: APIContext
    ) async throws {
        let gate = services.rates
        let verdict: RateVerdict?
        switch credential {
        case .none:
            guard request.method == .post, route.access == .everyone else { return }
            verdict = try await AdmitSignIn(services.environment)(
                context.client ?? "unknown",
                gate
            )
        case .token(let claims):
            verdict = gate.take([
                RateCheck(.user(claims.user.uuid), gate.limits.user),
                write(request, claims.user.uuid),
            ])
        case .key(let key):
            let id = key.proof.id.uuid
            // A key's own limit makes the usual one narrower, never wider.
            let own = key.ratePerMinute.flatMap { RateLimit.perMinute($0) }
                .map { own in gate.limits.key.map { own.narrowed(to: $0) } ?? own }
            verdict = gate.take([
                RateCheck(.key(id), own ?? gate.limits.key),
                write(request, id),
            ])
        }
        context.trace.note(verdict)
        guard let verdict, !verdict.decision.isAllowed else { return }
        if case .key(let key) = credential {
            try await JudgeAPIKey(services.environment)(key, requestID: context.requestID)
        }
        throw DomainError.rateLimited(verdict)
    }

    private func write(_ request: Request, _ who: UUID) -> RateCheck? {
        guard request.method != .get, request.method != .head else { return nil }
        return RateCheck(.write(who), services.rates.limits.write)
    }
}

extension Exchange {
    /// Holds the tenant to its limit, whoever asks in it.
    func admit(_ tenant: TenantID) throws {
        let gate = services.rates
        let verdict = gate.take([RateCheck(.tenant(tenant.uuid), gate.limits.tenant)])
        context.trace.note(verdict)
        if let verdict, !verdict.decision.isAllowed { throw DomainError.rateLimited(verdict) }
    }
}
