package import Domain
import FoundationEssentials
package import Postgres

extension SessionStore {
    /// One page of a person's live sessions, the latest sign-in first, and one row more.
    ///
    /// People see their own; a platform context sees everybody's.
    package static func page(of user: UserID, _ request: PageRequest) throws -> SQL {
        var page: SQL = """
            SELECT s.id, s.user_id, s.kind, s.tenant_id, s.user_agent, host(s.ip) AS ip,
                s.created_at, s.last_seen_at, s.expires_at
            FROM sessions AS s
            WHERE s.user_id = \(user) AND s.revoked_at IS NULL
              AND s.expires_at > statement_timestamp()
            """
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: Session.self)
            page += " AND (s.created_at, s.id) < (\(try after.instant(at: 0)), \(id))"
        }
        page += " ORDER BY s.created_at DESC, s.id DESC LIMIT \(request.limit + 1)"
        return page
    }

    package static func live(_ row: Row) throws -> LiveSession {
        LiveSession(
            session: Session(
                id: try row.decode("id"),
                user: try row.decode("user_id"),
                kind: try row.decode("kind", raw: Session.Kind.self),
                tenant: try row.decode("tenant_id"),
                expiresAt: try row.decode("expires_at")
            ),
            userAgent: try row.decode("user_agent"),
            ip: try row.decode("ip"),
            createdAt: try row.decode("created_at"),
            lastSeenAt: try row.decode("last_seen_at")
        )
    }

    /// Ends a person's sessions but one, or all of them; as many rows as lived.
    package static func revokeAll(of user: UserID, but kept: SessionID? = nil) -> SQL {
        """
        UPDATE sessions
        SET revoked_at = clock_timestamp()
        WHERE user_id = \(user) AND revoked_at IS NULL AND expires_at > statement_timestamp()
          AND id IS DISTINCT FROM \(kept)
        """
    }

    /// Ends everybody's sessions but one.
    package static func revokeEverybody(but kept: SessionID?) -> SQL {
        """
        UPDATE sessions
        SET revoked_at = clock_timestamp()
        WHERE revoked_at IS NULL AND expires_at > statement_timestamp()
          AND id IS DISTINCT FROM \(kept)
        """
    }

    /// The workspace that tokens of the session name from now on.
    package static func enter(_ tenant: TenantID, _ id: SessionID, of user: UserID) -> SQL {
        """
        UPDATE sessions
        SET tenant_id = \(tenant)
        WHERE id = \(id) AND user_id = \(user) AND revoked_at IS NULL
        RETURNING expires_at
        """
    }

    package static func entered(
        _ row: Row,
        _ owner: SessionOwner,
        _ session: SessionID,
        _ tenant: TenantID
    ) throws -> Identity {
        Identity(
            user: owner.user,
            session: session,
            email: owner.email,
            name: owner.name,
            platformRole: owner.platformRole,
            tenant: tenant,
            expiresAt: try row.decode("expires_at")
        )
    }

    /// Lets sessions that were used live on for their idle time; at most once a minute each.
    package static func touch(_ ids: [SessionID]) -> SQL {
        """
        UPDATE sessions
        SET last_seen_at = clock_timestamp(),
            expires_at = CASE WHEN ends_at IS NULL THEN expires_at
                ELSE greatest(expires_at, least(ends_at,
                    clock_timestamp() + make_interval(secs => idle_seconds))) END
        WHERE id = ANY (\(ids.map(\.uuid))) AND revoked_at IS NULL AND expires_at > statement_timestamp()
          AND last_seen_at < statement_timestamp() - interval '50 seconds'
        """
    }
}
