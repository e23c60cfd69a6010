package import Domain
import FoundationEssentials
package import Postgres

/// An export that one worker has in hand until its lease ends.
package struct ClaimedExport: Sendable {
    package let request: DataRequest
    /// Which try this is; a later one makes what this one says count for nothing.
    package let attempt: Int32
}

/// Requests of people about their data; exports are claimed as mails are (`OutboxStore`).
package enum DataRequestStore {
    /// Each step of an export extends it.
    private static let leaseSeconds: Int32 = 120
    /// So many tries more has whoever asks for a copy that was given up.
    package static let tries: Int32 = 5
    /// So many copies a person may ask for in a day.
    private static let daily: Int64 = 5

    private static let columns: SQL = """
        r.id, r.tenant_id, r.kind, r.subject_id, r.requested_by, r.status, r.steps_done,
        r.steps_total, r.file_bytes, r.file_sha256, r.created_at, r.due_at, r.finished_at,
        r.expires_at, r.attempts
        """

    package static func request(_ row: Row) throws -> DataRequest {
        var file: DataRequest.File?
        if let bytes = try row.decode("file_bytes", as: Int64?.self),
            let hash = try row.decode("file_sha256", as: [UInt8]?.self),
            let expiry = try row.decode("expires_at", as: Instant?.self)
        {
            file = DataRequest.File(
                bytes: bytes,
                sha256: hash,
                expiresAt: expiry,
                attempt: try row.decode("attempts")
            )
        }
        return DataRequest(
            id: try row.decode("id"),
            tenant: try row.decode("tenant_id"),
            kind: try row.decode("kind", raw: DataRequest.Kind.self),
            subject: try row.decode("subject_id"),
            requestedBy: try row.decode("requested_by"),
            status: try row.decode("status", raw: DataRequest.Status.self),
            progress: DataRequest.Progress(
                done: Int(try row.decode("steps_done", as: Int32.self)),
                total: Int(try row.decode("steps_total", as: Int32.self))
            ),
            file: file,
            createdAt: try row.decode("created_at"),
            dueAt: try row.decode("due_at"),
            finishedAt: try row.decode("finished_at")
        )
    }

    /// No row when one is being made already, or when the day's share is used up.
    package static func insert(
        _ id: DataRequestID,
        kind: DataRequest.Kind,
        subject: UserID,
        by actor: UserID,
        in tenant: TenantID?,
        status: DataRequest.Status
    ) -> SQL {
        """
        INSERT INTO data_subject_requests (id, tenant_id, kind, subject_id, requested_by,
            approved_by, status)
        SELECT \(id), \(tenant), \(kind.rawValue), \(subject), \(actor),
            CASE WHEN \(status.rawValue) <> 'pending' THEN \(actor) END, \(status.rawValue)
        WHERE (SELECT count(*) FROM data_subject_requests AS r
            WHERE r.kind = \(kind.rawValue) AND r.subject_id = \(subject)
              AND r.tenant_id IS NOT DISTINCT FROM \(tenant)
              AND r.created_at > statement_timestamp() - interval '1 day') < \(daily)
        ON CONFLICT DO NOTHING
        """
    }

    /// What is in hand already; one row at most.
    package static func active(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        in tenant: TenantID?
    ) -> SQL {
        """
        SELECT \(columns)
        FROM data_subject_requests AS r
        WHERE r.kind = \(kind.rawValue) AND r.subject_id = \(subject)
          AND r.tenant_id IS NOT DISTINCT FROM \(tenant)
          AND r.status IN ('pending', 'queued', 'running')
        """
    }

    package static func find(_ id: DataRequestID, in tenant: TenantID?) -> SQL {
        """
        SELECT \(columns)
        FROM data_subject_requests AS r
        WHERE r.id = \(id) AND r.tenant_id IS NOT DISTINCT FROM \(tenant)
        """
    }

    /// One page, newest first; only about `subject` when that is given.
    package static func page(
        in tenant: TenantID,
        of subject: UserID?,
        _ request: PageRequest
    ) throws -> SQL {
        var statement: SQL = """
            SELECT \(columns)
            FROM data_subject_requests AS r
            WHERE r.tenant_id = \(tenant)
            """
        if let subject { statement += " AND r.subject_id = \(subject)" }
        return try page(statement, request)
    }

    /// The same of the copies of everything about a person.
    package static func page(of subject: UserID, _ request: PageRequest) throws -> SQL {
        try page(
            """
            SELECT \(columns)
            FROM data_subject_requests AS r
            WHERE r.tenant_id IS NULL AND r.subject_id = \(subject)
            """,
            request
        )
    }

    private static func page(_ selection: SQL, _ request: PageRequest) throws -> SQL {
        var statement = selection
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: DataRequest.self)
            statement += " AND (r.created_at, r.id) < (\(try position.instant(at: 0)), \(id))"
        }
        statement += " ORDER BY r.created_at DESC, r.id DESC LIMIT \(Int64(request.limit + 1))"
        return statement
    }

    /// One row when the request waited for it.
    package static func approve(
        _ id: DataRequestID,
        by approver: UserID,
        in tenant: TenantID,
        as status: DataRequest.Status
    ) -> SQL {
        """
        UPDATE data_subject_requests
        SET status = \(status.rawValue), approved_by = \(approver),
            finished_at = CASE WHEN \(status.rawValue) = 'done' THEN clock_timestamp() END
        WHERE id = \(id) AND tenant_id = \(tenant) AND status IN ('pending', 'queued')
        """
    }
}

extension DataRequestStore {
    /// Takes the oldest export that nobody has in hand; that one only, when it is named.
    package static func claim(_ id: DataRequestID? = nil) -> SQL {
        """
        UPDATE data_subject_requests AS r
        SET status = 'running', attempts = r.attempts + 1, steps_done = 0,
            locked_until = clock_timestamp() + make_interval(secs => \(leaseSeconds))
        FROM (
            SELECT d.id
            FROM data_subject_requests AS d
            WHERE d.kind = 'export' AND d.attempts < d.tries_allowed
              AND (\(id)::uuid IS NULL OR d.id = \(id))
              AND (d.status = 'queued'
                  OR (d.status = 'running' AND d.locked_until < statement_timestamp()))
            ORDER BY d.created_at, d.id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
        ) AS due
        WHERE r.id = due.id
        RETURNING \(columns)
        """
    }

    package static func claimed(_ row: Row) throws -> ClaimedExport {
        ClaimedExport(request: try request(row), attempt: try row.decode("attempts"))
    }

    /// One row unless another worker has the export by now; the same holds for the next two.
    package static func advance(_ export: ClaimedExport, done: Int, of total: Int) -> SQL {
        """
        UPDATE data_subject_requests
        SET steps_done = \(Int32(done)), steps_total = \(Int32(total)),
            locked_until = clock_timestamp() + make_interval(secs => \(leaseSeconds))
        WHERE id = \(export.request.id) AND attempts = \(export.attempt) AND status = 'running'
        """
    }

    package static func complete(_ export: ClaimedExport, bytes: Int64, sha256: [UInt8]) -> SQL {
        """
        UPDATE data_subject_requests
        SET status = 'done', file_bytes = \(bytes), file_sha256 = \(sha256), locked_until = NULL,
            last_error = NULL, steps_done = steps_total, finished_at = clock_timestamp(),
            expires_at = clock_timestamp() + interval '7 days'
        WHERE id = \(export.request.id) AND attempts = \(export.attempt) AND status = 'running'
        """
    }

    /// Put back, or given up after the last try.
    package static func fail(_ export: ClaimedExport, reason: String) -> SQL {
        """
        UPDATE data_subject_requests
        SET status = CASE WHEN attempts < tries_allowed THEN 'queued' ELSE 'failed' END,
            locked_until = NULL, last_error = \(String(reason.prefix(300))),
            finished_at = CASE WHEN attempts >= tries_allowed THEN clock_timestamp() END
        WHERE id = \(export.request.id) AND attempts = \(export.attempt) AND status = 'running'
        """
    }

    /// Ends what died in its last try, and lets old files go: the `id` of each.
    package static let expire: SQL = """
        UPDATE data_subject_requests
        SET status = CASE WHEN status = 'done' THEN 'expired' ELSE 'failed' END,
            finished_at = coalesce(finished_at, clock_timestamp()), file_bytes = NULL,
            file_sha256 = NULL, locked_until = NULL
        WHERE kind = 'export' AND (
            (status = 'done' AND expires_at < clock_timestamp())
            OR (status = 'running' AND attempts >= tries_allowed
                AND locked_until < clock_timestamp()))
        RETURNING id
        """

    /// What is to be forgotten with a person: the `id` of each of their exports.
    package static func exports(of subject: UserID) -> SQL {
        """
        UPDATE data_subject_requests
        SET status = CASE WHEN status = 'done' THEN 'expired' ELSE 'failed' END,
            finished_at = clock_timestamp(), file_bytes = NULL, file_sha256 = NULL,
            locked_until = NULL
        WHERE subject_id = \(subject) AND kind = 'export'
          AND status IN ('pending', 'queued', 'running', 'done')
        RETURNING id
        """
    }

    /// One row when a file of this try is wanted: being made, or ready.
    package static func wants(_ id: DataRequestID, attempt: Int32) -> SQL {
        """
        SELECT r.id
        FROM data_subject_requests AS r
        WHERE r.id = \(id) AND r.attempts = \(attempt) AND r.status IN ('running', 'done')
        """
    }

    package static func id(_ row: Row) throws -> DataRequestID {
        try row.decode("id")
    }
}

extension DataRequestStore {
    /// How many copies wait, and how many of this month's were given up by a worker; for a
    /// platform's context.
    package static let standing: SQL = """
        SELECT count(*) FILTER (WHERE r.status IN ('queued', 'running')) AS waiting,
            min(r.created_at) FILTER (WHERE r.status IN ('queued', 'running')) AS oldest,
            count(*) FILTER (WHERE r.status = 'failed' AND r.last_error IS NOT NULL) AS failed,
            max(r.finished_at) FILTER (WHERE r.status = 'failed' AND r.last_error IS NOT NULL)
                AS last_failure
        FROM data_subject_requests AS r
        WHERE r.kind = 'export' AND r.status IN ('queued', 'running', 'failed')
          AND r.created_at > statement_timestamp() - interval '30 days'
        """
}
