package import Domain
import Storage

// DESIGN
//
// 1. The caller is no member, so the guard proves the session only; the token names the one row
//    of the tenant that is touched.
// 2. Under the lock of the tenant's counters: is it still open, is it for this mail address, may
//    whoever invited still give this role? What held when it was sent need not hold now.
// 3. The person's row is held as well, before the invitation is read: whoever is being erased joins
//    nothing behind the erasure's back.
// 4. The reserved seat becomes the member's. Accepting twice changes nothing a second time.

/// Takes the place that an invitation offers.
package struct AcceptInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// What the person has joined.
    package struct Joined: Hashable, Sendable {
        package var tenant: TenantID
        package var slug: String
        package var workspace: String
        package var member: Member
    }

    /// - Throws: `not_found`, `email_mismatch`, `already_member`, `grant_exceeds_own`,
    ///   `invitation_expired`, `invitation_revoked`, `invitation_declined`.
    package func callAsFunction(token text: String, by caller: Caller) async throws -> Joined {
        let token = try InvitationToken(parsing: text)
        return try await environment.database.write(.invited(caller, to: token.tenant)) { scope in
            // Nobody with a made-up token gets as far as the lock.
            _ = try OpenInvitation.find(token, scope)
            try MemberLedger(scope).lockUnguarded()
            let address = try Self.hold(caller.user, scope)
            let stored = try OpenInvitation.find(token, scope)
            try Self.requireAddress(stored, address)
            let place = try Self.place(stored, scope)
            let present = try scope.query(MemberStore.find(caller.user, in: token.tenant))
                .first.map(MemberStore.member)
            if stored.acceptedBy == caller.user, let present, present.status != .removed {
                return place(present)
            }
            guard stored.acceptedBy == nil else { throw InvitationToken.unknown }
            try stored.requireStanding()
            guard present == nil || present?.status == .removed else {
                throw DomainError(.conflict, .alreadyMember, "You are already a member.")
            }
            return place(try Self.join(stored, as: caller.user, scope))
        }
    }

    private static func join(
        _ stored: StoredInvitation,
        as user: UserID,
        _ scope: Scope
    ) throws -> Member {
        guard let role = stored.role else { throw DomainError.notPending }
        let ledger = InvitationLedger(scope)
        try requireInviter(of: stored, role, ledger)
        _ = try scope.batch(ledger.accept(stored, as: role, by: user))
        guard let row = try scope.query(MemberStore.find(user, in: scope.tenant)).first else {
            throw DomainError(.internal, .internalError, "The member was not made.")
        }
        let member = try MemberStore.member(row)
        _ = try scope.last([
            InvitationTrail(scope: scope, id: stored.invitation.id).settled(.accepted),
            MemberTrail(scope: scope, member: member).added,
        ])
        return member
    }

    /// Keeps the person what they are until the end of the transaction: an erasure that began
    /// before is over now, and one that begins later waits.
    ///
    /// - Returns: The person's address in the form for comparing.
    private static func hold(_ user: UserID, _ scope: Scope) throws -> String {
        guard let address = try UserStore.hold(user, in: scope) else {
            throw Refusals.sessionRevoked
        }
        return address
    }

    private static func requireAddress(
        _ stored: StoredInvitation,
        _ own: String
    ) throws(DomainError) {
        guard own == stored.emailNorm else {
            throw DomainError.forbidden(
                .emailMismatch,
                "The invitation was sent to another mail address than yours."
            )
        }
    }

    /// Whoever invited may have lost the right, or stand lower now.
    ///
    /// An operator's invitation was made with the owner's consent, and holds as an admin's does as
    /// long as the operator is one; taking the consent back ends it.
    private static func requireInviter(
        of stored: StoredInvitation,
        _ role: MemberRole,
        _ ledger: InvitationLedger
    ) throws {
        let invitedBy = stored.invitation.invitedBy
        let inviter =
            stored.bySupport
            ? try ledger.supportStillMay(invitedBy) ? Authorization(.admin) : nil
            : try ledger.inviter(invitedBy)
        do throws(DomainError) {
            guard let inviter else { throw Refusals.permissionDenied }
            try MemberRules.requireGrant(of: role, by: inviter)
        } catch {
            throw DomainError(
                .forbidden,
                .grantExceedsOwn,
                "Whoever invited you may not give the role \(role.name) any more.",
                hint: "Ask for another invitation."
            )
        }
    }

    /// The workspace around a membership; a suspended one takes nobody in.
    private static func place(
        _ stored: StoredInvitation,
        _ scope: Scope
    ) throws -> (Member) -> Joined {
        let tenant = try scope.tenant
        let inviter = stored.invitation.invitedBy
        guard let setting = try InvitationLedger(scope).setting(inviter: inviter) else {
            throw InvitationToken.unknown
        }
        guard setting.status == .active else {
            throw setting.status == .suspended ? Refusals.tenantSuspended : InvitationToken.unknown
        }
        return {
            Joined(
                tenant: tenant,
                slug: setting.slug,
                workspace: setting.workspace,
                member: $0
            )
        }
    }
}
