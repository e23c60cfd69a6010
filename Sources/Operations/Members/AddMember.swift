package import Domain
import Storage

/// Gives a person a place in the workspace; an unknown address becomes a person without a
/// password, and the answer does not tell which of the two it was.
package struct AddMember: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - email: the person's address.
    ///   - role: a role's key, a name other systems use for it, or a role of the workspace.
    ///   - name: what a new person is called; the address tells when nil.
    ///   - caller: somebody who may add members, below their own rank.
    /// - Returns: The member.
    /// - Throws: `already_member`, `plan_limit_reached`, `grant_exceeds_own`. A pending invitation
    ///   of the person is revoked, and its seat used.
    package func callAsFunction(
        email: String,
        role: String,
        name: String?,
        by caller: TenantCaller
    ) async throws -> Member {
        let wanted = try NewMember(email: email, role: role, name: name)
        return try await environment.database.write(.tenant(caller, .memberInvite)) { scope in
            try Self.add(wanted, scope)
        }
    }

    private static func add(_ wanted: NewMember, _ scope: Scope) throws -> Member {
        let ledger = MemberLedger(scope)
        let (user, standing) = try ledger.lock(email: wanted.email, name: wanted.name)
        let role = try ledger.role(wanted.role)
        try MemberRules.check(standing.authorization, target: nil, role: role)
        try SupportNewcomer(scope: scope).check(wanted.email)
        if let present = standing.member, present.status != .removed {
            throw DomainError(.conflict, .alreadyMember, "The person is already a member.")
        }
        let lines = try InvitationTrail.endPending(of: wanted.email, scope)
        try SeatStore(scope).take()
        let joining = try ledger.join(user, as: role, invitedBy: scope.access.context.user)
        _ = try scope.batch(joining)
        let found = try scope.query(MemberStore.find(user, in: scope.tenant))
        guard let row = found.first else {
            throw DomainError(.internal, .internalError, "The member was not made.")
        }
        let member = try MemberStore.member(row)
        _ = try scope.last([MemberTrail(scope: scope, member: member).added] + lines)
        return member
    }
}
