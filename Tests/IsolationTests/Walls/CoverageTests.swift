import Fixtures
import Postgres
import Testing

@Suite struct CoverageTests {
    @Test(arguments: World.roles)
    func `a migrated database has no gap in its walls`(role: String) async throws {
        try await World.with { world in
            let problems = try await world.connected(as: role) { connection in
                try await connection.query("SELECT object, problem FROM app.wall_problems()")
                    .map { try "\($0.decode("object", as: String.self)): \($0.decode("problem"))" }
            }
            #expect(problems == [])
        }
    }

    @Test func `every walled table has rows of both tenants`() async throws {
        try await World.with { world in
            let tables = try await Table.all(in: world)
            #expect(tables.count > 25)
            for table in tables where table.kind == "tenant" {
                #expect(try await table.sample(.a, in: world) != nil, "\(table.name)")
                #expect(try await table.sample(.b, in: world) != nil, "\(table.name)")
            }
            for table in tables where table.kind == "global" {
                let rows = try await world.migrated.admin("TABLE \(unsafe: table.name)")
                #expect(!rows.isEmpty, "\(table.name)")
            }
        }
    }

    @Test(arguments: PlantedProblem.all)
    func `a planted gap is reported`(planted: PlantedProblem) async throws {
        try await MigratedDatabase.with { migrated in
            _ = try await migrated.admin(planted.statements.map { "\(unsafe: $0)" })
            let rows = try await migrated.admin("SELECT object, problem FROM app.wall_problems()")
            let found = try rows.map {
                "\(try $0.decode("object", as: String.self)) \(try $0.decode("problem"))"
            }
            #expect(found.contains { $0.hasPrefix(planted.sentence) }, "\(found)")
        }
    }

    /// Roles belong to the server, which other tests share: these are planted in a transaction
    /// that is not committed.
    @Test(arguments: PlantedProblem.roles)
    func `a planted right of a role is reported`(planted: PlantedProblem) async throws {
        try await MigratedDatabase.with { migrated in
            let script = """
                BEGIN;
                \(planted.statements.joined(separator: ";\n"));
                SELECT object || ' ' || problem FROM app.wall_problems();
                ROLLBACK;
                """
            let output = try await Psql(database: migrated.name).run(as: nil, script)
            #expect(output.reports == "")
            #expect(output.rows.contains(planted.sentence), "\(output.rows)")
        }
    }
}
