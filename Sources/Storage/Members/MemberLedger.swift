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

    /// Locks the tenant's memberships with nobody in particular in mind.
    package func lock() throws -> Authorization {
        try authorization(try scope.batch(try opening(try scope.tenant))[1])
    }

    /// Locks the tenant's memberships for somebody who is no member yet and whom the guard could
    /// not ask for: who accepts an invitation.
    package func lockUnguarded() throws {
        _ = try scope.query(Self.lock(try scope.tenant))
    }

    /// The members who are erased, and how many active owners there are; in a system or platform
    /// context.
    ///
    /// Nobody else of them is erased until the end of the transaction.
    package func erased() throws -> (members: [Member], owners: Int) {
        let tenant = try scope.tenant
        // A row that is being erased is waited for, and comes as it is then.
        let people = try scope.query(
            """
            SELECT u.id, u.status = 'erased' AS is_erased
            FROM memberships AS m
            JOIN users AS u ON u.id = m.user_id
            WHERE m.tenant_id = \(tenant) AND m.status <> 'removed'
            ORDER BY u.id
            FOR KEY SHARE OF u
            """
        )
        let members = try people.filter { try $0.decode("is_erased") }.compactMap { row in
            let user = try row.decode("id", as: UserID.self)
            return try scope.query(MemberStore.find(user, in: tenant)).first
                .map(MemberStore.member)
        }
        let counters = try scope.query(
            "SELECT c.owner_count FROM tenant_counters AS c WHERE c.tenant_id = \(tenant)"
        )
        return (members, Int(try counters.first?.decode("owner_count", as: Int32.self) ?? 0))
    }

    /// The role behind a name.
    ///
    /// - Throws: A validation error for a name that no role has.
    package func role(_ name: RoleName) throws -> MemberRole {
        if case .system(let role) = name { return .system(role) }
        let rows = try scope.query(RoleStore.find(name, in: try scope.tenant))
        guard let row = rows.first else { throw name.unknown }
        return try row.decode("role", as: MemberRole.self)
    }

    private func opening(_ tenant: TenantID) throws -> [SQL] {
        guard case .tenant(let session, let permission) = scope.access.guard else {
            throw Self.unguarded
        }
        return [
            Self.lock(tenant),
            """
            SELECT g.role_key FROM app.guard(\(session), \(Int32(permission.rawValue))) AS g
            """,
        ]
    }

    private static func lock(_ tenant: TenantID) -> SQL {
        """
        SELECT c.tenant_id
        FROM tenant_counters AS c
        WHERE c.tenant_id = \(tenant)
        FOR NO KEY UPDATE
        """
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
    package func join(
        _ user: UserID,
        as role: MemberRole,
        invitedBy inviter: UserID?
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        return [
            count(tenant, owners: role == .owner ? 1 : 0, members: 1),
            """
            INSERT INTO memberships AS m (tenant_id, user_id, role_key, role_id, invited_by)
            VALUES (\(tenant), \(user), \(role.key), \(role.id), \(inviter))
            ON CONFLICT ON CONSTRAINT memberships_pkey DO UPDATE
            SET role_key = excluded.role_key, role_id = excluded.role_id, status = 'active',
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
    package func change(
        _ member: Member,
        role: MemberRole,
        status: MemberStatus
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        let before = member.role == .owner && member.status == .active
        let after = role == .owner && status == .active
        return [
            count(tenant, owners: (after ? 1 : 0) - (before ? 1 : 0), members: 0),
            Self.update(member.user, role: role, status: status, in: tenant),
        ]
    }

    /// One owner's place goes to another member, who may be an owner already.
    package func transfer(
        from owner: Member,
        as role: MemberRole,
        to heir: Member
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        return [
            count(tenant, owners: (heir.role == .owner ? 0 : 1) - 1, members: 0),
            Self.update(heir.user, role: .owner, status: heir.status, in: tenant),
            Self.update(owner.user, role: role, status: owner.status, in: tenant),
        ]
    }

    /// Gives the seat back; the row stays, so that trails still find the name, and lets go of a
    /// role of the tenant's making, so that the role can be deleted.
    package func leave(_ member: Member) throws -> [SQL] {
        let tenant = try scope.tenant
        let isOwner = member.role == .owner && member.status == .active
        return [
            count(tenant, owners: isOwner ? -1 : 0, members: -1),
            SeatStore.giveBack(in: tenant),
            """
            UPDATE memberships
            SET status = 'removed', role_key = coalesce(role_key, 'guest'), role_id = NULL,
                last_seen_at = NULL, updated_at = clock_timestamp(), version = version + 1
            WHERE tenant_id = \(tenant) AND user_id = \(member.user)
            """,
            "DELETE FROM user_tenants WHERE user_id = \(member.user) AND tenant_id = \(tenant)",
            "DELETE FROM member_grants WHERE tenant_id = \(tenant) AND user_id = \(member.user)",
        ]
    }

    private static func update(
        _ user: UserID,
        role: MemberRole,
        status: MemberStatus,
        in tenant: TenantID
    ) -> SQL {
        """
        UPDATE memberships
        SET role_key = \(role.key), role_id = \(role.id), status = \(status.rawValue),
            updated_at = clock_timestamp(), version = version + 1
        WHERE tenant_id = \(tenant) AND user_id = \(user)
        """
    }

    private func count(_ tenant: TenantID, owners: Int32, members: Int32) -> SQL {
        """
        UPDATE tenant_counters
        SET owner_count = owner_count + \(owners), member_count = member_count + \(members)
        WHERE tenant_id = \(tenant)
        """
    }
}

extension MemberRole {
    /// The key in the column of system roles; nil for a role of the tenant's making.
    var key: String? {
        if case .system(let role) = self { role.rawValue } else { nil }
    }
}
