import Postgres
import Schema
import Testing

@Suite struct MigratorTests {
    /// Two tables, the second filled; enough to see order, data and rollback.
    static let good = [
        ("0001_create_a.up.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);"),
        ("0001_create_a.down.sql", "DROP TABLE a"),
        ("0002_create_b.up.sql", "CREATE TABLE b (id int);"),
        ("0002_create_b.down.sql", "DROP TABLE b"),
    ]

    private func migrator(
        _ database: TestDatabase,
        _ texts: [(String, String)] = good,
        lockWait: Duration = .seconds(60),
        listener: @escaping Migrator.Listener = { _ in }
    ) throws -> Migrator {
        Migrator(
            database.settings,
            migrations: try MigrationSet(files: files(texts)),
            lockWait: lockWait,
            listener: listener
        )
    }

    private func tables(_ database: TestDatabase) async throws -> String {
        try await database.value(
            """
            SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') AS value
            FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            """,
            as: String.self
        )
    }

    @Test func `up applies everything once`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(database)
            #expect(try await migrator.status().map(\.standing) == [.pending, .pending])
            #expect(try await migrator.verify() == 0)
            #expect(try await migrator.up().map(\.version) == [1, 2])
            #expect(try await migrator.up().isEmpty)
            #expect(try await migrator.verify() == 2)
            #expect(try await tables(database) == "a b schema_migrations")
            let rows = try await database.value("SELECT count(*) AS value FROM a", as: Int.self)
            #expect(rows == 1)
        }
    }

    @Test func `up and down stop where they are told`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(database)
            #expect(try await migrator.up(to: 1).map(\.version) == [1])
            #expect(try await tables(database) == "a schema_migrations")
            #expect(try await migrator.up().map(\.version) == [2])
            #expect(try await migrator.down(to: 0).map(\.version) == [2, 1])
            #expect(try await tables(database) == "schema_migrations")
            await #expect(throws: SchemaError.unknownTarget(9, newest: 2)) {
                try await migrator.up(to: 9)
            }
            await #expect(throws: SchemaError.wrongDirection(target: 1, current: 0, use: "up")) {
                try await migrator.down(to: 1)
            }
        }
    }

    @Test func `the ledger says what was applied, by whom and when`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(database)
            _ = try await migrator.up(to: 1)
            let status = try #require(try await migrator.status().first)
            guard case .applied(let row) = status.standing else {
                Issue.record("0001 must be applied")
                return
            }
            #expect(row.name == "create_a")
            #expect(row.appliedBy == database.settings.user)
            #expect(row.checksum.count == 64)
            #expect(row.appliedAt.microseconds > 1_700_000_000_000_000)
        }
    }

    @Test func `a failing migration leaves nothing and names its line`() async throws {
        try await TestDatabase.with { database in
            let texts =
                Self.good + [
                    ("0003_break.up.sql", "CREATE TABLE c (id int);\n\nINSERT\nINTO d VALUES (1);"),
                    ("0003_break.down.sql", ""),
                ]
            let migrator = try migrator(database, texts)
            await #expect(
                throws: SchemaError.failed(
                    file: "0003_break.up.sql",
                    line: 4,
                    message: "relation \"d\" does not exist",
                    hint: nil
                )
            ) { try await migrator.up() }
            #expect(try await tables(database) == "a b schema_migrations")
            #expect(try await migrator.verify() == 2)
        }
    }

    @Test func `a failure at the commit leaves nothing`() async throws {
        try await TestDatabase.with { database in
            let up = """
                CREATE TABLE c (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO c VALUES (1), (1);
                """
            let migrator = try migrator(
                database,
                [("0001_c.up.sql", up), ("0001_c.down.sql", "DROP TABLE c")]
            )
            let error = await #expect(throws: SchemaError.self) { try await migrator.up() }
            guard case .failed(let file, let line, _, _) = error else {
                Issue.record("it must have failed")
                return
            }
            #expect(file == "0001_c.up.sql")
            #expect(line == nil)
            #expect(try await tables(database) == "schema_migrations")
        }
    }

    @Test func `a file that ends its transaction stops everything before it begins`() async throws {
        try await TestDatabase.with { database in
            let texts =
                Self.good + [("0003_c.up.sql", "SELECT 1;\nCOMMIT;"), ("0003_c.down.sql", "")]
            let migrator = try migrator(database, texts)
            await #expect(
                throws: SchemaError.endsTransaction(
                    file: "0003_c.up.sql",
                    line: 2,
                    word: "COMMIT"
                )
            ) { try await migrator.up() }
            #expect(try await tables(database) == "schema_migrations")
        }
    }

    @Test func `a changed file is refused`() async throws {
        try await TestDatabase.with { database in
            _ = try await migrator(database).up(to: 1)
            var texts = Self.good
            texts[0].1 += " "
            let changed = try migrator(database, texts)
            for run in [{ try await changed.up() }, { try await changed.down(to: 0) }] {
                let error = await #expect(throws: SchemaError.self) { _ = try await run() }
                guard case .changed("0001_create_a", _, _) = error else {
                    Issue.record("the change must be seen, not \(String(describing: error))")
                    return
                }
            }
            await #expect(throws: SchemaError.self) { try await changed.verify() }
            #expect(try await tables(database) == "a schema_migrations")
        }
    }

    @Test func `a newer database is refused by the migrator and by the doors`() async throws {
        try await TestDatabase.with { database in
            _ = try await migrator(database).up()
            let old = try migrator(database, Array(Self.good.prefix(2)))
            let refusal = SchemaError.newerDatabase(database: 2, program: 1)
            await #expect(throws: refusal) { try await old.up() }
            await #expect(throws: refusal) { try await old.down(to: 0) }
            let connection = try await database.connect()
            await #expect(throws: refusal) {
                try await Migrator.requireCurrent(on: connection, newest: 1)
            }
            await #expect(throws: SchemaError.olderDatabase(database: 2, program: 3)) {
                try await Migrator.requireCurrent(on: connection, newest: 3)
            }
            try await Migrator.requireCurrent(on: connection, newest: 2)
            await connection.close()
        }
    }

    @Test func `an empty database is version 0`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            #expect(try await Migrator.version(on: connection) == 0)
            await connection.close()
        }
    }

    @Test func `settings and roles of a file end with it`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(
                database,
                [
                    (
                        "0001_a.up.sql",
                        "SET ROLE pg_monitor; SET search_path = pg_catalog; SET row_security = off"
                    ),
                    ("0001_a.down.sql", "SET ROLE pg_monitor"),
                    ("0002_b.up.sql", "CREATE TABLE b (id int)"),
                    ("0002_b.down.sql", "DROP TABLE b"),
                ]
            )
            #expect(try await migrator.up().count == 2)
            #expect(try await tables(database) == "b schema_migrations")
            #expect(try await migrator.down(to: 0).count == 2)
        }
    }

    @Test func `of concurrent migrators one works and the others find it done`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(database)
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await migrator.up().count } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.sorted() == [0, 0, 0, 0, 0, 2])
        }
    }

    @Test func `who holds the lock is said`() async throws {
        try await TestDatabase.with { database in
            let holder = try await database.connect(as: "someone else")
            try await holder.execute(script: "SELECT pg_advisory_lock(\(0x6768_6F73_7477_726B))")
            let heard = Heard()
            let migrator = try migrator(
                database,
                lockWait: .milliseconds(50),
                listener: { await heard.append($0) }
            )
            let error = await #expect(throws: SchemaError.self) { try await migrator.up() }
            #expect("\(try #require(error))".contains("someone else as postgres, process "))
            guard case .waiting = await heard.events.first else {
                Issue.record("the wait must be told")
                return
            }
            // A connection that is closed keeps its locks until its server process has noticed.
            try await holder.execute(script: "SELECT pg_advisory_unlock(\(0x6768_6F73_7477_726B))")
            await holder.close()
            #expect(try await migrator.up().count == 2)
        }
    }

    @Test func `a lock on a hot table is waited for briefly`() async throws {
        try await TestDatabase.with { database in
            try await database.execute("CREATE TABLE hot (id int)")
            let user = try await database.connect()
            try await user.execute(script: "BEGIN; SELECT FROM hot")
            let migrator = try migrator(
                database,
                [
                    ("0001_a.up.sql", "CREATE TABLE a (id int);\nALTER TABLE hot ADD b int"),
                    ("0001_a.down.sql", ""),
                ]
            )
            await #expect(throws: SchemaError.locked(file: "0001_a.up.sql", line: 2)) {
                try await migrator.up()
            }
            #expect(try await tables(database) == "hot schema_migrations")
            try await user.execute(script: "COMMIT")
            #expect(try await migrator.up().count == 1)
            await user.close()
        }
    }

    @Test func `up makes the partitions when there is a function for it`() async throws {
        try await TestDatabase.with { database in
            let migrator = try migrator(database)
            _ = try await migrator.up(to: 1)
            try await database.execute(
                """
                CREATE SCHEMA app;
                CREATE FUNCTION app.ensure_partitions() RETURNS void LANGUAGE sql
                AS 'INSERT INTO public.a VALUES (2)'
                """
            )
            _ = try await migrator.up(to: 1)
            let rows = try await database.value("SELECT count(*) AS value FROM a", as: Int.self)
            #expect(rows == 2)
        }
    }
}

/// Collects what a migrator tells.
actor Heard {
    private(set) var events: [MigrationEvent] = []

    func append(_ event: MigrationEvent) {
        events.append(event)
    }
}
