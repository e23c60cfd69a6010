package import Domain
import Storage

/// Takes a consent back; the sessions that rest on it and the invitations that operators sent end
/// in the same transaction.
package struct RevokeSupportConsent: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `permission_denied` for anybody but an owner, `not_found`, `invalid_transition`
    ///   for a consent that no longer holds.
    package func callAsFunction(_ id: SupportConsentID, by caller: TenantCaller) async throws {
        let tenant = caller.tenant
        try await environment.database.write(.tenant(caller, .ownerManage)) { scope in
            // The lock that opening a session takes: none can begin behind our back.
            _ = try TenantStore(scope).lock()
            guard let row = try scope.query(ConsentStore.find(id, in: tenant)).first else {
                throw DomainError.notFound("consent", id.description)
            }
            let consent = try ConsentStore.consent(row)
            let revoke = ConsentStore.revoke(id, in: tenant, by: caller.caller.user)
            guard try scope.change(revoke) == 1 else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The consent no longer holds."
                )
            }
            let ended = try scope.change(SupportSessionStore.end(restingOn: id, in: tenant))
            let invitations = try InvitationTrail.revokeSupport(scope)
            let trail = ConsentTrail(scope: scope, consent: consent)
            _ = try scope.last(invitations + [trail.revoked(sessionsEnded: ended)])
        }
    }
}
