package import Domain
package import Postgres

/// People's places in the tenant of the context.
package enum MemberStore {
    /// The coded role of a membership `m` with `joinedRole`.
    static let role: SQL = "coalesce(m.role_key, r.coded)"
    static let joinedRole: SQL =
        "LEFT JOIN roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id"

    /// One page of members, the last to join first, and one row more.
    ///
    /// `only` limits the list to one person, for callers who see no others.
    package static func page(
        _ tenant: TenantID,
        _ filter: MemberFilter,
        _ request: PageRequest,
        only: UserID? = nil
    ) throws -> SQL {
        let rows = try conditions(tenant, filter, request.after, only: only)
        let order: SQL = " ORDER BY m.joined_at DESC, m.user_id DESC LIMIT \(request.limit + 1)"
        // Names live behind another wall, so a search has to name all before it can choose.
        guard let pattern = SearchPattern.containing(filter.search) else {
            return named(rows + order) + order
        }
        return named(rows)
            + """
             WHERE app.fold(n.display_name) LIKE app.fold(\(pattern))
                OR lower(n.email) LIKE lower(\(pattern))
            """ + order
    }

    private static func conditions(
        _ tenant: TenantID,
        _ filter: MemberFilter,
        _ after: PagePosition?,
        only: UserID?
    ) throws -> SQL {
        var rows: SQL = """
            SELECT m.user_id, \(role) AS role, m.status, m.joined_at, m.last_seen_at, m.version
            FROM memberships AS m
            \(joinedRole)
            WHERE m.tenant_id = \(tenant)
            """
        if filter.statuses.any.isEmpty { rows += " AND m.status IN ('active', 'suspended')" }
        rows += filter.statuses.condition(on: "m.status", \.rawValue)
        rows += filter.roles.condition { role in
            switch role {
            case .system(let role): "m.role_key = \(role.rawValue)"
            case .id(let id): "m.role_id = \(id)"
            case .named(let name): "r.name_norm = app.fold(\(name))"
            }
        }
        if let from = filter.joinedFrom { rows += " AND m.joined_at >= \(from)" }
        if let end = filter.joinedTo { rows += " AND m.joined_at < \(end)" }
        if let only { rows += " AND m.user_id = \(only)" }
        if let after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let user = try after.id(at: 1, of: User.self)
            rows += " AND (m.joined_at, m.user_id) < (\(try after.instant(at: 0)), \(user))"
        }
        return rows
    }

    /// The rows with names and mails, which only a definer may read.
    private static func named(_ rows: SQL) -> SQL {
        """
        WITH found AS MATERIALIZED (\(rows))
        SELECT m.user_id, n.email, n.display_name, m.role, m.status, m.joined_at,
            m.last_seen_at, m.version
        FROM found AS m
        JOIN app.member_names((SELECT array_agg(f.user_id) FROM found AS f)) AS n
            ON n.user_id = m.user_id
        """
    }

    /// One member, removed ones included.
    package static func find(_ user: UserID, in tenant: TenantID) -> SQL {
        """
        SELECT m.user_id, n.email, n.display_name, \(role) AS role, m.status, m.joined_at,
            m.last_seen_at, m.version
        FROM memberships AS m
        \(joinedRole)
        JOIN app.member_names(ARRAY[\(user)]) AS n ON n.user_id = m.user_id
        WHERE m.tenant_id = \(tenant) AND m.user_id = \(user)
        """
    }

    package static func member(_ row: Row) throws -> Member {
        Member(
            user: try row.decode("user_id"),
            email: try row.decode("email"),
            name: try row.decode("display_name"),
            role: try row.decode("role", as: MemberRole.self),
            status: try row.decode("status", raw: MemberStatus.self),
            joinedAt: try row.decode("joined_at"),
            lastSeenAt: try row.decode("last_seen_at"),
            version: try row.decode("version")
        )
    }

    /// Notes which members were seen where; in a system context.
    package static func touch(_ visits: [MemberVisit]) -> SQL {
        """
        SELECT app.touch_members(\(visits.map(\.tenant.uuid)), \(visits.map(\.user.uuid)),
            \(visits.map { Timestamp(microseconds: $0.at.microseconds) })) AS touched
        """
    }
}

/// A person was in a workspace at some time.
package struct MemberVisit: Hashable, Sendable {
    package let tenant: TenantID
    package let user: UserID
    package let at: Instant

    package init(tenant: TenantID, user: UserID, at: Instant) {
        self.tenant = tenant
        self.user = user
        self.at = at
    }
}
