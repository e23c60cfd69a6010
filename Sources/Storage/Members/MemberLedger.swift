package import Domain
import FoundationEssentials
package import Postgres

// DESIGN
//
// 1. Every change of a membership locks the tenant's counters first, so changes of one tenant's
//    members happen one after the other.
// 2. The guard is asked again under that lock: who was demoted a moment ago changes nobody.
// 3. `owner_count` counts active owners, and a CHECK keeps it above zero; `member_count` and the
//    seats in `tenant_quotas` count all who are not removed. Each change states its differences.
// 4. Lock order: counters, quotas, the membership, the head.

/// Changes of who belongs to the tenant of the context.
package struct MemberLedger {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// What stood when the lock was taken.
    package struct Standing: Sendable {
        /// What the caller may do now.
        package let authorization: Authorization
        package let member: Member?
    }

    /// Locks the tenant's memberships; nil for `user` when the person is only known by mail.
    package func lock(_ user: UserID) throws -> Standing {
        let tenant = try scope.tenant
        let rows = try scope.batch(
            try opening(tenant) + [MemberStore.find(user, in: tenant)]
        )
        return Standing(
            authorization: try authorization(rows[1]),
            member: try rows[2].first.map(MemberStore.member)
        )
    }

    /// The same for somebody who is known by mail, and made when unknown.
    package func lock(
        email: EmailAddress,
        name: String
    ) throws -> (user: UserID, standing: Standing) {
        let tenant = try scope.tenant
        let rows = try scope.batch(
            try opening(tenant) + [UserStore.ensure(scope.newID(), email: email, name: name)]
        )
        guard let row = rows[2].first else { throw Self.unguarded }
        let user: UserID = try row.decode("user_id")
        let found = try scope.query(MemberStore.find(user, in: tenant))
        let standing = Standing(
            authorization: try authorization(rows[1]),
            member: try found.first.map(MemberStore.member)
        )
        return (user, standing)
    }

    /// Takes a seat when one is free.
    ///
    /// - Throws: `plan_limit_reached`.
    package func takeSeat() throws {
        let tenant = try scope.tenant
        let rows = try scope.batch([
            """
            UPDATE tenant_quotas
            SET used = used + 1
            WHERE tenant_id = \(tenant) AND resource = 'users'
              AND period_start = timestamptz 'epoch' AND used + reserved < hard
            """,
            """
            SELECT q.hard
            FROM tenant_quotas AS q
            WHERE q.tenant_id = \(tenant) AND q.resource = 'users'
              AND q.period_start = timestamptz 'epoch'
            """,
        ])
        guard rows[0].affected == 0 else { return }
        let seats = try rows[1].first?.decode("hard", as: Int64.self) ?? 0
        throw DomainError(
            .limited(retryAfter: nil),
            .planLimitReached,
            "All \(seats) seats of the plan are taken.",
            hint: "Remove a member, or ask for a larger plan."
        )
    }

    private func opening(_ tenant: TenantID) throws -> [SQL] {
        guard case .tenant(let session, let permission) = scope.access.guard else {
            throw Self.unguarded
        }
        return [
            """
            SELECT c.tenant_id
            FROM tenant_counters AS c
            WHERE c.tenant_id = \(tenant)
            FOR NO KEY UPDATE
            """,
            "SELECT app.guard(\(session), \(Int32(permission.rawValue))) AS role_key",
        ]
    }

    private func authorization(_ rows: Rows) throws -> Authorization {
        guard let found = try scope.access.guard.authorization(rows) else { throw Self.unguarded }
        return found
    }

    private static let unguarded = DomainError(
        .internal,
        .internalError,
        "Members are changed by guarded callers only."
    )
}

extension MemberLedger {
    /// A new member, or one who was removed and comes back.
    package func join(_ user: UserID, as role: Role) throws -> [SQL] {
        let tenant = try scope.tenant
        let inviter = scope.access.context.user
        return [
            count(tenant, owners: role == .owner ? 1 : 0, members: 1),
            """
            INSERT INTO memberships AS m (tenant_id, user_id, role_key, invited_by)
            VALUES (\(tenant), \(user), \(role.rawValue), \(inviter))
            ON CONFLICT ON CONSTRAINT memberships_pkey DO UPDATE
            SET role_key = excluded.role_key, status = 'active',
                joined_at = clock_timestamp(), updated_at = clock_timestamp(),
                invited_by = excluded.invited_by, version = m.version + 1
            WHERE m.status = 'removed'
            """,
            """
            INSERT INTO user_tenants (user_id, tenant_id)
            VALUES (\(user), \(tenant))
            ON CONFLICT ON CONSTRAINT user_tenants_pkey DO NOTHING
            """,
        ]
    }

    /// Another role or status of somebody who stays.
    package func change(_ member: Member, role: Role, status: MemberStatus) throws -> [SQL] {
        let tenant = try scope.tenant
        let before = member.role == .owner && member.status == .active
        let after = role == .owner && status == .active
        return [
            count(tenant, owners: (after ? 1 : 0) - (before ? 1 : 0), members: 0),
            """
            UPDATE memberships
            SET role_key = \(role.rawValue), status = \(status.rawValue),
                updated_at = clock_timestamp(), version = version + 1
            WHERE tenant_id = \(tenant) AND user_id = \(member.user)
            """,
        ]
    }

    /// Gives the seat back; the row stays, so that trails still find the name.
    package func leave(_ member: Member) throws -> [SQL] {
        let tenant = try scope.tenant
        let isOwner = member.role == .owner && member.status == .active
        return [
            count(tenant, owners: isOwner ? -1 : 0, members: -1),
            """
            UPDATE tenant_quotas
            SET used = greatest(used - 1, 0)
            WHERE tenant_id = \(tenant) AND resource = 'users'
              AND period_start = timestamptz 'epoch'
            """,
            """
            UPDATE memberships
            SET status = 'removed', updated_at = clock_timestamp(), version = version + 1
            WHERE tenant_id = \(tenant) AND user_id = \(member.user)
            """,
            "DELETE FROM user_tenants WHERE user_id = \(member.user) AND tenant_id = \(tenant)",
        ]
    }

    private func count(_ tenant: TenantID, owners: Int32, members: Int32) -> SQL {
        """
        UPDATE tenant_counters
        SET owner_count = owner_count + \(owners), member_count = member_count + \(members)
        WHERE tenant_id = \(tenant)
        """
    }
}
