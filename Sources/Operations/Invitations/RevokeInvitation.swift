package import Domain
import Storage

/// Takes an invitation back and frees its seat.
package struct RevokeInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, `not_pending`; `grant_exceeds_own` for one that the caller could not
    ///   have sent.
    package func callAsFunction(_ id: InvitationID, by caller: TenantCaller) async throws {
        try await environment.database.write(.tenant(caller, .memberInvite)) { scope in
            let authorization = try MemberLedger(scope).lock()
            let stored = try InviteMember.stored(id, scope)
            guard stored.isOpen, let role = stored.role else { throw DomainError.notPending }
            try MemberRules.requireGrant(of: role, by: authorization)
            let line = InvitationTrail(scope: scope, id: id).settled(.revoked)
            _ = try scope.last(InvitationLedger(scope).settle(id, as: .revoked) + [line])
        }
    }
}
