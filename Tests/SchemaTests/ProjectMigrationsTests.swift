import Foundation
import Migrations
import Schema
import Testing

@Suite struct ProjectMigrationsTests {
    @Test func `every file of the folder is compiled in, and nothing else`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../migrations/sql").standardized
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
        #expect(Migrations.files.map(\.name) == names, "run .ci/migrations-list")
        #expect(try Migrations.newest == MigrationSet(files: Migrations.files).newest)
        for file in Migrations.files {
            let bytes = try Data(contentsOf: folder.appending(path: file.name))
            #expect(file.bytes == Array(bytes), "\(file.name)")
        }
    }

    @Test func `up, down to zero and up again give the same catalogue`() async throws {
        let set = try MigrationSet(files: Migrations.files)
        try await TestDatabase.with { database in
            let migrator = Migrator(database.settings, migrations: set)
            #expect(try await migrator.up().count == set.newest)
            let first = try await database.dump()
            #expect(try await migrator.down(to: 0).count == set.newest)
            #expect(try await migrator.up().count == set.newest)
            let second = try await database.dump()
            #expect(first == second)
            #expect(set.newest == 0 || first.contains("CREATE TABLE"))
        }
    }

    @Test func `each single step down and up again gives the same catalogue`() async throws {
        let set = try MigrationSet(files: Migrations.files)
        try await TestDatabase.with { database in
            let migrator = Migrator(database.settings, migrations: set)
            for version in stride(from: 1, through: set.newest, by: 1) {
                _ = try await migrator.up(to: version)
                let first = try await database.dump()
                _ = try await migrator.down(to: version - 1)
                _ = try await migrator.up(to: version)
                #expect(try await database.dump() == first, "\(version)")
            }
        }
    }
}
