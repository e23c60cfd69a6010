import Postgres
import Sealing

/// Makes the keys of this installation known to the database.
struct KeyInstallation: Sendable {
    let keys: Keys
    let target: DatabaseTarget

    /// Writes the context keys' blocks, as the administrator; a second time changes nothing.
    func installContextKeys() async throws {
        try await Self.install(keys.context, in: target)
    }

    /// The same for new keys.
    ///
    /// Keys that are known already stay valid: during a rotation there are two.
    static func install(_ keys: ContextKeys, in target: DatabaseTarget) async throws {
        try await run(keys.both.map(insert(_:)), in: target)
    }

    /// Has other keys than these end in five minutes, which is longer than a running process needs
    /// to find the new ones.
    static func retireOthers(than keys: ContextKeys, in target: DatabaseTarget) async throws {
        let kids = keys.both.map(\.kid)
        let retirement: SQL = """
            UPDATE app.context_keys
            SET retired_at = statement_timestamp() + interval '5 minutes'
            WHERE kid <> ALL (\(kids)) AND retired_at IS NULL
            """
        try await run([retirement], in: target)
    }

    private static func run(_ statements: [SQL], in target: DatabaseTarget) async throws {
        try await PostgresConnection.with(try target.administrator()) { connection in
            _ = try await connection.batch(["SET LOCAL ROLE ghostworks_owner"] + statements)
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

extension ContextKeys {
    fileprivate var both: [ContextKey] { [current] + (previous.map { [$0] } ?? []) }
}
