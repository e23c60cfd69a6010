package import Domain
package import Postgres

// DESIGN
//
// 1. Every change happens under the lock of the tenant's counters (`MemberLedger.lock`), so that
//    seats, roles and memberships cannot move meanwhile.
// 2. A pending invitation holds one reserved seat; whatever ends it either turns that seat into a
//    member's or frees it, in the same transaction.
// 3. A settled invitation lets go of its role, and only the role's name stays.

/// Changes of the invitations of the context's tenant.
package struct InvitationLedger {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// The statements that make an invitation; the seat was reserved before.
    package func insert(
        _ id: InvitationID,
        _ new: NewInvitation,
        role: MemberRole,
        token hash: [UInt8],
        expiresAt: Instant
    ) throws -> SQL {
        let context = scope.access.context
        return """
            INSERT INTO invitations (tenant_id, id, email, email_norm, role_key, role_id,
                role_name, language, token_hash, invited_by, by_support, sent_at, expires_at)
            VALUES (\(try scope.tenant), \(id), \(new.email.description), \(new.email.normalized),
                \(role.key), \(role.id), \(role.name), \(new.language.rawValue), \(hash),
                \(context.user), \(context.supportSession != nil), \(scope.clock.now()),
                \(expiresAt))
            """
    }

    /// Another token and another seven days; the old token opens nothing any more.
    package func rotate(
        _ id: InvitationID,
        token hash: [UInt8],
        expiresAt: Instant
    ) throws -> SQL {
        let context = scope.access.context
        let now = scope.clock.now()
        return """
            UPDATE invitations
            SET token_hash = \(hash), expires_at = \(expiresAt), sent_at = \(now),
                sends = CASE WHEN sent_at >= \(InvitationPause.dayBegin(of: now)) THEN sends + 1
                    ELSE 1 END,
                invited_by = \(context.user), by_support = \(context.supportSession != nil),
                version = version + 1
            WHERE tenant_id = \(try scope.tenant) AND id = \(id) AND status = 'pending'
            """
    }

    /// The statements that end an invitation which nobody accepted.
    package func settle(_ id: InvitationID, as status: InvitationStatus) throws -> [SQL] {
        let tenant = try scope.tenant
        return [
            SeatStore.free(1, in: tenant),
            """
            UPDATE invitations
            SET status = \(status.rawValue), role_key = NULL, role_id = NULL,
                settled_at = clock_timestamp(), version = version + 1
            WHERE tenant_id = \(tenant) AND id = \(id) AND status = 'pending'
            """,
        ]
    }

    /// The statements by which a person takes the place that was kept.
    package func accept(
        _ stored: StoredInvitation,
        as role: MemberRole,
        by user: UserID
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        let inviter = stored.invitation.invitedBy
        return [SeatStore.occupy(in: tenant)]
            + (try MemberLedger(scope).join(user, as: role, invitedBy: inviter))
            + [
                """
                UPDATE invitations
                SET status = 'accepted', accepted_by = \(user), role_key = NULL, role_id = NULL,
                    settled_at = clock_timestamp(), version = version + 1
                WHERE tenant_id = \(tenant) AND id = \(stored.invitation.id)
                  AND status = 'pending'
                """
            ]
    }

    /// Ends what has run out and frees its seats; the ids of what it ended.
    package func expireOverdue() throws -> [InvitationID] {
        try settleAll(as: .expired, "expires_at <= statement_timestamp()")
    }

    /// Ends what operators offered and nobody has taken yet; the ids of those invitations.
    package func revokeSupport() throws -> [InvitationID] {
        try settleAll(as: .revoked, "by_support")
    }

    private func settleAll(
        as status: InvitationStatus,
        _ condition: SQL
    ) throws -> [InvitationID] {
        let tenant = try scope.tenant
        let rows = try scope.query(
            """
            UPDATE invitations
            SET status = \(status.rawValue), role_key = NULL, role_id = NULL,
                settled_at = clock_timestamp(), version = version + 1
            WHERE tenant_id = \(tenant) AND status = 'pending' AND 
            """ + condition + " RETURNING id"
        )
        guard !rows.isEmpty else { return [] }
        _ = try scope.query(SeatStore.free(rows.count, in: tenant))
        return try rows.map { try $0.decode("id") }
    }

    /// Refuses one more mail to an address that was just sent one, or enough today.
    ///
    /// Settled invitations count as well.
    package func requirePause(_ email: EmailAddress) throws {
        let now = scope.clock.now()
        let begin = InvitationPause.dayBegin(of: now)
        let rows = try scope.query(
            """
            SELECT max(i.sent_at) AS last_at,
                coalesce(sum(i.sends) FILTER (WHERE i.sent_at >= \(begin)), 0) AS today
            FROM invitations AS i
            WHERE i.tenant_id = \(try scope.tenant) AND i.email_norm = \(email.normalized)
            """
        )
        try InvitationPause.check(
            last: try rows.first?.decode("last_at"),
            today: try rows.first?.decode("today") ?? 0,
            now: now
        )
    }

    /// The pending invitation of a mail address.
    package func pending(_ email: EmailAddress) throws -> InvitationID? {
        let rows = try scope.query(
            """
            SELECT i.id
            FROM invitations AS i
            WHERE i.tenant_id = \(try scope.tenant) AND i.email_norm = \(email.normalized)
              AND i.status = 'pending'
            """
        )
        return try rows.first?.decode("id")
    }

    /// What somebody who invited may do now; nil when they may not invite any more.
    package func inviter(_ user: UserID) throws -> Authorization? {
        let number = Int32(Permission.memberInvite.rawValue)
        let rows = try scope.query("SELECT app.colleague_may(\(user), \(number)) AS answer")
        return try rows.first?.decode("answer", as: String?.self)
            .map { text throws(DomainError) in try Authorization(answer: text) }
    }

    /// Whether an operator who invited somebody is one still.
    package func supportStillMay(_ inviter: UserID) throws -> Bool {
        let rows = try scope.query("SELECT app.support_still_may(\(inviter)) AS may")
        return try rows.first?.decode("may", as: Bool.self) ?? false
    }

    /// The tenants in which something has run out; for the process itself.
    package func overdueTenants() throws -> [TenantID] {
        let rows = try scope.query(
            "SELECT t AS tenant_id FROM app.tenants_with_overdue_invitations() AS t"
        )
        return try rows.map { try $0.decode("tenant_id") }
    }

    /// The workspace around an invitation, and who invites.
    package func setting(inviter: UserID) throws -> InvitationSetting? {
        try scope.query(InvitationStore.setting(inviter: inviter, in: try scope.tenant))
            .first.map(InvitationSetting.init)
    }
}

extension Access {
    /// A signed-in person who holds a token of a tenant and is no member of it: the session is
    /// proven, and the token decides what of the tenant is touched.
    package static func invited(_ caller: Caller, to tenant: TenantID) -> Access {
        Access(
            context: AccessContext(
                kind: .tenant,
                tenant: tenant,
                user: caller.user,
                mode: .readWrite
            ),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
    }
}
