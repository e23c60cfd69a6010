package import Domain
import Storage

/// Lets an operator into a tenant for a reason and a short time, seen by both trails; of a closed
/// tenant the session reads the audit trail alone, which the guard sees to.
package struct OpenSupportSession: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - tenant: where to.
    ///   - reason: why; the tenant reads it.
    ///   - ticket: the case it belongs to.
    ///   - mode: writing needs a super admin and the owner's consent.
    ///   - minutes: how long, at most 60 and not longer than the consent.
    ///   - consentToken: the owner's token; nil rests writing on the standing consent.
    ///   - caller: an operator who may open support sessions.
    /// - Returns: The session, which the database's clock ends.
    /// - Throws: `reason_required`, `consent_required`, `permission_denied`, `not_found`;
    ///   `invalid_transition` for one that writes in a closed tenant.
    package func callAsFunction(
        tenant: TenantID,
        reason: String,
        ticket: String?,
        mode: AccessMode,
        minutes: Int,
        consentToken: String? = nil,
        by caller: Caller
    ) async throws -> SupportSession {
        let request = try SupportRequest(
            reason: reason,
            ticket: ticket,
            mode: mode,
            minutes: minutes,
            consentToken: consentToken
        )
        return try await environment.database.write(
            .platform(caller, .platformSupportOpen, tenant: tenant)
        ) { scope in
            let target = try TenantStore(scope).lock()
            let consent = try Self.consent(behind: request.consentToken, to: target, scope)
            if request.mode == .readWrite {
                try Self.checkWriting(in: target, consent: consent, scope)
            }
            let id = scope.newID(SupportSession.self)
            let rows = try scope.batch([
                SupportSessionStore.insert(
                    id,
                    staff: caller.user,
                    tenant: tenant,
                    request: request,
                    consent: consent
                ),
                SupportSessionStore.find(id),
            ])
            guard let row = rows[1].first else {
                throw DomainError(.internal, .internalError, "The session was not made.")
            }
            let session = try SupportSessionStore.session(row)
            _ = try scope.last(SupportTrail(scope: scope, session: session).opened())
            return session
        }
    }

    /// The consent behind a token; nil without one.
    private static func consent(
        behind token: String?,
        to tenant: Tenant,
        _ scope: Scope
    ) throws -> SupportConsent? {
        guard let token else { return nil }
        let row = try ConsentToken(parsing: token).flatMap { token in
            try scope.query(
                ConsentStore.live(token.consent, tokenHash: token.hash, in: tenant.id)
            ).first
        }
        guard let row else {
            throw DomainError(
                .forbidden,
                .consentRequired,
                "The consent token does not hold for \(tenant.slug).",
                hint: "It may be over or taken back; ask the owner for a new one."
            )
        }
        return try ConsentStore.consent(row)
    }

    private static func checkWriting(
        in tenant: Tenant,
        consent: SupportConsent?,
        _ scope: Scope
    ) throws {
        guard tenant.status != .deleted else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The tenant is closed.",
                hint: "Only a read-only session can be opened there."
            )
        }
        guard try scope.authorization().role == PlatformRole.superAdmin.rawValue else {
            throw DomainError.forbidden(
                .permissionDenied,
                "Only a super admin can open a support session that writes."
            )
        }
        guard consent != nil || tenant.allowsSupportToWrite else {
            throw DomainError(
                .forbidden,
                .consentRequired,
                "The owner of \(tenant.slug) has not consented to writing support sessions.",
                hint: "Open a read-only session, or ask the owner for a consent token."
            )
        }
    }
}
