import Schema
import Testing

/// Files as the embedding gives them.
func files(_ texts: [(String, String)]) -> [(name: String, bytes: [UInt8])] {
    texts.map { (name: $0.0, bytes: Array($0.1.utf8)) }
}

@Suite struct MigrationSetTests {
    @Test func `files of any order become migrations in order`() throws {
        let set = try MigrationSet(
            files: files([
                ("0002_create_b.up.sql", "B"), ("0001_create_a.down.sql", "a"),
                ("0002_create_b.down.sql", "b"), ("0001_create_a.up.sql", "A"),
            ])
        )
        #expect(set.newest == 2)
        #expect(set.migrations.map(\.label) == ["0001_create_a", "0002_create_b"])
        #expect(set.migrations.map(\.up) == ["A", "B"])
        #expect(set.migrations.map(\.down) == ["a", "b"])
        #expect(set[2]?.name == "create_b")
        #expect(set[3] == nil)
        #expect(set[0] == nil)
    }

    @Test func `no files are no migrations`() throws {
        #expect(try MigrationSet(files: []).newest == 0)
    }

    @Test(arguments: [
        "", "x.sql", "0001.up.sql", "0001_.up.sql", "1_create_a.up.sql", "0001_create_a.sql",
        "0001_create_a.side.sql", "0001_create_a.up.sql.bak", "0000_create_a.up.sql",
        "0001-create-a.up.sql", "0001_Create_A.up.sql", "00x1_create_a.up.sql",
        "0001_create a.up.sql", "00001_create_a.up.sql", "٠٠٠١_create_a.up.sql",
    ])
    func `a file with another name is refused`(name: String) {
        #expect(throws: SchemaError.fileName(name)) {
            try MigrationSet(files: files([(name, "")]))
        }
    }

    @Test func `a gap is refused`() {
        #expect(throws: SchemaError.gap(missing: 2)) {
            try MigrationSet(
                files: files([
                    ("0001_a.up.sql", ""), ("0001_a.down.sql", ""),
                    ("0003_c.up.sql", ""), ("0003_c.down.sql", ""),
                ])
            )
        }
        #expect(throws: SchemaError.gap(missing: 1)) {
            try MigrationSet(files: files([("0002_b.up.sql", ""), ("0002_b.down.sql", "")]))
        }
    }

    @Test func `two migrations of one number are refused`() {
        #expect(throws: SchemaError.duplicate(version: 1, names: ["create_a", "create_b"])) {
            try MigrationSet(
                files: files([("0001_create_b.up.sql", ""), ("0001_create_a.down.sql", "")])
            )
        }
    }

    @Test func `a migration without its down file is refused`() {
        #expect(throws: SchemaError.missingFile("0001_create_a.down.sql")) {
            try MigrationSet(files: files([("0001_create_a.up.sql", "")]))
        }
    }

    @Test func `a migration without its up file is refused`() {
        #expect(throws: SchemaError.missingFile("0001_create_a.up.sql")) {
            try MigrationSet(files: files([("0001_create_a.down.sql", "")]))
        }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: SchemaError.notText(file: "0001_create_a.up.sql")) {
            try MigrationSet(files: [(name: "0001_create_a.up.sql", bytes: [0xC3, 0x28])])
        }
    }
}
