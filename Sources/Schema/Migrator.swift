package import Postgres

// DESIGN
// 1. One migrator at a time: a session's advisory lock is held from before the first look at the
//    database until the end. It goes with the connection, so a killed migrator leaves none.
// 2. A migration, its line in schema_migrations and nothing else are one transaction.
// 3. A migration that has not been committed has left nothing; running again goes on from there.
// 4. Nothing is applied onto a history that is not a beginning of the program's own.
// 5. No statement waits longer than 3 s for a lock, so that hot tables are not queued up behind.

/// Moves a database's schema between versions, as the administrator's role.
package struct Migrator: Sendable {
    /// Hears what happens, before it happens.
    package typealias Listener = @Sendable (MigrationEvent) async -> Void

    private let settings: ConnectionSettings
    private let migrations: MigrationSet
    private let lockWait: Duration
    private let listener: Listener

    /// Makes a migrator; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - settings: The administrator's connection (`GHOSTWORKS_ADMIN_DATABASE_URL`).
    ///   - migrations: What this program knows.
    ///   - lockWait: How long to wait for another migrator.
    ///   - listener: Hears each step.
    package init(
        _ settings: ConnectionSettings,
        migrations: MigrationSet,
        lockWait: Duration = .seconds(60),
        listener: @escaping Listener = { _ in }
    ) {
        self.settings = settings
        self.migrations = migrations
        self.lockWait = lockWait
        self.listener = listener
    }

    /// Applies what is missing, then makes the partitions of the next months.
    ///
    /// - Parameter target: The version to stop at; the newest when nil.
    /// - Returns: The migrations that were applied, in order.
    /// - Throws: ``SchemaError``, or `PostgresError` when there is no connection.
    package func up(to target: Int? = nil) async throws -> [Migration] {
        try await withLock { run in
            let state = try await run.ledger.state(of: migrations)
            try state.check()
            let steps = try state.pending(to: target)
            try await run.take(steps, .up)
            try await run.ensureStanding()
            return steps
        }
    }

    /// Takes migrations back, the newest first.
    ///
    /// - Parameter target: The version that remains; 0 takes everything back.
    /// - Returns: The migrations that were taken back, in that order.
    /// - Throws: ``SchemaError``, or `PostgresError` when there is no connection.
    package func down(to target: Int) async throws -> [Migration] {
        try await withLock { run in
            let state = try await run.ledger.state(of: migrations)
            try state.check()
            let steps = try state.undoable(to: target)
            try await run.take(steps, .down)
            return steps
        }
    }

    /// Each migration that the program or the database knows; changes nothing.
    package func status() async throws -> [MigrationStatus] {
        try await withConnection { connection in
            try await MigrationLedger(connection: connection).state(of: migrations).statuses
        }
    }

    /// Holds the database's history against the files; changes nothing.
    ///
    /// - Returns: The database's version.
    /// - Throws: ``SchemaError`` for the first migration that differs or is not known.
    package func verify() async throws -> Int {
        try await withConnection { connection in
            let state = try await MigrationLedger(connection: connection).state(of: migrations)
            try state.check()
            return state.version
        }
    }

    /// The version of the database behind a connection of any role; 0 when it is empty.
    package static func version(on connection: PostgresConnection) async throws -> Int {
        try await MigrationLedger(connection: connection).version()
    }

    /// Refuses a database that is newer or older than the program.
    ///
    /// - Parameters:
    ///   - connection: A connection of any role.
    ///   - newest: The program's own version.
    /// - Throws: ``SchemaError`` with the sentence for the operator.
    package static func requireCurrent(
        on connection: PostgresConnection,
        newest: Int
    ) async throws {
        let version = try await version(on: connection)
        if version > newest {
            throw SchemaError.newerDatabase(database: version, program: newest)
        }
        if version < newest {
            throw SchemaError.olderDatabase(database: version, program: newest)
        }
    }

    // MARK: Connections

    private func withLock<Value: Sendable>(
        _ body: (MigrationRun) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            let lock = MigrationLock(connection: connection)
            try await lock.acquire(within: lockWait) { await listener(.waiting(holder: $0)) }
            let run = MigrationRun(connection: connection, listener: listener)
            try await run.ledger.prepare()
            return try await body(run)
        }
    }

    private func withConnection<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        var settings = settings
        settings.applicationName = "ghostworks migrate"
        return try await PostgresConnection.with(settings, body)
    }
}
