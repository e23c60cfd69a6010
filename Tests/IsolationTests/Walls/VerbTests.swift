import Fixtures
import Postgres
import Testing

/// Every tenant table × every verb, across two tenants, from the catalogue.
@Suite struct VerbTests {
    /// Once with the grants as they are, and once with all of them: then the wall alone must hold.
    @Test(arguments: World.roles, [false, true])
    func `no verb reaches another tenant's rows`(role: String, granted: Bool) async throws {
        try await World.with { world in
            if granted { try await Table.grantEverything(in: world) }
            let before = try await world.fingerprint(of: .b)
            for table in try await Table.all("tenant", in: world) {
                let verbs = try await Verbs(table, in: world)
                try await world.connected(as: role) { connection in
                    for (name, statement) in verbs.reaching {
                        let outcome = await connection.attempt(statement, in: Side.a.context())
                        #expect(outcome.isFruitless, "\(name) \(table.name): \(outcome)")
                    }
                }
            }
            #expect(try await world.fingerprint(of: .b) == before)
        }
    }

    @Test(arguments: World.roles)
    func `a row for another tenant is refused by the wall`(role: String) async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            for table in try await Table.all("tenant", in: world) {
                let verbs = try await Verbs(table, in: world)
                try await world.connected(as: role) { connection in
                    _ = try await connection.query("SET default_transaction_read_only = off")
                    for (name, statement) in verbs.writing {
                        let outcome = await connection.attempt(statement, in: Side.a.context())
                        #expect(outcome.code == "42501", "\(name) \(table.name): \(outcome)")
                    }
                }
            }
        }
    }

    /// Whether the other tenant has a row under a key must not be told by the refusal.
    @Test func `a refusal is the same for keys that exist and keys that do not`() async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            for table in try await Table.all("tenant", in: world) {
                let known = try #require(try await table.sample(.b, in: world))
                let own = try #require(try await table.sample(.a, in: world))
                let fresh = own.replacing(Side.a.tenant, with: Side.b.tenant)
                try await world.connected(as: "ghostworks_app") { connection in
                    var outcomes: Set<Attempt> = []
                    for row in [known, fresh] {
                        let statement: SQL =
                            "INSERT INTO \(unsafe: table.name) (\(unsafe: table.list)) \(table.row(row))"
                        outcomes.insert(
                            await connection.attempt(statement, in: Side.a.context())
                        )
                    }
                    #expect(outcomes.count == 1, "\(table.name): \(outcomes)")
                }
            }
        }
    }

    /// Without this the tests above could pass because nobody sees anything.
    @Test(arguments: World.roles)
    func `one's own rows are seen, and only they`(role: String) async throws {
        try await World.with { world in
            for table in try await Table.all("tenant", in: world) {
                let own = try await world.migrated.admin(
                    "SELECT FROM \(unsafe: table.name) AS t WHERE \(unsafe: table.condition(.a))"
                ).count
                try await world.connected(as: role) { connection in
                    let outcome = await connection.attempt(
                        "SELECT 1 FROM \(unsafe: table.name)",
                        in: Side.a.context()
                    )
                    #expect(outcome == .done(rows: own, affected: own), "\(table.name)")
                }
            }
        }
    }

    @Test(arguments: World.roles)
    func `COPY writes one's own rows and reads none in`(role: String) async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            let tables = try await Table.all("tenant", in: world)
            for table in tables {
                let out = try await world.psql.run(
                    as: role,
                    """
                    SET app.context = '\(Side.a.context())';
                    SET default_transaction_read_only = off;
                    \\copy (SELECT * FROM \(table.name)) TO STDOUT
                    \\copy \(table.name) FROM /dev/null
                    """
                )
                #expect(out.rows.contains("aaaaaaaa-"), "\(table.name)")
                #expect(!out.all.contains("bbbbbbbb-"), "\(table.name)")
                #expect(out.reports.contains("COPY FROM not supported with row-level security"))
            }
        }
    }

    @Test(arguments: World.roles)
    func `a partition cannot be reached past its parent`(role: String) async throws {
        try await World.with { world in
            let partitions = try await world.migrated.admin(
                """
                SELECT c.oid::regclass::text AS name, a.attname::text AS first_column
                FROM pg_class AS c
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = 1
                WHERE c.relispartition AND c.relkind = 'r'
                """
            )
            #expect(partitions.count >= 20)
            for partition in partitions {
                let name = try partition.decode("name", as: String.self)
                let column = try partition.decode("first_column", as: String.self)
                try await world.connected(as: role) { connection in
                    let statements: [SQL] = [
                        "SELECT FROM \(unsafe: name)", "DELETE FROM \(unsafe: name)",
                        "UPDATE \(unsafe: name) SET \(unsafe: column) = \(unsafe: column)",
                        "INSERT INTO \(unsafe: name) DEFAULT VALUES",
                        "TRUNCATE \(unsafe: name)",
                    ]
                    for statement in statements {
                        for context in [nil, Side.a.context()] {
                            let outcome = await connection.attempt(statement, in: context)
                            #expect(outcome.isFruitless && outcome.code != nil, "\(outcome)")
                        }
                    }
                }
            }
        }
    }
}

/// The statements that one table is attacked with.
private struct Verbs {
    /// Those that aim at rows of the other tenant.
    let reaching: [(String, SQL)]
    /// Those that would make a row of the other tenant.
    let writing: [(String, SQL)]

    init(_ table: Table, in world: World) async throws {
        let name = table.name
        let column = table.tenantColumn ?? ""
        let theirs = "\(column) = '\(Side.b.tenant)'"
        let known = try #require(try await table.sample(.b, in: world))
        let own = try #require(try await table.sample(.a, in: world))
        let fresh = own.replacing(Side.a.tenant, with: Side.b.tenant)
        reaching = [
            ("SELECT", "SELECT * FROM \(unsafe: name) WHERE \(unsafe: theirs)"),
            (
                "SELECT FOR UPDATE",
                "SELECT * FROM \(unsafe: name) WHERE \(unsafe: theirs) FOR UPDATE"
            ),
            ("SELECT FOR SHARE", "SELECT * FROM \(unsafe: name) WHERE \(unsafe: theirs) FOR SHARE"),
            (
                "TABLESAMPLE",
                """
                SELECT * FROM \(unsafe: name) TABLESAMPLE SYSTEM (100) WHERE \(unsafe: theirs)
                """
            ),
            (
                "UPDATE",
                """
                UPDATE \(unsafe: name) SET \(unsafe: column) = \(unsafe: column)
                WHERE \(unsafe: theirs)
                """
            ),
            ("DELETE", "DELETE FROM \(unsafe: name) WHERE \(unsafe: theirs)"),
            (
                "MERGE",
                """
                MERGE INTO \(unsafe: name) AS t USING (SELECT 1) AS s ON t.\(unsafe: theirs)
                WHEN MATCHED THEN DELETE
                """
            ),
        ]
        let insert: SQL = "INSERT INTO \(unsafe: name) (\(unsafe: table.list)) \(table.row(known))"
        let other: SQL = "INSERT INTO \(unsafe: name) (\(unsafe: table.list)) \(table.row(fresh))"
        writing = [
            ("INSERT of a known row", insert),
            ("INSERT of a new row", other),
            ("ON CONFLICT DO NOTHING", insert + " ON CONFLICT DO NOTHING"),
            (
                "MERGE INSERT",
                """
                MERGE INTO \(unsafe: name) AS t USING (\(table.row(fresh))) AS s ON false
                WHEN NOT MATCHED THEN INSERT (\(unsafe: table.list))
                VALUES (\(unsafe: table.columns.map { "s.\($0)" }.joined(separator: ", ")))
                """
            ),
            (
                "UPDATE of the tenant",
                "UPDATE \(unsafe: name) SET \(unsafe: column) = '\(unsafe: Side.b.tenant)'"
            ),
        ]
    }
}
