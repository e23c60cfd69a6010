import Domain
package import Postgres

/// The place of an event in the order in which a chain is read.
///
/// The month is part of it because only key and month together are unique: a forged second event
/// of the same number must not fall between two batches.
package struct ChainKey: Hashable, Sendable {
    package var seq: Int64
    package var month: CalendarDate

    package init(seq: Int64, month: CalendarDate) {
        self.seq = seq
        self.month = month
    }

    /// Before every event, one with a forged number included.
    package static let start = ChainKey(seq: .min, month: CalendarDate(days: 0))

    /// Right before the event of a number.
    package static func before(_ seq: Int64) -> ChainKey {
        ChainKey(seq: seq, month: CalendarDate(days: 0))
    }
}

/// What the database says of the end of a chain, all seen in one moment.
package struct ChainHead: Hashable, Sendable {
    /// The last event by the head that every mutation locks.
    package var seq: Int64
    package var hash: [UInt8]
    /// The last event that is really stored; 0 when there is none.
    package var last: Int64

    /// Reads the row of `AuditStore.head`.
    package init(_ row: Row) throws {
        seq = try row.decode("audit_seq")
        hash = try row.decode("audit_hash")
        last = try row.decode("last")
    }
}

extension AuditStore {
    /// The head of the chain and the last event there is, seen by one statement.
    package static func head(_ trail: Trail) -> SQL {
        """
        SELECT h.audit_seq, h.audit_hash, coalesce((
            SELECT e.seq
            FROM \(trail.table) AS e
            WHERE e.tenant_id = \(trail.tenant)
            ORDER BY e.seq DESC
            LIMIT 1), 0) AS last
        FROM \(trail.heads) AS h
        WHERE h.tenant_id = \(trail.tenant)
        """
    }

    /// The next events of the chain, oldest first, up to and including `through`.
    package static func batch(
        _ trail: Trail,
        after key: ChainKey,
        through seq: Int64,
        size: Int
    ) -> SQL {
        events(trail, after: key, through: seq) + " ORDER BY e.seq, e.month LIMIT \(size)"
    }

    /// The events behind a place, up to and including `through`.
    static func events(_ trail: Trail, after key: ChainKey, through seq: Int64) -> SQL {
        events(trail)
            + " AND (e.seq, e.month) > (\(key.seq), \(key.month)) AND e.seq <= \(seq)"
    }
}
