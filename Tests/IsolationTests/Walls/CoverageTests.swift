import Fixtures
import Foundation
import Postgres
import Testing

@Suite struct CoverageTests {
    @Test(arguments: World.roles)
    func `a migrated database has no gap in its walls`(role: String) async throws {
        try await World.with { world in
            let problems = try await world.connected(as: role) { connection in
                try await connection.query("SELECT object, problem FROM app.wall_problems()")
                    .map(Self.sentence)
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

    /// Each is planted in a transaction that is not committed: roles belong to the server, which
    /// other tests share.
    @Test func `every planted gap is reported`() async throws {
        try await MigratedDatabase.with { migrated in
            let scripts = PlantedProblem.all.enumerated().map { number, planted in
                """
                \\echo =-=-=-=\(number)
                BEGIN;
                \(planted.statements.joined(separator: ";\n"));
                SELECT object || ' ' || problem FROM app.wall_problems();
                ROLLBACK;
                """
            }
            let output = try await Psql(database: migrated.name)
                .run(as: nil, scripts.joined(separator: "\n"))
            #expect(output.reports == "")
            let answers = output.rows.components(separatedBy: "=-=-=-=").dropFirst()
            try #require(answers.count == PlantedProblem.all.count)
            for (planted, answer) in zip(PlantedProblem.all, answers) {
                let lines = answer.split(separator: "\n")
                #expect(lines.contains { $0.hasPrefix(planted.sentence) }, "\(planted): \(answer)")
            }
        }
    }

    private static func sentence(_ row: Row) throws -> String {
        let object: String = try row.decode("object")
        let problem: String = try row.decode("problem")
        return "\(object) \(problem)"
    }
}
