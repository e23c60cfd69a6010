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
        var conditions = filter.actors.condition(on: "e.actor_id")
        // Equality and `^@` are both leakproof; only equality finds its index.
        conditions += filter.actions.condition { action in
            switch action {
            case .whole(let name): "e.action = \(name)"
            case .beginning(let prefix): "e.action ^@ \(prefix)"
            }
        }
        conditions += filter.resources.condition { resource in
            guard let id = resource.id else { return "e.resource_type = \(resource.type)" }
            return "(e.resource_type = \(resource.type) AND e.resource_id = \(id))"
        }
        if let id = filter.resourceID { conditions += " AND e.resource_id = \(id)" }
        conditions += filter.outcomes.condition(on: "e.outcome", \.rawValue)
        conditions += filter.kinds.condition(on: "e.actor_kind", \.rawValue)
        conditions += filter.operations.condition(on: "e.op", \.rawValue)
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
