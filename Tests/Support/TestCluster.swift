import Foundation
public import Postgres
import Synchronization

// DESIGN
//
// 1. One server for all tests of a process: `shared()`. `GHOSTWORKS_TEST_DATABASE_URL` names one
//    that exists already; otherwise one is started, on first use, and removed at process end.
// 2. A test that kills or configures its server starts its own: `start(…)`. Only the first cluster
//    of a process pays for `initdb`; the others copy its untouched data.
// 3. A process that died leaves a folder named after its number; the next one removes it.

/// A PostgreSQL server for tests.
public final class TestCluster: Sendable {
    /// Where the server listens, as a superuser.
    public let settings: ConnectionSettings
    /// The server's own files; nil when somebody else runs it.
    let server: TestServer?

    private init(settings: ConnectionSettings, server: TestServer?) {
        self.settings = settings
        self.server = server
    }

    private static let sharedTask = Task { () throws -> TestCluster in
        if let url = ProcessInfo.processInfo.environment["GHOSTWORKS_TEST_DATABASE_URL"] {
            return TestCluster(settings: try ConnectionSettings(url: url), server: nil)
        }
        return try await start()
    }

    private static let databaseNumber = Atomic(0)

    /// The server that all tests of this process share.
    public static func shared() async throws -> TestCluster {
        try await sharedTask.value
    }

    /// Starts a server for one test, or for a suite.
    ///
    /// - Parameters:
    ///   - tcp: whether it also listens on a port of 127.0.0.1.
    ///   - parameters: lines for `postgresql.conf`.
    ///   - files: files to put into the data folder, readable for the server only.
    /// - Returns: the running server.
    /// - Throws: what the server's programs complained about.
    public static func start(
        tcp: Bool = false,
        parameters: [String: String] = [:],
        files: [String: String] = [:]
    ) async throws -> TestCluster {
        try await WaitingThreads.run {
            let server = try TestServer(tcp: tcp, parameters: parameters, files: files)
            try server.start()
            return TestCluster(settings: try server.settings(), server: server)
        }
    }

    /// Settings for one of the server's databases.
    public func settings(database: String) -> ConnectionSettings {
        var settings = settings
        settings.database = database
        return settings
    }

    /// The URL of one of the server's databases, as a superuser.
    public func url(database: String = "postgres") -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        func escaped(_ text: String?) -> String {
            (text ?? "").addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        }
        let password = settings.password.map { ":\(escaped($0))" } ?? ""
        let query = "host=\(escaped(settings.host))&port=\(settings.port)"
        return "postgres://\(escaped(settings.user))\(password)@/\(escaped(database))?\(query)"
    }

    /// Makes a database for one test.
    ///
    /// - Parameter template: the database to clone; nobody may be connected to it.
    /// - Returns: its name.
    /// - Throws: `PostgresError`.
    public func makeDatabase(template: String? = nil) async throws -> String {
        let number = Self.databaseNumber.add(1, ordering: .relaxed).newValue
        let name = "test_\(getpid())_\(number)"
        let connection = try await PostgresConnection.connect(settings(database: "postgres"))
        var statement: SQL = "CREATE DATABASE \(identifier: name)"
        if let template { statement += " TEMPLATE \(identifier: template)" }
        // CREATE DATABASE refuses to run in a transaction, and a prepared one would be in none.
        try await connection.execute(script: statement.text)
        await connection.close()
        return name
    }

    /// Drops a database and whoever is connected to it.
    public func drop(_ database: String) async throws {
        let connection = try await PostgresConnection.connect(settings(database: "postgres"))
        let statement: SQL = "DROP DATABASE IF EXISTS \(identifier: database) WITH (FORCE)"
        try await connection.execute(script: statement.text)
        await connection.close()
    }

    /// Kills the server and all its processes, as a power cut would.
    public func kill9() {
        server?.kill9()
    }

    /// Starts a killed server, or stops and starts a running one; returns when it answers.
    public func restart() throws {
        try server?.restart()
    }

    /// Stops the server and removes its files.
    public func remove() {
        server?.remove()
    }
}
