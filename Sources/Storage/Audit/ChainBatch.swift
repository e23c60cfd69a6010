package import Domain
package import Postgres
import Sealing

/// Some consecutive events of a chain, as the database sent them.
package struct ChainBatch: Sendable {
    /// Where the next batch begins; nil when there was nothing.
    package let last: ChainKey?
    private let rows: Rows

    /// Takes the rows of `AuditStore.batch`.
    package init(_ rows: Rows) throws {
        self.rows = rows
        last = try rows.last.map(try AuditEventDecoder(rows).key)
    }

    /// Follows the chain through the batch; the first fault.
    ///
    /// An event that cannot even be read was edited, and so was one whose partition is not that of
    /// its time: both are verdicts and no failures, because the event's number is known.
    package func check(with verifier: inout ChainVerifier) throws -> ChainVerdict.Fault? {
        let decoder = try AuditEventDecoder(rows)
        var hasher = SHA256Hasher()
        for row in rows {
            let key = try decoder.key(row)
            guard let event = try? decoder.event(row), event.createdAt.month == key.month else {
                return verifier.place(key.seq) ?? .init(seq: key.seq, kind: .edited)
            }
            let fault = verifier.take(event) { bytes in
                hasher.update(bytes)
                return hasher.finish()
            }
            if let fault { return fault }
        }
        return nil
    }
}
