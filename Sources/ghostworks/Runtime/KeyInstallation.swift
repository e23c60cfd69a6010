import Postgres
import Sealing
import Storage

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
        try await run(ContextKeyStore.install(keys), in: target)
    }

    /// Has keys from before these end in five minutes, which is longer than a running process
    /// needs to find the new ones.
    static func retireEarlier(than keys: ContextKeys, in target: DatabaseTarget) async throws {
        try await run([ContextKeyStore.retireEarlier(than: keys, in: 300)], in: target)
    }

    private static func run(_ statements: [SQL], in target: DatabaseTarget) async throws {
        try await PostgresConnection.with(try target.administrator()) { connection in
            _ = try await connection.batch([ContextKeyStore.role] + statements)
        }
    }
}
