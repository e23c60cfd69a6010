package import Domain
package import FoundationEssentials
package import Postgres

/// A refresh token that is about to be given out.
package struct NewRefreshToken: Sendable {
    package let hash: [UInt8]
    package let family: UUID
    package let session: SessionID
    package let expiresAt: Instant

    package init(hash: [UInt8], family: UUID, session: SessionID, expiresAt: Instant) {
        self.hash = hash
        self.family = family
        self.session = session
        self.expiresAt = expiresAt
    }
}

/// What the use of a refresh token came to.
package struct RefreshOutcome: Sendable {
    package let kind: Kind
    package let identity: Identity
    /// The successor that the first use gave out, sealed; only for `repeated`.
    package let successor: [UInt8]?

    package enum Kind: String, Sendable {
        case rotated
        case repeated
        case reused
    }
}

/// Refresh tokens, by the hash of their secret; for the system context of sign-in.
package enum RefreshTokenStore {
    package static func insert(_ token: NewRefreshToken) -> SQL {
        """
        INSERT INTO refresh_tokens (token_hash, family_id, session_id, expires_at)
        VALUES (\(token.hash), \(token.family), \(token.session), \(token.expiresAt))
        """
    }

    /// Uses a token: no row for one that is unknown, over or revoked.
    package static func rotate(
        _ hash: [UInt8],
        into successor: [UInt8],
        sealed: [UInt8],
        graceSeconds: Int64
    ) -> SQL {
        """
        SELECT t.outcome, t.session_id, t.user_id, t.tenant_id, t.email, t.display_name,
            t.platform_role, t.expires_at, t.successor
        FROM app.rotate_refresh_token(\(hash), \(successor), \(sealed),
            make_interval(secs => \(graceSeconds))) AS t
        """
    }

    package static func outcome(_ row: Row) throws -> RefreshOutcome {
        RefreshOutcome(
            kind: try row.decode("outcome", raw: RefreshOutcome.Kind.self),
            identity: try SessionStore.identity(row, session: row.decode("session_id")),
            successor: try row.decode("successor")
        )
    }

    /// Ends the families of sessions that have ended.
    package static func revoke(of user: UserID) -> SQL {
        """
        UPDATE refresh_tokens AS r
        SET revoked_at = clock_timestamp(), successor = NULL
        FROM sessions AS s
        WHERE s.id = r.session_id AND s.user_id = \(user) AND s.revoked_at IS NOT NULL
          AND r.revoked_at IS NULL
        """
    }

    /// Forgets successors that nobody may ask for again.
    package static func forgetSuccessors(olderThan seconds: Int64) -> SQL {
        """
        UPDATE refresh_tokens
        SET successor = NULL
        WHERE successor IS NOT NULL
          AND rotated_at < statement_timestamp() - make_interval(secs => \(seconds))
        """
    }

    /// Removes what has been over for a month: until then it tells reuse from nonsense.
    package static let forget: SQL = """
        DELETE FROM refresh_tokens
        WHERE expires_at < statement_timestamp() - interval '30 days'
        """
}
