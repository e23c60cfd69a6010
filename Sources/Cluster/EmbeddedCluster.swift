import Foundation
import Glibc
package import Postgres

// DESIGN
// 1. One process at a time starts or stops a server: a flock on <root>/lock, which the kernel
//    drops with its holder.
// 2. A data folder is complete or absent: initdb works in <root>/postgres.unfinished.
// 3. Whether the server runs is told by who works in the data folder, never by the pid file alone.
//    A stale pid file is removed only when nobody works there: else two servers could write.
// 4. Nothing listens on a network. The superuser is proved by the kernel (peer), the
//    application's roles by passwords, which live in a file of mode 0600 beside the data.
//
//   absent ──initdb──▶ stopped ──pg_ctl start──▶ running ──pg_ctl stop──▶ stopped
//                         ▲                         │
//                         └──── kill -9, reboot ◀───┘   (the next start replays the WAL)

/// PostgreSQL in a folder of one's own, for the first run and for small installations.
package actor EmbeddedCluster {
    /// Where the files lie.
    package nonisolated let layout: ClusterLayout
    private let places: ServerPrograms.Places
    /// How long a start may take, the replay of the WAL after a crash included.
    private let patience: Int

    /// Describes a cluster; nothing is made or started yet.
    ///
    /// - Parameter layout: Where its files lie or will lie.
    package init(layout: ClusterLayout) {
        self.init(layout: layout, places: ServerPrograms.Places(), patience: 300)
    }

    init(layout: ClusterLayout, places: ServerPrograms.Places, patience: Int) {
        self.layout = layout
        self.places = places
        self.patience = patience
    }

    /// Starts the server unless it runs; makes the data folder and the database at first.
    ///
    /// When it returns, the database `ghostworks` accepts connections.
    package func start() async throws {
        try layout.checkSocketPath()
        let account = try ServerAccount.current()
        let programs = try await programs()
        let folder = ClusterFolder(layout: layout, account: account)
        try await folder.prepare()
        let lock = try await ClusterLock.acquire(layout.lock, within: patience)
        try await folder.initialise(with: programs)
        let server = ServerControl(layout: layout, account: account, programs: programs)
        try await server.start(within: patience)
        try await createDatabase()
        _ = consume lock
    }

    /// Starts the server again when it was killed; one that somebody stopped stays stopped.
    ///
    /// A server that is told to stop removes its pid file; a killed one leaves it behind.
    ///
    /// - Returns: Whether it was started.
    package func revive() async throws -> Bool {
        guard try dataMajor() != nil,
            let process = ServerProcesses.processOfPidFile(data: layout.data),
            !ServerProcesses.isServer(process, of: layout.data)
        else { return false }
        try await start()
        return true
    }

    /// Stops the server: running transactions are rolled back, then everything is written.
    ///
    /// - Returns: Whether it ran.
    package func stop() async throws -> Bool {
        guard try dataMajor() != nil else { return false }
        let account = try ServerAccount.current()
        let programs = try await programs()
        let lock = try await ClusterLock.acquire(layout.lock, within: patience)
        let server = ServerControl(layout: layout, account: account, programs: programs)
        let ran = try await server.stop()
        _ = consume lock
        return ran
    }

    /// Whether there is a server and whether it runs; changes nothing.
    package func status() throws -> ClusterStatus {
        guard let major = try dataMajor() else { return .absent }
        guard let process = ServerProcesses(data: layout.data).postmaster else {
            return .stopped(major: major)
        }
        return .running(major: major, process: process)
    }

    /// The URL of the superuser, who may migrate and back up.
    package nonisolated var adminURL: String { layout.url(role: ClusterLayout.superuser) }

    /// The connection of the superuser, who may migrate and back up.
    package nonisolated func adminSettings() throws -> ConnectionSettings {
        try ConnectionSettings(url: adminURL)
    }

    private func programs() async throws -> ServerPrograms {
        try await ServerPrograms.find(in: places, for: try dataMajor(), folder: layout.data)
    }

    /// The version that made the data folder; nil when there is none.
    private func dataMajor() throws(ClusterError) -> Int? {
        let files = FileManager.default
        guard files.fileExists(atPath: layout.data) else { return nil }
        let version = try? String(contentsOfFile: layout.data + "/PG_VERSION", encoding: .utf8)
        let digits = version?.prefix { $0.isNumber }
        guard let major = digits.flatMap({ Int($0) }) else {
            throw .notACluster(folder: layout.data)
        }
        return major
    }

    private func createDatabase() async throws {
        let url = layout.url(role: ClusterLayout.superuser, database: "postgres")
        try await AdminConnection.with(url) { connection in
            let rows = try await connection.query(
                """
                SELECT EXISTS (
                    SELECT FROM pg_database WHERE datname = \(ClusterLayout.databaseName)
                ) AS found
                """
            )
            if try rows.first?.decode("found") == true { return }
            try await connection.execute(
                script: "CREATE DATABASE \(ClusterLayout.databaseName) TEMPLATE template0"
            )
        }
    }
}

/// What `database status` says.
package enum ClusterStatus: Sendable, Equatable {
    /// There is no data folder yet.
    case absent
    case stopped(major: Int)
    case running(major: Int, process: Int32)
}

/// A connection for one errand.
enum AdminConnection {
    static func with<Value: Sendable>(
        _ url: String,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        var settings = try ConnectionSettings(url: url)
        settings.applicationName = "ghostworks database"
        return try await PostgresConnection.with(settings, body)
    }
}
