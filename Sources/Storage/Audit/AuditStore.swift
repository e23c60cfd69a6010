package import Domain
package import Postgres

/// The statements that read a trail of audit events.
package enum AuditStore {
    /// One page, newest first, a row more than was asked for.
    package static func page(
        _ trail: Trail,
        _ filter: AuditFilter,
        _ request: PageRequest
    ) throws -> SQL {
        var statement = events(trail)
        if let after = request.after {
            guard after.keys.count == 1 else { throw PagePosition.invalid }
            statement += " AND e.seq < \(try after.integer(at: 0))"
        }
        statement += filtered(filter)
        return statement + " ORDER BY e.seq DESC LIMIT \(request.limit + 1)"
    }

    /// The page out of the rows of that statement.
    package static func page(_ rows: Rows, _ request: PageRequest) throws -> Page<AuditEvent> {
        let decoder = try AuditEventDecoder(rows)
        return Page(surplus: try rows.map(decoder.event), request: request) { event in
            PagePosition([String(event.seq)])
        }
    }

    /// One event.
    package static func event(_ trail: Trail, seq: Int64) -> SQL {
        events(trail) + " AND e.seq = \(seq) LIMIT 1"
    }

    /// The event out of the row of that statement.
    package static func event(_ rows: Rows) throws -> AuditEvent? {
        try rows.first.map(try AuditEventDecoder(rows).event)
    }

    static func events(_ trail: Trail) -> SQL {
        """
        SELECT e.tenant_id, e.seq, e.month, e.id, e.created_at, e.actor_kind, e.actor_id, e.act_id,
            e.session_id, e.support_session_id, e.action, e.op, e.resource_type, e.resource_id,
            e.outcome, e.request_id, e.changes, e.pii_commit, e.payload_hash, e.prev_hash, e.hash
        FROM \(trail.table) AS e
        WHERE e.tenant_id = \(trail.tenant)
        """
    }

    static func filtered(_ filter: AuditFilter) -> SQL {
        var conditions: SQL = ""
        if let actor = filter.actor { conditions += " AND e.actor_id = \(actor)" }
        if let action = filter.action {
            // Equality and `^@` are both leakproof; only equality finds its index.
            conditions +=
                action.hasSuffix(".") ? " AND e.action ^@ \(action)" : " AND e.action = \(action)"
        }
        if let type = filter.resourceType { conditions += " AND e.resource_type = \(type)" }
        if let id = filter.resourceID { conditions += " AND e.resource_id = \(id)" }
        if let outcome = filter.outcome { conditions += " AND e.outcome = \(outcome.rawValue)" }
        if let request = filter.requestID { conditions += " AND e.request_id = \(request)" }
        // The month prunes partitions; the time cuts inside one.
        if let from = filter.from {
            conditions += " AND e.month >= \(from.month) AND e.created_at >= \(from)"
        }
        if let end = filter.to {
            conditions += " AND e.month <= \(end.month) AND e.created_at < \(end)"
        }
        return conditions
    }
}
