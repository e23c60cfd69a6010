package import Postgres

/// A row of `schema_migrations`: a migration that the database has.
package struct AppliedMigration: Sendable, Equatable {
    /// The migration's number.
    package let version: Int
    /// The name it was applied under.
    package let name: String
    /// SHA-256 of its up file, in hexadecimal.
    package let checksum: String
    /// When it was applied, by the database's clock.
    package let appliedAt: Timestamp
    /// The role that applied it.
    package let appliedBy: String
    /// How long it took.
    package let executionMilliseconds: Int
}

/// One line of `migrate status`.
package struct MigrationStatus: Sendable, Equatable {
    /// How the database and the program stand to each other in one migration.
    package enum Standing: Sendable, Equatable {
        case applied(AppliedMigration)
        case pending
        /// Applied, but its file is not the one that was applied.
        case changed(AppliedMigration)
        /// Applied by a newer program; this one has no file for it.
        case unknown(AppliedMigration)
    }

    /// The migration's number.
    package let version: Int
    /// The migration's name, `0003_create_tenants`.
    package let label: String
    /// How database and program stand to each other.
    package let standing: Standing
}

/// What the program knows beside what the database has; pure, so that every case is tested.
struct SchemaState: Sendable {
    let migrations: MigrationSet
    /// The up files' checksums, in the order of the migrations.
    let checksums: [String]
    /// In the order of their versions.
    let applied: [AppliedMigration]

    /// The database's version.
    var version: Int { applied.last?.version ?? 0 }

    var statuses: [MigrationStatus] {
        let byVersion = Dictionary(
            applied.map { ($0.version, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let known = migrations.migrations.map { migration in
            MigrationStatus(
                version: migration.version,
                label: migration.label,
                standing: standing(of: migration, applied: byVersion[migration.version])
            )
        }
        let unknown = applied.filter { $0.version > migrations.newest }.map { row in
            MigrationStatus(
                version: row.version,
                label: Migration.label(version: row.version, name: row.name),
                standing: .unknown(row)
            )
        }
        return known + unknown
    }

    private func standing(
        of migration: Migration,
        applied row: AppliedMigration?
    ) -> MigrationStatus.Standing {
        guard let row else { return .pending }
        let isSame = row.name == migration.name && row.checksum == checksum(of: migration)
        return isSame ? .applied(row) : .changed(row)
    }

    private func checksum(of migration: Migration) -> String { checksums[migration.version - 1] }

    /// Refuses a database whose history is not a beginning of the program's.
    func check() throws(SchemaError) {
        if version > migrations.newest {
            throw .newerDatabase(database: version, program: migrations.newest)
        }
        for (index, row) in applied.enumerated() {
            guard row.version == index + 1, let migration = migrations[row.version] else {
                throw .databaseGap(missing: index + 1)
            }
            if row.name != migration.name {
                throw .renamed(
                    label: migration.label,
                    database: Migration.label(version: row.version, name: row.name)
                )
            }
            if row.checksum != checksum(of: migration) {
                throw .changed(
                    label: migration.label,
                    database: row.checksum,
                    program: checksum(of: migration)
                )
            }
        }
    }

    /// The migrations to apply, in order, to reach a version.
    func pending(to target: Int?) throws(SchemaError) -> [Migration] {
        let target = target ?? migrations.newest
        try checkTarget(target)
        guard target >= version else {
            throw .wrongDirection(target: target, current: version, use: "down")
        }
        return Array(migrations.migrations[version..<target])
    }

    /// The migrations to take back, in order, to reach a version.
    func undoable(to target: Int) throws(SchemaError) -> [Migration] {
        try checkTarget(target)
        guard target <= version else {
            throw .wrongDirection(target: target, current: version, use: "up")
        }
        return migrations.migrations[target..<version].reversed()
    }

    private func checkTarget(_ target: Int) throws(SchemaError) {
        guard (0...migrations.newest).contains(target) else {
            throw .unknownTarget(target, newest: migrations.newest)
        }
    }
}
