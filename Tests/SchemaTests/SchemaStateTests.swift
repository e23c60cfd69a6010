import Postgres
import Testing

@testable import Schema

@Suite struct SchemaStateTests {
    private func row(_ version: Int, _ name: String, _ checksum: String) -> AppliedMigration {
        AppliedMigration(
            version: version,
            name: name,
            checksum: checksum,
            appliedAt: Timestamp(microseconds: 0),
            appliedBy: "postgres",
            executionMilliseconds: 1
        )
    }

    private func state(_ applied: [AppliedMigration]) throws -> SchemaState {
        let set = try MigrationSet(
            files: files([
                ("0001_a.up.sql", ""), ("0001_a.down.sql", ""),
                ("0002_b.up.sql", ""), ("0002_b.down.sql", ""),
                ("0003_c.up.sql", ""), ("0003_c.down.sql", ""),
            ])
        )
        return SchemaState(migrations: set, checksums: ["A", "B", "C"], applied: applied)
    }

    @Test func `an empty database lacks everything`() throws {
        let state = try state([])
        try state.check()
        #expect(state.version == 0)
        #expect(try state.pending(to: nil).map(\.version) == [1, 2, 3])
        #expect(try state.pending(to: 2).map(\.version) == [1, 2])
        #expect(state.statuses.map(\.standing) == [.pending, .pending, .pending])
    }

    @Test func `steps down come newest first`() throws {
        let state = try state([row(1, "a", "A"), row(2, "b", "B")])
        #expect(try state.undoable(to: 0).map(\.version) == [2, 1])
        #expect(try state.undoable(to: 2).isEmpty)
        #expect(try state.pending(to: nil).map(\.version) == [3])
    }

    @Test func `a changed file is refused and shown`() throws {
        let state = try state([row(1, "a", "A"), row(2, "b", "X")])
        #expect(throws: SchemaError.changed(label: "0002_b", database: "X", program: "B")) {
            try state.check()
        }
        #expect(state.statuses[1].standing == .changed(row(2, "b", "X")))
    }

    @Test func `a renamed file is refused`() throws {
        let state = try state([row(1, "z", "A")])
        #expect(throws: SchemaError.renamed(label: "0001_a", database: "0001_z")) {
            try state.check()
        }
    }

    @Test func `a hole in the database's history is refused`() throws {
        let state = try state([row(1, "a", "A"), row(3, "c", "C")])
        #expect(throws: SchemaError.databaseGap(missing: 2)) { try state.check() }
    }

    @Test func `a newer database is refused and shown`() throws {
        let state = try state([
            row(1, "a", "A"), row(2, "b", "B"), row(3, "c", "C"), row(4, "d", "D"),
        ])
        #expect(throws: SchemaError.newerDatabase(database: 4, program: 3)) { try state.check() }
        #expect(state.statuses.last?.standing == .unknown(row(4, "d", "D")))
        #expect(state.statuses.last?.label == "0004_d")
    }

    @Test(arguments: [-1, 4])
    func `a target that does not exist is refused`(target: Int) throws {
        let state = try state([])
        #expect(throws: SchemaError.unknownTarget(target, newest: 3)) {
            try state.pending(to: target)
        }
        #expect(throws: SchemaError.unknownTarget(target, newest: 3)) {
            try state.undoable(to: target)
        }
    }

    @Test func `a target in the other direction is refused`() throws {
        let state = try state([row(1, "a", "A"), row(2, "b", "B")])
        #expect(throws: SchemaError.wrongDirection(target: 1, current: 2, use: "down")) {
            try state.pending(to: 1)
        }
        #expect(throws: SchemaError.wrongDirection(target: 3, current: 2, use: "up")) {
            try state.undoable(to: 3)
        }
    }
}
