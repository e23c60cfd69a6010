import Postgres

/// The advisory lock that lets one migrator work in a database.
struct MigrationLock {
    let connection: PostgresConnection

    /// "ghostwrk" in ASCII.
    private static let key = 0x6768_6F73_7477_726B

    /// Takes the lock for the rest of the connection's life.
    ///
    /// - Parameters:
    ///   - wait: How long to wait for its holder.
    ///   - waiting: Hears who holds it, once.
    /// - Throws: ``SchemaError/busy(holder:)`` when it is still held then.
    func acquire(within wait: Duration, waiting: (String) async -> Void) async throws {
        let rows = try await connection.query("SELECT pg_try_advisory_lock(\(Self.key)) AS taken")
        if try rows.first?.decode("taken") == true { return }
        let holder = try await holder()
        await waiting(holder)
        guard try await isFree(within: wait) else {
            throw SchemaError.busy(holder: try await self.holder())
        }
    }

    private func isFree(within wait: Duration) async throws -> Bool {
        let milliseconds = max(1, Int(wait / .milliseconds(1)))
        do {
            try await connection.execute(
                script: """
                    SET lock_timeout = \(milliseconds);
                    SELECT pg_advisory_lock(\(Self.key));
                    RESET lock_timeout
                    """
            )
            return true
        } catch {
            guard error.sqlState == .lockNotAvailable else { throw error }
            return false
        }
    }

    private func holder() async throws -> String {
        let rows = try await connection.query(
            """
            SELECT format(
                    '%s as %s, process %s, since %s UTC', coalesce(nullif(application_name, ''),
                    'a program without a name'), usename, pid,
                    to_char(backend_start AT TIME ZONE 'UTC', 'HH24:MI:SS')) AS holder
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND objsubid = 1
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (classid::bigint << 32 | objid::bigint) = \(Self.key)
            """
        )
        return try rows.first?.decode("holder") ?? "it has just ended"
    }
}
