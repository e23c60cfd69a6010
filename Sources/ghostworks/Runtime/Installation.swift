import Cluster
import Logging
import Migrations
import Postgres
import Schema
import Sealing
import Storage

/// Brings a database to this program's schema and makes it usable: `migrate up` and `demo`.
struct Installation: Sendable {
    let settings: Settings
    let target: DatabaseTarget

    init(_ settings: Settings) {
        self.settings = settings
        target = DatabaseTarget(settings)
    }

    /// The migrator of a database that is there, as the administrator.
    func migrator() async throws -> Migrator {
        try await target.start()
        return try migrator { _ in }
    }

    private func migrator(listener: @escaping Migrator.Listener) throws -> Migrator {
        Migrator(
            try target.administrator(),
            migrations: try MigrationSet(files: Migrations.files),
            listener: listener
        )
    }

    /// Applies what is missing, the embedded database too; on the newest schema also prepares
    /// roles' passwords and keys.
    func migrateUp(
        to version: Int? = nil,
        listener: @escaping Migrator.Listener = { _ in }
    ) async throws -> [Migration] {
        try await target.install()
        let steps = try await migrator(listener: listener).up(to: version)
        if version == nil || version == SelfCheck.newest { try await prepare() }
        return steps
    }

    /// Roles' passwords, keys, and what the database must know of them; safe to repeat.
    private func prepare() async throws {
        try KeyFiles(dataDirectory: settings.folders.data).createMissing(for: settings.keys)
        try await target.cluster?.preparePasswords()
        let keys = try Keys(settings.keys)
        let installation = KeyInstallation(keys: keys, target: target)
        try await installation.installContextKeys()
        guard settings.database.url != nil || target.cluster != nil else { return }
        try await Runtime.with(settings) { runtime in
            try await runtime.registerKeys()
        }
    }
}
