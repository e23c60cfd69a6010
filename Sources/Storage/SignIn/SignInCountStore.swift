package import Domain
package import Postgres

/// Counters of failed tries; for the system context of sign-in.
package enum SignInCountStore {
    /// Locks the counters of `keys` until the end of the transaction, made when missing.
    ///
    /// Always in the order of their keys, so that two tries never wait for each other.
    package static func lock(
        _ keys: [String],
        in scope: Scope
    ) throws -> [String: SignInCount] {
        let rows = try scope.query(
            """
            INSERT INTO auth_throttle AS t (key)
            SELECT k.key FROM unnest(\(keys)::text[]) AS k (key)
            ORDER BY k.key
            ON CONFLICT ON CONSTRAINT auth_throttle_pkey DO UPDATE
            SET failures = t.failures
            RETURNING t.key, t.failures, t.last_at, t.blocked_until, t.locked
            """
        )
        let pairs = try rows.map { row in
            (
                try row.decode("key", as: String.self),
                SignInCount(
                    failures: Int(try row.decode("failures", as: Int32.self)),
                    lastAt: try row.decode("last_at"),
                    blockedUntil: try row.decode("blocked_until"),
                    isLocked: try row.decode("locked")
                )
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Writes counters that were locked before.
    package static func save(_ counts: [String: SignInCount]) -> SQL {
        let ordered = counts.sorted { $0.key < $1.key }
        return """
            UPDATE auth_throttle AS t
            SET failures = c.failures, last_at = c.last_at, blocked_until = c.blocked_until,
                locked = c.locked = 1
            FROM unnest(\(ordered.map(\.key))::text[],
                \(ordered.map { Int32($0.value.failures) })::integer[],
                \(ordered.map { $0.value.lastAt.timestamp })::timestamptz[],
                \(ordered.map { $0.value.blockedUntil.timestamp })::timestamptz[],
                \(ordered.map { Int32($0.value.isLocked ? 1 : 0) })::integer[])
                AS c (key, failures, last_at, blocked_until, locked)
            WHERE t.key = c.key
            """
    }

    package static func forget(_ keys: [String]) -> SQL {
        "DELETE FROM auth_throttle WHERE key = ANY (\(keys)::text[])"
    }

    /// Forgets counters that nobody has raised since `time`.
    package static func forget(before time: Instant) -> SQL {
        "DELETE FROM auth_throttle WHERE last_at < \(time) AND blocked_until < \(time)"
    }
}
