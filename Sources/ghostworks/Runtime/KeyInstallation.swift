import Domain
import Postgres
import Sealing
import Storage

/// Makes the keys of this installation known to the database.
struct KeyInstallation: Sendable {
    let keys: Keys
    let target: DatabaseTarget

    /// Writes the context keys' blocks, as the administrator; a second time changes nothing.
    ///
    /// Keys that are known already stay valid: during a rotation there are two.
    func installContextKeys() async throws {
        let keys = [self.keys.context.current] + [self.keys.context.previous].compactMap { $0 }
        try await PostgresConnection.with(try target.administrator()) { connection in
            _ = try await connection.batch(
                ["SET LOCAL ROLE ghostworks_owner"] + keys.map(Self.insert(_:))
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

    /// Writes the public half of the signing key, for those who check tokens.
    func installSigningKey(in database: Database, reference: SecretReference) async throws {
        let kid = keys.signing.kid
        let bytes = keys.signing.publicKey.rawBytes
        _ = try await database.system(reason: .setup) { scope in
            try scope.last([
                """
                INSERT INTO signing_keys (kid, algorithm, public_key, private_ref)
                VALUES (\(kid), 'EdDSA', \(bytes), \(reference.description))
                ON CONFLICT ON CONSTRAINT signing_keys_pkey DO NOTHING
                """
            ]).count
        }
    }
}
