package import Domain
package import Postgres

/// Reads audit events out of one result, whose columns it looks up once.
package struct AuditEventDecoder {
    private enum Column: Int {
        case tenant, seq, month, id, createdAt
        case actorKind, actorID, actingID, session, supportSession
        case action, operation, resourceType, resourceID, outcome, requestID, changes
        case piiCommit, payloadHash, previousHash, hash

        /// The names, in the order of the cases.
        static let names = [
            "tenant_id", "seq", "month", "id", "created_at",
            "actor_kind", "actor_id", "act_id", "session_id", "support_session_id",
            "action", "op", "resource_type", "resource_id", "outcome", "request_id", "changes",
            "pii_commit", "payload_hash", "prev_hash", "hash",
        ]
    }

    private let positions: [Int]

    /// - Throws: An internal error when a column of `AuditStore.events` is missing.
    package init(_ rows: Rows) throws {
        positions = try Column.names.map { name in
            guard let position = rows.position(of: name) else {
                throw DomainError(.internal, .internalError, "The trail has no column \(name).")
            }
            return position
        }
    }

    /// The whole event.
    package func event(_ row: Row) throws -> AuditEvent {
        AuditEvent(
            id: try read(row, .id),
            tenant: try read(row, .tenant),
            seq: try read(row, .seq),
            createdAt: try read(row, .createdAt),
            actor: try actor(row),
            entry: try entry(row),
            links: AuditLinks(
                piiCommit: try read(row, .piiCommit),
                payloadHash: try read(row, .payloadHash),
                previousHash: try read(row, .previousHash),
                hash: try read(row, .hash)
            )
        )
    }

    /// Where the row stands in the order of the chain's key.
    package func key(_ row: Row) throws -> ChainKey {
        ChainKey(seq: try read(row, .seq), month: try read(row, .month))
    }

    private func actor(_ row: Row) throws -> AuditActor {
        AuditActor(
            kind: try read(row, .actorKind),
            id: try read(row, .actorID),
            actingID: try read(row, .actingID),
            session: try read(row, .session),
            supportSession: try read(row, .supportSession)
        )
    }

    private func entry(_ row: Row) throws -> AuditEntry {
        AuditEntry(
            action: try read(row, .action),
            operation: try read(row, .operation),
            resourceType: try read(row, .resourceType),
            resourceID: try read(row, .resourceID),
            outcome: try read(row, .outcome),
            requestID: try read(row, .requestID),
            changes: try read(row, .changes)
        )
    }

    private func read<Value: SQLDecodable>(_ row: Row, _ column: Column) throws -> Value {
        try row.decode(at: positions[column.rawValue])
    }
}

extension AuditActor.Kind: SQLDecodable {}
extension AuditEntry.Operation: SQLDecodable {}
extension AuditEntry.Outcome: SQLDecodable {}
