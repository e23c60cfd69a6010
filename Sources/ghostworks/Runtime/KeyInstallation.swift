import Postgres
import Sealing

/// Makes the keys of this installation known to the database.
struct KeyInstallation: Sendable {
    let keys: Keys
    let target: DatabaseTarget

    /// Writes the context keys' blocks, as the administrator; a second time changes nothing.
    ///
    func installContextKeys() async throws {
        try await Self.install(keys.context, in: target)
    }

    /// The same for new keys; older ones than the two given end in five minutes, which is longer
    /// than a running process needs to find the new ones.
    static func install(_ keys: ContextKeys, in target: DatabaseTarget) async throws {
        let keys = [keys.current] + (keys.previous.map { [$0] } ?? [])
        let kids = keys.map(\.kid)
        try await PostgresConnection.with(try target.administrator()) { connection in
            _ = try await connection.batch(
                ["SET LOCAL ROLE ghostworks_owner"] + keys.map(Self.insert(_:)) + [
                    """
                    UPDATE app.context_keys
                    SET retired_at = statement_timestamp() + interval '5 minutes'
                    WHERE kid <> ALL (\(kids)) AND retired_at IS NULL
                    """
                ]
            )
        }
    }

    private static func insert(_ key: ContextKey) -> SQL {
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
