import HTTPAPI
import Postgres
import Storage

/// Whether requests can be served now: both pools get an answer within a second.
struct DatabaseReadiness: Sendable {
    let database: Database

    private static let patience = Duration.seconds(1)

    func check() async -> Readiness {
        do {
            try await Self.ask(database.reader)
            try await Self.ask(database.writer)
            return .ready
        } catch {
            return .unready(reason: "The database does not answer.")
        }
    }

    /// Returns when the pool's database answers anything.
    static func ask(_ pool: ConnectionPool) async throws {
        try await pool.withConnection(deadline: patience) { connection in
            _ = try connection.query("SELECT 1")
        }
    }
}
