import Foundation
import Logging
import Migrations
package import Postgres
import Schema
package import Sealing
package import Storage
package import Support

// DESIGN
//
// 1. All migrations run once a process, into a template; a test clones it, which costs a copy of
//    files and nothing more.
// 2. The pools are those of the product: the roles ghostworks_app and ghostworks_reader, which no
//    wall lets through. `admin` is the superuser, for what a test must plant or see behind the
//    walls.
// 3. Six databases live at once: with eight writers and four readers each they stay below the
//    hundred connections of the server.
// 4. The context key is inserted into the template, so every clone trusts the same signer.

/// A migrated database of one test, dropped with it.
package struct MigratedDatabase: Sendable {
    package let database: Database
    package let name: String
    /// The server it is on.
    package let cluster: TestCluster

    /// Signs contexts that every clone trusts.
    package static let contextKey = ContextKey.generate()

    private static let template = Task { () throws -> (TestCluster, String) in
        let cluster = try await TestCluster.shared()
        return (cluster, try await migrate(cluster))
    }

    /// Makes a database, runs all migrations in it and has it trust the context key.
    private static func migrate(_ cluster: TestCluster) async throws -> String {
        let name = try await cluster.makeDatabase()
        let settings = cluster.settings(database: name)
        _ = try await Migrator(settings, migrations: MigrationSet(files: Migrations.files)).up()
        let admin = try await PostgresConnection.connect(settings)
        let blocks = contextKey.paddedBlocks
        _ = try await admin.query(
            """
            INSERT INTO app.context_keys (kid, inner_block, outer_block)
            VALUES (\(contextKey.kid), \(blocks.inner), \(blocks.outer))
            """
        )
        await admin.close()
        return name
    }

    private static let turnstile = Turnstile(width: 6)

    /// Runs a body with a database of its own, on the shared server unless another is named.
    package static func with(
        clock: SystemClock = .live,
        on own: TestCluster? = nil,
        _ body: (MigratedDatabase) async throws -> Void
    ) async throws {
        await turnstile.enter()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await run(clock, on: own, body))
        } catch {
            outcome = .failure(error)
        }
        await turnstile.leave()
        try outcome.get()
    }

    private static func run(
        _ clock: SystemClock,
        on own: TestCluster?,
        _ body: (MigratedDatabase) async throws -> Void
    ) async throws {
        let cluster: TestCluster
        let name: String
        if let own {
            cluster = own
            name = try await migrate(own)
        } else {
            let shared = try await template.value
            cluster = shared.0
            name = try await cluster.makeDatabase(template: shared.1)
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        func pool(_ role: String, _ size: Int) -> ConnectionPool {
            var settings = cluster.settings(database: name)
            settings.user = role
            settings.password = nil
            return ConnectionPool(
                settings,
                pool: .init(
                    maximum: size,
                    acquireTimeout: .seconds(60),
                    deadline: .seconds(60)
                ),
                logger: logger
            )
        }
        let made = MigratedDatabase(
            database: Database(
                writer: pool("ghostworks_app", 8),
                reader: pool("ghostworks_reader", 4),
                signer: ContextSigner(current: contextKey),
                clock: clock
            ),
            name: name,
            cluster: cluster
        )
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(made))
        } catch {
            outcome = .failure(error)
        }
        await made.database.writer.close()
        await made.database.reader.close()
        try await cluster.drop(name)
        try outcome.get()
    }

    /// Runs one statement as the superuser, behind all walls.
    package func admin(_ statement: SQL) async throws -> Rows {
        try await admin([statement])[0]
    }

    /// Runs statements as the superuser in one transaction: with a role or a setting of its own.
    package func admin(_ statements: [SQL]) async throws -> [Rows] {
        let connection = try await PostgresConnection.connect(cluster.settings(database: name))
        do {
            let rows = try await connection.batch(statements)
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }
}
