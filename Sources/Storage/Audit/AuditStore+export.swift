package import Domain
package import Postgres

extension AuditStore {
    /// The next events that a filter lets through, oldest first, up to and including `through`.
    package static func part(
        _ trail: Trail,
        _ filter: AuditFilter,
        after key: ChainKey,
        through seq: Int64,
        size: Int
    ) -> SQL {
        events(trail, after: key, through: seq) + filtered(filter)
            + " ORDER BY e.seq, e.month LIMIT \(size)"
    }

    /// The events of the rows of that statement, and where the next part begins; nil at the end.
    package static func part(_ rows: Rows) throws -> (events: [AuditEvent], last: ChainKey?) {
        let decoder = try AuditEventDecoder(rows)
        return (try rows.map(decoder.event), try rows.last.map(decoder.key))
    }
}
