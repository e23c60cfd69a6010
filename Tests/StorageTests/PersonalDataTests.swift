import Fixtures
import Postgres
import Testing

@testable import Storage

/// The register of personal data against the migrated schema.
@Suite struct PersonalDataTests {
    private func columns(_ migrated: MigratedDatabase) async throws -> [(String, String)] {
        try await migrated.admin(PersonalData.catalogue).map { row in
            (try row.decode("name"), try row.decode("type"))
        }
    }

    /// The columns that nobody has thought about.
    private func unregistered(_ migrated: MigratedDatabase) async throws -> [String] {
        try await columns(migrated).filter { name, type in
            PersonalData.handling(name, type: type) == nil
        }.map(\.0)
    }

    @Test func `every column is personal data, or said not to be`() async throws {
        try await MigratedDatabase.with { migrated in
            let count = try await columns(migrated).count
            #expect(count > 200)
            let forgotten = try await unregistered(migrated)
            #expect(forgotten.isEmpty, "each needs a line in PersonalData+register.swift")
        }
    }

    @Test(arguments: ["text", "jsonb", "bytea", "inet", "text[]", "varchar(40)"])
    func `a planted column is found`(type: String) async throws {
        try await MigratedDatabase.with { migrated in
            let statement: SQL = """
                ALTER TABLE users ADD COLUMN nickname \(unsafe: type)
                """
            _ = try await migrated.admin(statement)
            #expect(try await unregistered(migrated) == ["users.nickname"])
        }
    }

    @Test func `every line of the register is a column`() async throws {
        try await MigratedDatabase.with { migrated in
            let known = Set(try await columns(migrated).map(\.0))
            let lines = PersonalData.register.map(\.name)
            #expect(lines.filter { !known.contains($0) } == [])
            #expect(Set(lines).count == lines.count, "a column has two lines")
        }
    }

    /// What is to go with the person is in a table whose rows go, and the other way round.
    @Test func `what the register calls deleted is what an erasure deletes`() async throws {
        try await MigratedDatabase.with { migrated in
            let erased: [String] = try await migrated.admin(
                "SELECT e.table_name FROM app.erasures AS e"
            ).map { try $0.decode("table_name") }
            let registered = PersonalData.register.compactMap { column -> Substring? in
                guard case .personal(_, .deleted) = column.handling else { return nil }
                return column.name.split(separator: ".").first
            }
            #expect(Set(registered.map(String.init)) == Set(erased))
        }
    }
}
