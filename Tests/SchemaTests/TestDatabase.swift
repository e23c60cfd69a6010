import Foundation
import Postgres
import Support
import Testing

/// An empty database of one test, dropped with it.
struct TestDatabase {
    let settings: ConnectionSettings

    /// Runs a body with a database of its own.
    static func with(_ body: (TestDatabase) async throws -> Void) async throws {
        let url = try #require(
            ProcessInfo.processInfo.environment["GHOSTWORKS_TEST_DATABASE_URL"],
            "run the tests through .ci/with-postgres"
        )
        var settings = try ConnectionSettings(url: url)
        let server = try await PostgresConnection.connect(settings)
        let name = "schema_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await server.execute(script: "CREATE DATABASE \(name) TEMPLATE template0")
        settings.database = name
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(TestDatabase(settings: settings)))
        } catch {
            outcome = .failure(error)
        }
        try await server.execute(script: "DROP DATABASE \(name) WITH (FORCE)")
        await server.close()
        try outcome.get()
    }

    func connect(as name: String = "test") async throws -> PostgresConnection {
        var settings = settings
        settings.applicationName = name
        return try await PostgresConnection.connect(settings)
    }

    func execute(_ script: String) async throws {
        let connection = try await connect()
        try await connection.execute(script: script)
        await connection.close()
    }

    /// One value of one row.
    func value<Value: SQLDecodable & Sendable>(
        _ sql: SQL,
        as type: Value.Type
    ) async throws -> Value {
        let connection = try await connect()
        let rows = try await connection.query(sql)
        await connection.close()
        return try #require(rows.first).decode("value")
    }

    /// The whole schema as pg_dump writes it.
    func dump() async throws -> String {
        let folder =
            ProcessInfo.processInfo.environment["GHOSTWORKS_TEST_SERVER_PROGRAMS"] ?? "/usr/bin"
        let command = [
            "\(folder)/pg_dump", "--schema-only", "--host", settings.host ?? "", "--port",
            "\(settings.port)", "--username", settings.user ?? "", "--dbname",
            settings.database ?? "",
        ]
        let output = try await WaitingThreads.run { try ChildProcess.output(of: command) }
        // pg_dump puts a random word into these two lines.
        return output.split(separator: "\n")
            .filter { !$0.hasPrefix("\\restrict") && !$0.hasPrefix("\\unrestrict") }
            .joined(separator: "\n")
    }
}
