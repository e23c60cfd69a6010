package import Domain
package import Postgres

/// Links that are sent by mail; the database keeps the SHA-256 of their tokens alone.
package enum LinkStore {
    /// Makes the older links of a kind void and writes a new one; nothing for nobody.
    ///
    /// Nobody costs the same statements, so that their time tells nothing.
    package static func replace(
        with tokenHash: [UInt8],
        kind: LinkKind,
        of user: UserID?,
        expiresAt: Instant
    ) -> [SQL] {
        [
            void([kind], of: user),
            """
            INSERT INTO one_time_tokens (token_hash, kind, user_id, expires_at)
            SELECT \(tokenHash), \(kind.rawValue), u.id, \(expiresAt)
            FROM users AS u WHERE u.id = \(user)
            """,
        ]
    }

    package static func void(_ kinds: [LinkKind], of user: UserID?) -> SQL {
        """
        UPDATE one_time_tokens SET used_at = clock_timestamp()
        WHERE user_id = \(user) AND kind = ANY (\(kinds.map(\.rawValue))::text[])
          AND used_at IS NULL
        """
    }

    /// To which address a live link was sent, without using it: `email`.
    package static func recipient(_ tokenHash: [UInt8], kind: LinkKind, at time: Instant) -> SQL {
        """
        SELECT u.email
        FROM one_time_tokens AS t
        JOIN users AS u ON u.id = t.user_id AND u.status = 'active'
        WHERE t.token_hash = \(tokenHash) AND t.kind = \(kind.rawValue) AND t.used_at IS NULL
          AND t.expires_at > \(time)
        """
    }

    package static func recipient(_ row: Row) throws -> EmailAddress {
        try EmailAddress(row.decode("email", as: String.self))
    }

    /// Uses a link: the person it was for, or nil when it is dead.
    ///
    /// Of two at once one succeeds.
    package static func use(
        _ tokenHash: [UInt8],
        kind: LinkKind,
        in scope: Scope
    ) throws -> UserID? {
        let rows = try scope.query(
            """
            UPDATE one_time_tokens AS t SET used_at = clock_timestamp()
            FROM users AS u
            WHERE t.token_hash = \(tokenHash) AND t.kind = \(kind.rawValue)
              AND t.used_at IS NULL AND t.expires_at > \(scope.clock.now())
              AND u.id = t.user_id AND u.status = 'active'
            RETURNING t.user_id
            """
        )
        return try rows.first?.decode("user_id", as: UserID.self)
    }

    package static func forget(before time: Instant) -> SQL {
        "DELETE FROM one_time_tokens WHERE expires_at < \(time)"
    }
}
