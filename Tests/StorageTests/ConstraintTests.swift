import Domain
import Fixtures
import Postgres
import Testing

@testable import Storage

@Suite struct ConstraintTests {
    @Test func `every constraint of a walled table is translated or has a reason not to be`()
        async throws
    {
        try await MigratedDatabase.with { migrated in
            let names = try await constraints(migrated)
            #expect(names.count > 80)
            let covered = Set(DomainError.constraints.keys)
                .union(DomainError.guardedConstraints.keys)
            #expect(names.subtracting(covered).sorted() == [])
            #expect(covered.subtracting(names).sorted() == [])
        }
    }

    @Test func `no constraint is both translated and guarded`() {
        let both = Set(DomainError.constraints.keys)
            .intersection(DomainError.guardedConstraints.keys)
        #expect(both.sorted() == [])
    }

    private func constraints(_ migrated: MigratedDatabase) async throws -> Set<String> {
        let rows = try await migrated.admin(
            """
            SELECT c.conname
            FROM pg_constraint AS c
            JOIN pg_class AS t ON t.oid = c.conrelid
            JOIN pg_namespace AS n ON n.oid = t.relnamespace
            JOIN app.walls AS w ON w.table_name = n.nspname || '.' || t.relname
            WHERE w.kind IN ('tenant', 'global') AND c.conparentid = 0
              AND c.contype IN ('c', 'u', 'f', 'p')
            """
        )
        return Set(try rows.map { try $0.decode("conname", as: String.self) })
    }
}
