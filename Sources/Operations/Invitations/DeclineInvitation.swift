import Domain
import Storage

/// Turns an invitation down and frees its seat; who holds the token need not be signed in.
package struct DeclineInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Declining twice changes nothing a second time.
    ///
    /// - Throws: `not_found`, `not_pending` when it was accepted, `invitation_expired`,
    ///   `invitation_revoked`.
    package func callAsFunction(token text: String, requestID: String) async throws {
        let token = try InvitationToken(parsing: text)
        try await environment.database.system(
            reason: .invitation,
            tenant: token.tenant,
            requestID: requestID
        ) { scope in
            _ = try OpenInvitation.find(token, scope)
            try MemberLedger(scope).lockUnguarded()
            let stored = try OpenInvitation.find(token, scope)
            if stored.invitation.status == .declined { return }
            guard stored.invitation.status != .accepted else { throw DomainError.notPending }
            try stored.requireStanding()
            let id = stored.invitation.id
            let line = InvitationTrail(scope: scope, id: id).settled(.declined)
            _ = try scope.last(InvitationLedger(scope).settle(id, as: .declined) + [line])
        }
    }
}
