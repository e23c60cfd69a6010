package import Domain
import Storage

/// Sends an invitation once more, with another token and another seven days; the token of the mail
/// before opens nothing any more.
package struct ResendInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, `not_pending`; `grant_exceeds_own`, because who sends it vouches for
    ///   it from now on; `rate_limited` a moment after the last mail.
    package func callAsFunction(
        _ id: InvitationID,
        by caller: TenantCaller
    ) async throws -> Invitation {
        try await environment.database.write(.tenant(caller, .memberInvite)) { scope in
            let authorization = try MemberLedger(scope).lock()
            let stored = try InviteMember.stored(id, scope)
            guard stored.isOpen, let role = stored.role else { throw DomainError.notPending }
            try MemberRules.requireGrant(of: role, by: authorization)
            let address = try EmailAddress(stored.invitation.email)
            try SupportNewcomer(scope: scope).check(address)
            try InvitationLedger(scope).requirePause(address)
            let letter = InvitationLetter(environment, scope)
            let token = InvitationToken(tenant: try scope.tenant)
            let rotation = try InvitationLedger(scope).rotate(
                id,
                token: token.hash,
                expiresAt: letter.expiry
            )
            let mail = try letter.mail(
                to: address,
                in: stored.language,
                role: role.name,
                token: token
            )
            _ = try scope.batch([rotation, mail])
            let renewed = try InviteMember.stored(id, scope)
            let line = InvitationTrail(scope: scope, id: id).record("invitation.resent", .update)
            _ = try scope.last([line])
            return renewed.invitation
        }
    }
}

extension DomainError {
    static let notPending = DomainError(
        .conflict,
        .notPending,
        "The invitation is not pending any more.",
        hint: "Invite the address anew."
    )
}
