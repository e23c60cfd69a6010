import Foundation
import Migrations
import Postgres
import Schema
import Testing

/// Ends the migrator's backend at each moment of its work once, as crashes would.
actor Killer {
    /// A statement of a migration, or its commit.
    private struct Moment: Hashable {
        let label: String
        let direction: Migration.Direction
        let index: Int
    }

    private let database: TestDatabase
    /// Of how many moments one is struck.
    private let step: Int
    private var seen: Set<Moment> = []
    private var index = 0
    private(set) var strikes = 0

    init(_ database: TestDatabase, step: Int) {
        self.database = database
        self.step = step
    }

    func hear(_ event: MigrationEvent) async throws {
        switch event {
        case .began: index = 0
        case .statement(let migration, let direction, _), .committing(let migration, let direction):
            let moment = Moment(label: migration.label, direction: direction, index: index)
            index += 1
            guard seen.insert(moment).inserted, seen.count % step == 0 else { return }
            try await strike()
        default: break
        }
    }

    private func strike() async throws {
        strikes += 1
        try await database.execute(
            """
            SELECT pg_terminate_backend(pid, 10000)
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'ghostworks migrate'
            """
        )
    }
}

/// F29 of the fault table.
@Suite struct InterruptionTests {
    @Test func `migrations killed at any statement reach the same schema when run again`()
        async throws
    {
        let set = try MigrationSet(files: Migrations.files)
        // In full every statement and every commit; else one in a prime number, so that the
        // strikes wander over the files.
        let isFull = ProcessInfo.processInfo.environment["GHOSTWORKS_FAULTS"] == "full"
        let step = isFull ? 1 : 17
        try await TestDatabase.with { clean in
            _ = try await Migrator(clean.settings, migrations: set).up()
            let expected = try await clean.dump()
            try await TestDatabase.with { database in
                let killer = Killer(database, step: step)
                try await insist(killer, database, set) { try await $0.up() }
                #expect(try await database.dump() == expected)
                try await insist(killer, database, set) { try await $0.down(to: 0) }
                #expect(await killer.strikes > 2)
                _ = try await Migrator(database.settings, migrations: set).up()
                #expect(try await database.dump() == expected)
            }
        }
    }

    /// Runs until nothing is left to be killed at.
    private func insist(
        _ killer: Killer,
        _ database: TestDatabase,
        _ set: MigrationSet,
        _ run: (Migrator) async throws -> [Migration]
    ) async throws {
        let migrator = Migrator(database.settings, migrations: set) { event in
            do {
                try await killer.hear(event)
            } catch {
                Issue.record(error)
            }
        }
        while true {
            let strikes = await killer.strikes
            do {
                _ = try await run(migrator)
                #expect(await killer.strikes == strikes)
                return
            } catch let error as SchemaError {
                guard case .connectionLost = error else { throw error }
                try #require(await killer.strikes == strikes + 1)
            }
            _ = try await migrator.verify()
        }
    }
}
