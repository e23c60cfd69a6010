package import Domain
import FoundationEssentials
package import Postgres

// DESIGN
//
// 1. A job is a row of the table that its worker claims from: nothing is written twice. This reads
//    those tables as one list, for a platform's context.
// 2. Each branch is cut to a page of its own before they are put together, so that each is read in
//    the order of its index, however long the tables are.

/// What workers do and did, whichever table it stands in.
package enum JobStore {
    private static let columns: SQL = """
        b.id, b.kind, b.state, b.name, b.tenant_id, b.subject_id, b.destination, b.attempts,
        b.steps_done, b.steps_total, b.created_at, b.next_at, b.ended_at, b.failure
        """

    private static let mails: SQL = """
        SELECT m.id, 'mail' AS kind,
            CASE WHEN m.status = 'sent' THEN 'done'
                WHEN m.status <> 'pending' THEN m.status
                WHEN m.locked_until > statement_timestamp() THEN 'running'
                ELSE 'waiting' END AS state,
            m.template AS name, m.tenant_id, NULL::uuid AS subject_id,
            split_part(m.recipient, '@', 2) AS destination, m.attempts, 0 AS steps_done,
            0 AS steps_total, m.created_at,
            CASE WHEN m.status = 'pending' THEN m.next_attempt_at END AS next_at,
            m.sent_at AS ended_at, m.last_error AS failure
        FROM mail_outbox AS m
        """

    private static let requests: SQL = """
        SELECT r.id, CASE WHEN r.kind = 'export' THEN 'copy' ELSE 'erasure' END AS kind,
            CASE WHEN r.status IN ('pending', 'queued') THEN 'waiting'
                WHEN r.status = 'expired' THEN 'done' ELSE r.status END AS state,
            '' AS name, r.tenant_id, r.subject_id, NULL::text AS destination, r.attempts,
            r.steps_done, r.steps_total, r.created_at, NULL::timestamptz AS next_at,
            r.finished_at AS ended_at, r.last_error AS failure
        FROM data_subject_requests AS r
        """

    /// One page, newest first, and one row more.
    package static func page(_ filter: JobFilter, _ request: PageRequest) throws -> SQL {
        let end = try conditions(filter) + after(request.after)
        let cut: SQL = " ORDER BY b.created_at DESC, b.id DESC LIMIT \(request.limit + 1)"
        let branches = [mails, requests].map { branch in
            "(SELECT " + columns + " FROM (" + branch + ") AS b WHERE true" + end + cut + ")" as SQL
        }
        return named(branches[0] + " UNION ALL " + branches[1])
            + " ORDER BY b.created_at DESC, b.id DESC LIMIT \(request.limit + 1)"
    }

    private static func named(_ jobs: SQL) -> SQL {
        "SELECT " + columns + ", d.slug FROM (" + jobs
            + ") AS b LEFT JOIN tenant_directory AS d ON d.tenant_id = b.tenant_id"
    }

    private static func conditions(_ filter: JobFilter) -> SQL {
        var conditions = filter.kinds.condition(on: "b.kind", \.rawValue)
        conditions += filter.states.condition(on: "b.state", \.rawValue)
        if let from = filter.from { conditions += " AND b.created_at >= \(from)" }
        if let end = filter.to { conditions += " AND b.created_at < \(end)" }
        if let slug = filter.tenant {
            conditions += """
                 AND b.tenant_id = (SELECT t.tenant_id FROM tenant_directory AS t
                    WHERE t.slug = \(slug))
                """
        }
        return conditions
    }

    private static func after(_ position: PagePosition?) throws -> SQL {
        guard let position else { return "" }
        guard position.keys.count == 2 else { throw PagePosition.invalid }
        let id = try position.id(at: 1, of: Job.self)
        return " AND (b.created_at, b.id) < (\(try position.instant(at: 0)), \(id))"
    }

    package static func find(_ id: JobID) -> SQL {
        named(
            mails + " WHERE m.id = \(id) UNION ALL " + requests + " WHERE r.id = \(id)"
        )
    }

    package static func job(_ row: Row) throws -> Job {
        let total = Int(try row.decode("steps_total", as: Int32.self))
        let done = Int(try row.decode("steps_done", as: Int32.self))
        return Job(
            id: try row.decode("id"),
            kind: try row.decode("kind", raw: Job.Kind.self),
            state: try row.decode("state", raw: Job.State.self),
            name: try row.decode("name"),
            tenant: try row.decode("tenant_id"),
            tenantSlug: try row.decode("slug"),
            subject: try row.decode("subject_id"),
            destination: try row.decode("destination"),
            attempts: Int(try row.decode("attempts", as: Int32.self)),
            progress: total > 0 ? DataRequest.Progress(done: done, total: total) : nil,
            createdAt: try row.decode("created_at"),
            nextAt: try row.decode("next_at"),
            endedAt: try row.decode("ended_at"),
            failure: try row.decode("failure")
        )
    }
}

extension JobStore {
    /// One row when the job was in a state for it; nothing is done to one that changed meanwhile.
    package static func retry(_ job: Job) -> SQL {
        switch job.kind {
        case .mail:
            """
            UPDATE mail_outbox
            SET next_attempt_at = statement_timestamp(), locked_until = NULL
            WHERE id = \(job.id) AND status = 'pending'
              AND (locked_until IS NULL OR locked_until <= statement_timestamp())
            """
        case .copy, .erasure:
            """
            UPDATE data_subject_requests AS r
            SET status = 'queued', tries_allowed = r.attempts + \(DataRequestStore.tries),
                finished_at = NULL, locked_until = NULL, steps_done = 0
            WHERE r.id = \(job.id) AND r.kind = 'export' AND r.status IN ('failed', 'cancelled')
              AND EXISTS (SELECT FROM users AS u
                WHERE u.id = r.subject_id AND u.status <> 'erased')
              AND NOT EXISTS (SELECT FROM data_subject_requests AS o
                WHERE o.subject_id = r.subject_id AND o.kind = r.kind
                  AND o.tenant_id IS NOT DISTINCT FROM r.tenant_id
                  AND o.status IN ('pending', 'queued', 'running'))
            """
        }
    }

    /// The same; what a mail would have said is forgotten, as of one that was sent.
    package static func cancel(_ job: Job) -> SQL {
        switch job.kind {
        case .mail:
            """
            UPDATE mail_outbox
            SET status = 'cancelled', payload = NULL, locked_until = NULL
            WHERE id = \(job.id) AND status = 'pending'
              AND (locked_until IS NULL OR locked_until <= statement_timestamp())
            """
        case .copy, .erasure:
            """
            UPDATE data_subject_requests
            SET status = 'cancelled', finished_at = clock_timestamp(), locked_until = NULL
            WHERE id = \(job.id) AND kind = 'export' AND status IN ('pending', 'queued', 'running')
            """
        }
    }
}
