package import Domain
import Storage

/// Offers a mail address a place: a seat is reserved, and a mail with a token is queued.
///
/// The answer does not tell whether the address is known.
package struct InviteMember: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - new: Who, as what, in which language.
    ///   - caller: Somebody who may add members, below their own rank and within their rights.
    /// - Returns: The invitation; its token is in the mail only.
    /// - Throws: `already_member`, `invitation_pending`, `plan_limit_reached`,
    ///   `grant_exceeds_own`; `rate_limited` for an address that was mailed a moment ago.
    package func callAsFunction(
        _ new: NewInvitation,
        by caller: TenantCaller
    ) async throws -> Invitation {
        try await environment.database.write(.tenant(caller, .memberInvite)) { scope in
            let members = MemberLedger(scope)
            let authorization = try members.lock()
            let role = try members.role(new.role)
            try MemberRules.requireGrant(of: role, by: authorization)
            try SupportNewcomer(scope: scope).check(new.email)
            let expired = try Self.clear(new.email, scope)
            try SeatStore(scope).reserve()
            let id = scope.newID(Invitation.self)
            let letter = InvitationLetter(environment, scope)
            let token = InvitationToken(tenant: try scope.tenant)
            let expiry = letter.expiry
            let made = try InvitationLedger(scope).insert(
                id,
                new,
                role: role,
                token: token.hash,
                expiresAt: expiry
            )
            let mail = try letter.mail(
                to: new.email,
                in: new.language,
                role: role.name,
                token: token
            )
            _ = try scope.batch([made, mail])
            let stored = try Self.stored(id, scope)
            var changes = Changes()
            changes.note("role", from: .null, to: .string(role.name))
            let line = InvitationTrail(scope: scope, id: id)
                .record("invitation.created", .create, changes: changes)
            _ = try scope.last(expired + [line])
            return stored.invitation
        }
    }

    /// Lets go of what has run out, and refuses who is a member or invited already; the lines for
    /// the trail.
    private static func clear(_ email: EmailAddress, _ scope: Scope) throws -> [Statement] {
        let ledger = InvitationLedger(scope)
        let expired = try ledger.expireOverdue().map {
            InvitationTrail(scope: scope, id: $0).settled(.expired)
        }
        if let user = try UserStore.find(email, in: scope),
            let row = try scope.query(MemberStore.find(user, in: scope.tenant)).first,
            try MemberStore.member(row).status != .removed
        {
            throw DomainError(.conflict, .alreadyMember, "The person is already a member.")
        }
        guard try ledger.pending(email) == nil else {
            throw DomainError(
                .conflict,
                .invitationPending,
                "The address has been invited already.",
                hint: "Send the invitation again, or revoke it first."
            )
        }
        try ledger.requirePause(email)
        return expired
    }

    static func stored(_ id: InvitationID, _ scope: Scope) throws -> StoredInvitation {
        let rows = try scope.query(InvitationStore.find(id, in: try scope.tenant))
        guard let row = rows.first else {
            throw DomainError.notFound("invitation", id.description)
        }
        return try StoredInvitation(row)
    }
}

/// The mail of an invitation, in the transaction that makes or renews it.
struct InvitationLetter {
    private let environment: Environment
    private let scope: Scope

    init(_ environment: Environment, _ scope: Scope) {
        self.environment = environment
        self.scope = scope
    }

    var expiry: Instant { scope.clock.now().advanced(by: Invitation.life) }

    /// The statement that queues the mail.
    func mail(
        to email: EmailAddress,
        in language: Mail.Language,
        role: String,
        token: InvitationToken
    ) throws -> Statement {
        guard let inviter = scope.access.context.user else { throw Refusals.sessionRevoked }
        let setting = try InvitationLedger(scope).setting(inviter: inviter)
        return try Outbox(environment).queue(
            Mail(
                .invitation,
                to: email,
                in: language,
                values: [
                    "name": String(email.description.prefix { $0 != "@" }),
                    "workspace": setting?.workspace ?? "", "inviter": setting?.inviter ?? "",
                    "role": role,
                    "token": token.text, "expires_at": expiry.rfc3339,
                ]
            )
        )
    }
}
