import Postgres

/// The table `schema_migrations`: what the database remembers of its migrations.
///
/// Only the up file has a checksum: a wrong down file of an applied migration must be mendable.
struct MigrationLedger {
    let connection: PostgresConnection

    /// Makes the table where it is missing.
    ///
    /// Everybody may read it: `serve` holds its version against the program's as the application
    /// role.
    func prepare() async throws {
        try await connection.execute(
            script: """
                CREATE TABLE IF NOT EXISTS public.schema_migrations (
                    version integer NOT NULL CONSTRAINT schema_migrations_pkey PRIMARY KEY,
                    name text NOT NULL,
                    checksum text NOT NULL
                        CONSTRAINT schema_migrations_checksum_format
                        CHECK (checksum ~ '^[0-9a-f]{64}$'),
                    applied_at timestamptz NOT NULL DEFAULT now(),
                    applied_by text NOT NULL DEFAULT session_user,
                    execution_ms bigint NOT NULL
                );
                REVOKE ALL ON public.schema_migrations FROM PUBLIC;
                GRANT SELECT ON public.schema_migrations TO PUBLIC;
                """
        )
    }

    /// What the database and the program know.
    func state(of migrations: MigrationSet) async throws -> SchemaState {
        SchemaState(
            migrations: migrations,
            checksums: try await checksums(of: migrations),
            applied: try await applied()
        )
    }

    private func checksums(of migrations: MigrationSet) async throws -> [String] {
        let files = migrations.migrations.map { Array($0.up.utf8) }
        let rows = try await connection.query(
            """
            SELECT encode(sha256(file), 'hex') AS checksum
            FROM unnest(\(files)) WITH ORDINALITY AS files (file, place)
            ORDER BY place
            """
        )
        return try rows.map { try $0.decode("checksum") }
    }

    private func applied() async throws -> [AppliedMigration] {
        guard try await exists() else { return [] }
        let rows = try await connection.query(
            """
            SELECT version, name, checksum, applied_at, applied_by, execution_ms
            FROM public.schema_migrations
            ORDER BY version
            """
        )
        return try rows.map { row in
            AppliedMigration(
                version: try row.decode("version"),
                name: try row.decode("name"),
                checksum: try row.decode("checksum"),
                appliedAt: try row.decode("applied_at"),
                appliedBy: try row.decode("applied_by"),
                executionMilliseconds: try row.decode("execution_ms")
            )
        }
    }

    private func exists() async throws -> Bool {
        let rows = try await connection.query(
            "SELECT to_regclass('public.schema_migrations') IS NOT NULL AS found"
        )
        return try rows.first?.decode("found") ?? false
    }

    /// The newest migration's version; 0 for an empty database.
    func version() async throws -> Int {
        guard try await exists() else { return 0 }
        let rows = try await connection.query(
            "SELECT coalesce(max(version), 0) AS version FROM public.schema_migrations"
        )
        return try rows.first?.decode("version") ?? 0
    }

    func record(_ migration: Migration, took duration: Duration) async throws {
        _ = try await connection.query(
            """
            INSERT INTO public.schema_migrations (version, name, checksum, execution_ms)
            VALUES (
                \(Int32(migration.version)), \(migration.name),
                encode(sha256(\(Array(migration.up.utf8))), 'hex'), \(duration.milliseconds))
            """
        )
    }

    func erase(_ migration: Migration) async throws {
        _ = try await connection.query(
            "DELETE FROM public.schema_migrations WHERE version = \(Int32(migration.version))"
        )
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
