package import Domain
package import Postgres

extension OutboxStore {
    /// How many mails wait and how many were given up; for a platform's context.
    package static let standing: SQL = """
        SELECT count(*) FILTER (WHERE m.status = 'pending') AS waiting,
            count(*) FILTER (WHERE m.status = 'failed') AS failed,
            min(m.created_at) FILTER (WHERE m.status = 'pending') AS oldest,
            max(m.next_attempt_at) FILTER (WHERE m.status = 'failed') AS last_failure
        FROM mail_outbox AS m
        """
}

extension QueueStanding {
    /// Reads what a store's `standing` counted.
    package init(_ row: Row) throws {
        self.init(
            waiting: try row.decode("waiting"),
            failed: try row.decode("failed"),
            oldest: try row.decode("oldest")
        )
        lastFailure = try row.decode("last_failure")
    }
}
