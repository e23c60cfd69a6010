package import Domain
package import FoundationEssentials
package import Postgres

/// What serving processes measured last.
package enum NodeStore {
    /// After so long a silent process is forgotten.
    private static let memory: SQL = "interval '10 minutes'"

    /// All processes that are not forgotten, with the time of the database.
    package static let list: SQL = """
        SELECT now.at, n.host, n.started_at, n.measured_at, n.requests, n.errors, n.p50_us,
            n.p99_us, n.pool_size, n.pool_in_use, n.pool_waiting, n.pool_timeouts
        FROM (SELECT statement_timestamp() AS at) AS now
        LEFT JOIN node_figures AS n ON n.measured_at > now.at - \(memory)
        ORDER BY n.host, n.started_at
        """

    package static func health(_ rows: Rows) throws -> PlatformHealth {
        guard let first = rows.first else {
            throw DomainError(.internal, .internalError, "The database told no time.")
        }
        return PlatformHealth(nodes: try rows.compactMap(node), at: try first.decode("at"))
    }

    /// Nil for the row that only tells the time.
    private static func node(_ row: Row) throws -> NodeFigures? {
        guard let host = try row.decode("host", as: String?.self) else { return nil }
        return NodeFigures(
            host: host,
            startedAt: try row.decode("started_at"),
            measuredAt: try row.decode("measured_at"),
            requests: try row.decode("requests"),
            errors: try row.decode("errors"),
            median: try row.decode("p50_us", as: Int64?.self).map { .microseconds($0) },
            slowest: try row.decode("p99_us", as: Int64?.self).map { .microseconds($0) },
            pool: PoolFigures(
                size: try row.decode("pool_size"),
                inUse: try row.decode("pool_in_use"),
                waiting: try row.decode("pool_waiting"),
                timeouts: try row.decode("pool_timeouts")
            )
        )
    }

    /// Writes a process's figures in the place of its last ones; by the database's clock.
    package static func report(_ node: UUID, _ figures: NodeFigures) -> [SQL] {
        let median = figures.median.map(microseconds)
        let slowest = figures.slowest.map(microseconds)
        let pool = figures.pool
        return [
            """
            INSERT INTO node_figures (node_id, host, started_at, measured_at, requests, errors,
                p50_us, p99_us, pool_size, pool_in_use, pool_waiting, pool_timeouts)
            VALUES (\(node), \(figures.host), \(figures.startedAt), statement_timestamp(),
                \(figures.requests), \(figures.errors), \(median), \(slowest), \(pool.size),
                \(pool.inUse), \(pool.waiting), \(pool.timeouts))
            ON CONFLICT ON CONSTRAINT node_figures_pkey DO UPDATE
            SET measured_at = excluded.measured_at, requests = excluded.requests,
                errors = excluded.errors, p50_us = excluded.p50_us, p99_us = excluded.p99_us,
                pool_size = excluded.pool_size, pool_in_use = excluded.pool_in_use,
                pool_waiting = excluded.pool_waiting, pool_timeouts = excluded.pool_timeouts
            """,
            """
            DELETE FROM node_figures AS n
            WHERE n.measured_at < statement_timestamp() - \(memory)
            """,
        ]
    }

    package static func forget(_ node: UUID) -> SQL {
        "DELETE FROM node_figures WHERE node_id = \(node)"
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000
            + duration.components.attoseconds / 1_000_000_000_000
    }
}
