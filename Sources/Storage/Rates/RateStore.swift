package import Domain
package import FoundationEssentials
package import Postgres

/// How full buckets are with what all processes took; in a system context.
package enum RateStore {
    /// Adds what was taken, in microseconds of each bucket, and says how full they are now.
    ///
    /// Buckets are named in one order, so that two processes cannot wait for each other.
    package static func add(_ taken: [(bucket: UUID, microseconds: Int64)]) -> SQL {
        let ordered = taken.sorted { $0.bucket.uuidString < $1.bucket.uuidString }
        return """
            INSERT INTO rate_limits AS r (bucket, empty_at)
            SELECT t.bucket, statement_timestamp() + t.amount * interval '1 microsecond'
            FROM unnest(\(ordered.map(\.bucket)), \(ordered.map(\.microseconds)))
                AS t (bucket, amount)
            ON CONFLICT (bucket) DO UPDATE
            SET empty_at = greatest(r.empty_at, statement_timestamp())
                + (excluded.empty_at - statement_timestamp())
            RETURNING \(columns)
            """
    }

    /// Takes one from a bucket if it has room: one row when it had, none when it is full.
    package static func take(_ bucket: UUID, _ limit: RateLimit) -> SQL {
        let cost = limit.cost / 1_000
        let capacity = limit.capacity / 1_000
        return """
            INSERT INTO rate_limits AS r (bucket, empty_at)
            VALUES (\(bucket), statement_timestamp() + \(cost) * interval '1 microsecond')
            ON CONFLICT (bucket) DO UPDATE
            SET empty_at = greatest(r.empty_at, statement_timestamp())
                + (excluded.empty_at - statement_timestamp())
            WHERE greatest(r.empty_at, statement_timestamp()) + \(cost) * interval '1 microsecond'
                <= statement_timestamp() + \(capacity) * interval '1 microsecond'
            RETURNING \(columns)
            """
    }

    private static let columns: SQL = """
        r.bucket, (extract(epoch FROM r.empty_at - statement_timestamp()) * 1000000)::bigint
            AS level
        """

    /// A bucket and how full it is, in microseconds.
    package static func level(_ row: Row) throws -> (bucket: UUID, microseconds: Int64) {
        (try row.decode("bucket"), try row.decode("level"))
    }

    /// Forgets the buckets that are empty.
    package static let forget: SQL =
        "DELETE FROM rate_limits WHERE empty_at < statement_timestamp()"
}
