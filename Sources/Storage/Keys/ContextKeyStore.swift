package import Postgres
package import Sealing

/// The context keys that the database checks contexts with, for its administrator.
package enum ContextKeyStore {
    /// What the table belongs to.
    package static let role: SQL = "SET LOCAL ROLE ghostworks_owner"

    /// Makes keys known; one that is known already, and ended, is good again.
    package static func install(_ keys: ContextKeys) -> [SQL] {
        both(keys).map { key in
            let blocks = key.paddedBlocks
            return """
                INSERT INTO app.context_keys AS k (kid, inner_block, outer_block)
                VALUES (\(key.kid), \(blocks.inner), \(blocks.outer))
                ON CONFLICT ON CONSTRAINT context_keys_pkey DO UPDATE
                SET retired_at = NULL
                WHERE k.inner_block = excluded.inner_block AND k.retired_at IS NOT NULL
                """
        }
    }

    /// Has the keys end that were known before the current one of these, but for these.
    ///
    /// They stay good for so many seconds. A later key is left: it belongs to a rotation that came
    /// after this one.
    package static func retireEarlier(than keys: ContextKeys, in seconds: Int64) -> SQL {
        """
        UPDATE app.context_keys
        SET retired_at = statement_timestamp() + make_interval(secs => \(seconds))
        WHERE kid <> ALL (\(both(keys).map(\.kid))) AND retired_at IS NULL
          AND created_at < (
              SELECT c.created_at FROM app.context_keys AS c WHERE c.kid = \(keys.current.kid)
          )
        """
    }

    private static func both(_ keys: ContextKeys) -> [ContextKey] {
        [keys.current] + (keys.previous.map { [$0] } ?? [])
    }
}
