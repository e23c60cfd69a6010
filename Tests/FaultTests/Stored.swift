import Fixtures
import Operations
import Postgres

extension MigratedDatabase {
    /// The names of a database's artifacts, as the superuser sees them.
    func storedNames() async throws -> [String] {
        try await admin("SELECT name FROM artifacts").map {
            try $0.decode("name", as: String.self)
        }
    }

    /// How many artifacts do not have exactly one event of their making, or do not exist.
    func misrecorded() async throws -> Int64 {
        try await admin(
            """
            SELECT count(*) AS wrong
            FROM (SELECT id::text FROM artifacts) AS a
            FULL JOIN (
                SELECT resource_id, count(*) AS events FROM audit_events
                WHERE action = 'artifact.created' GROUP BY resource_id
            ) AS e ON e.resource_id = a.id
            WHERE a.id IS NULL OR e.events IS DISTINCT FROM 1
            """
        )[0].decode("wrong", as: Int64.self)
    }
}
