package import Domain
import Storage

/// Takes an invitation back and frees its seat.
package struct RevokeInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, `not_pending`.
    package func callAsFunction(_ id: InvitationID, by caller: TenantCaller) async throws {
        try await environment.database.write(.tenant(caller, .memberInvite)) { scope in
            _ = try MemberLedger(scope).lock()
            let stored = try InviteMember.stored(id, scope)
            guard stored.isOpen else { throw DomainError.notPending }
            let line = InvitationTrail(scope: scope, id: id).settled(.revoked)
            _ = try scope.last(InvitationLedger(scope).settle(id, as: .revoked) + [line])
        }
    }
}
