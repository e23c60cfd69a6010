package import Domain
import FoundationEssentials
package import Postgres

/// People as operators see them; for platform contexts.
package enum AccountStore {
    private static let columns: SQL = """
        SELECT u.id, u.email, u.display_name, u.status, u.email_verified_at, u.locale,
            u.time_zone, u.created_at, u.version,
            \(SessionStore.platformRole("u.id")) AS platform_role
        FROM users AS u
        """

    /// One page, the newest first, and one row more.
    package static func page(_ filter: AccountFilter, _ request: PageRequest) throws -> SQL {
        var statement = columns + " WHERE true"
        statement += filter.statuses.condition(on: "u.status", \.rawValue)
        if let from = filter.createdFrom { statement += " AND u.created_at >= \(from)" }
        if let end = filter.createdTo { statement += " AND u.created_at < \(end)" }
        if let pattern = SearchPattern.containing(filter.search) {
            statement += """
                 AND (app.fold(u.display_name) LIKE app.fold(\(pattern))
                    OR u.email_norm LIKE lower(\(pattern)))
                """
        }
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: User.self)
            statement += " AND (u.created_at, u.id) < (\(try position.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY u.created_at DESC, u.id DESC LIMIT \(request.limit + 1)"
    }

    package static func find(_ user: UserID) -> SQL {
        columns + " WHERE u.id = \(user)"
    }

    /// The person, locked until the end of the transaction.
    package static func lock(_ user: UserID) -> SQL {
        columns + " WHERE u.id = \(user) FOR NO KEY UPDATE OF u"
    }

    package static func account(_ row: Row) throws -> Account {
        var account = Account(
            user: try UserStore.user(row),
            status: try row.decode("status", raw: AccountStatus.self),
            emailVerifiedAt: try row.decode("email_verified_at"),
            locale: try row.decode("locale"),
            createdAt: try row.decode("created_at"),
            version: try row.decode("version"),
            platformRole: try UserStore.platformRole(row)
        )
        account.timeZone = try row.decode("time_zone")
        return account
    }

    /// Where the person is a member, by the tenants' names.
    package static func places(_ user: UserID) -> SQL {
        """
        SELECT p.tenant_id, p.slug, p.name, p.role_key, p.status, p.joined_at
        FROM app.user_places(\(user)) AS p
        """
    }

    package static func place(_ row: Row) throws -> AccountPlace {
        AccountPlace(
            tenant: try row.decode("tenant_id"),
            slug: try row.decode("slug"),
            name: try row.decode("name"),
            role: try row.decode("role_key"),
            status: try row.decode("status", raw: MemberStatus.self),
            joinedAt: try row.decode("joined_at")
        )
    }

    /// The slugs of the tenants that have no other owner who can sign in.
    package static func soleOwnerships(of user: UserID, in scope: Scope) throws -> [String] {
        try scope.query("SELECT o.slug FROM app.sole_ownerships(\(user)) AS o")
            .map { try $0.decode("slug") }
    }
}

extension AccountStore {
    package static func update(_ user: UserID, _ edit: AccountEdit) -> SQL {
        """
        UPDATE users
        SET display_name = coalesce(\(edit.name), display_name),
            locale = coalesce(\(edit.locale), locale),
            time_zone = CASE WHEN \(edit.timeZone)::text IS NULL THEN time_zone
                ELSE nullif(\(edit.timeZone), '') END,
            version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(user)
        """
    }

    package static func setStatus(_ status: AccountStatus, of user: UserID) -> SQL {
        """
        UPDATE users
        SET status = \(status.rawValue), version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(user)
        """
    }
}

/// A person's sessions, for operators.
package enum AccountSessionStore {
    /// One page, the newest first, and one row more.
    package static func page(_ user: UserID, _ request: PageRequest) throws -> SQL {
        var statement: SQL = """
            SELECT s.id, s.kind, s.user_agent, host(s.ip) AS ip, s.created_at, s.last_seen_at,
                s.expires_at, s.revoked_at
            FROM sessions AS s
            WHERE s.user_id = \(user)
            """
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: Session.self)
            statement += " AND (s.created_at, s.id) < (\(try position.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY s.created_at DESC, s.id DESC LIMIT \(request.limit + 1)"
    }

    package static func session(_ row: Row) throws -> AccountSession {
        AccountSession(
            id: try row.decode("id"),
            kind: try row.decode("kind"),
            userAgent: try row.decode("user_agent"),
            ip: try row.decode("ip"),
            createdAt: try row.decode("created_at"),
            lastSeenAt: try row.decode("last_seen_at"),
            expiresAt: try row.decode("expires_at"),
            revokedAt: try row.decode("revoked_at")
        )
    }

    /// How many sessions live now: `live`.
    package static func live(_ user: UserID) -> SQL {
        """
        SELECT count(*) AS live FROM sessions AS s
        WHERE s.user_id = \(user) AND s.revoked_at IS NULL
          AND s.expires_at > statement_timestamp()
        """
    }

    package static func count(_ rows: Rows) throws -> Int {
        Int(try rows.first?.decode("live", as: Int64.self) ?? 0)
    }
}
