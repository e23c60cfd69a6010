package import Domain
import FoundationEssentials
package import Postgres

// DESIGN
//
// 1. Whoever changes who is a super-admin calls `lock` first and ends with `recount`. Between the
//    two nobody else changes it, and the CHECK on the counted number refuses to leave nobody.
// 2. Only grants without an end to active people count, because the others end by themselves.
// 3. A revoked grant is one whose end was set to now: the row still tells who gave it.

/// Roles on the platform; for platform and system contexts.
package enum PlatformRoleStore {
    private static let columns: SQL = """
        SELECT p.user_id AS id, u.email, u.display_name, p.role, p.granted_by,
            g.display_name AS granted_by_name, p.granted_at, p.expires_at
        FROM platform_roles AS p
        JOIN users AS u ON u.id = p.user_id
        LEFT JOIN users AS g ON g.id = p.granted_by
        """

    /// One page, the last granted first, and one row more; only what holds now unless told.
    package static func page(endedToo: Bool, _ request: PageRequest) throws -> SQL {
        var statement = columns + " WHERE true"
        if !endedToo {
            statement += " AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())"
        }
        if let position = request.after {
            guard position.keys.count == 3 else { throw PagePosition.invalid }
            let user = try position.id(at: 1, of: User.self)
            statement += """
                 AND (p.granted_at, p.user_id, p.role)
                    < (\(try position.instant(at: 0)), \(user), \(try position.text(at: 2)))
                """
        }
        return statement
            + """
             ORDER BY p.granted_at DESC, p.user_id DESC, p.role DESC LIMIT \(request.limit + 1)
            """
    }

    /// What a person is on the platform now.
    package static func live(_ user: UserID) -> SQL {
        columns + """
             WHERE p.user_id = \(user)
              AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
            ORDER BY p.role
            """
    }

    package static func find(_ role: PlatformRole, of user: UserID) -> SQL {
        columns + " WHERE p.user_id = \(user) AND p.role = \(role.rawValue)"
    }

    package static func grant(_ row: Row) throws -> PlatformGrant {
        PlatformGrant(
            user: try UserStore.user(row),
            role: try row.decode("role", raw: PlatformRole.self),
            grantedBy: try row.decode("granted_by"),
            grantedByName: try row.decode("granted_by_name"),
            grantedAt: try row.decode("granted_at"),
            expiresAt: try row.decode("expires_at")
        )
    }
}

extension PlatformRoleStore {
    /// Keeps others from changing who is a super-admin; true when the platform has had one.
    package static func lock(in scope: Scope) throws -> Bool {
        let rows = try scope.query("SELECT c.opened FROM platform_counters AS c FOR UPDATE")
        guard let row = rows.first else {
            throw DomainError(.internal, .internalError, "The platform's counters are missing.")
        }
        return try row.decode("opened")
    }

    /// Counts anew who is a super-admin for good; refused when nobody would be left.
    package static let recount: SQL = """
        UPDATE platform_counters
        SET super_admins = n.count, opened = opened OR n.count > 0
        FROM (
            SELECT count(*) AS count
            FROM platform_roles AS p
            JOIN users AS u ON u.id = p.user_id AND u.status = 'active'
            WHERE p.role = 'super_admin' AND p.expires_at IS NULL
        ) AS n
        """

    /// Gives a role, or gives one that was given before another end.
    package static func give(
        _ role: PlatformRole,
        to user: UserID,
        until expiresAt: Instant?,
        by granter: UserID?
    ) -> SQL {
        """
        INSERT INTO platform_roles (user_id, role, granted_by, expires_at)
        VALUES (\(user), \(role.rawValue), \(granter), \(expiresAt))
        ON CONFLICT ON CONSTRAINT platform_roles_pkey DO UPDATE
        SET granted_by = excluded.granted_by, granted_at = clock_timestamp(),
            expires_at = excluded.expires_at
        """
    }

    /// Ends a role now; one row when it held.
    package static func end(_ role: PlatformRole, of user: UserID) -> SQL {
        """
        UPDATE platform_roles
        SET expires_at = clock_timestamp()
        WHERE user_id = \(user) AND role = \(role.rawValue)
          AND (expires_at IS NULL OR expires_at > clock_timestamp())
        """
    }
}
