package import Domain
package import FoundationEssentials
package import Postgres

/// A mail in the outbox; `payload` is sealed.
package struct OutboxRow: Sendable {
    package let id: UUID
    package let template: String
    package let language: String
    package let recipient: String
    package let payload: [UInt8]

    package init(id: UUID, _ mail: Mail, payload: [UInt8]) {
        self.id = id
        template = mail.template.rawValue
        language = mail.language.rawValue
        recipient = mail.recipient.description
        self.payload = payload
    }

    fileprivate init(_ row: Row) throws {
        id = try row.decode("id")
        template = try row.decode("template")
        language = try row.decode("language")
        recipient = try row.decode("recipient")
        payload = try row.decode("payload")
    }
}

/// A mail that one worker has in hand until its lease ends.
package struct ClaimedMail: Sendable {
    package let row: OutboxRow
    /// Which try this is; a later one makes what this one says count for nothing.
    package let attempt: Int32
    package let createdAt: Instant
}

// DESIGN
//
//    pending ──claim──▶ pending, leased ──sent──▶ sent
//       ▲                    │  └─────── failed ─▶ failed
//       └── deferred, or the lease ended ──┘
//
// 1. A claim counts the try up. What is written afterwards names that try, so a worker that was
//    paused past its lease changes no row: another one has counted further.
// 2. Rows that somebody else is claiming are passed over, so workers never wait for each other.
// 3. What was sent or given up forgets its payload in the same statement.

/// Mails on their way out, written in the transaction that causes them.
package enum OutboxStore {
    /// Longer than the longest exchange with a mail server.
    private static let leaseSeconds: Int32 = 120

    /// For any context: who sends what is the use case's affair.
    ///
    /// A mail that is not `wanted` costs the same statement and is not queued.
    package static func insert(_ row: OutboxRow, wanted: Bool = true) -> SQL {
        """
        SELECT app.queue_mail(\(row.id), \(row.template), \(row.language), \(row.recipient),
            \(row.payload))
        WHERE \(wanted)
        """
    }

    /// Takes the mails that are due, the longest waiting first.
    package static func claim(limit: Int) -> SQL {
        """
        UPDATE mail_outbox AS m
        SET attempts = m.attempts + 1,
            locked_until = clock_timestamp() + make_interval(secs => \(Self.leaseSeconds))
        FROM (
            SELECT d.id
            FROM mail_outbox AS d
            WHERE d.status = 'pending' AND d.next_attempt_at <= statement_timestamp()
              AND (d.locked_until IS NULL OR d.locked_until < statement_timestamp())
            ORDER BY d.next_attempt_at, d.id
            LIMIT \(Int64(limit))
            FOR UPDATE SKIP LOCKED
        ) AS due
        WHERE m.id = due.id
        RETURNING m.id, m.template, m.language, m.recipient, m.payload, m.attempts, m.created_at
        """
    }

    package static func claimed(_ row: Row) throws -> ClaimedMail {
        ClaimedMail(
            row: try OutboxRow(row),
            attempt: try row.decode("attempts"),
            createdAt: try row.decode("created_at")
        )
    }

    /// One row unless another worker has the mail by now; the same holds for the next two.
    package static func sent(_ mail: ClaimedMail) -> SQL {
        """
        UPDATE mail_outbox
        SET status = 'sent', sent_at = clock_timestamp(), payload = NULL, locked_until = NULL,
            last_error = NULL
        WHERE id = \(mail.row.id) AND attempts = \(mail.attempt) AND status = 'pending'
        """
    }

    package static func failed(_ mail: ClaimedMail, reason: String) -> SQL {
        """
        UPDATE mail_outbox
        SET status = 'failed', payload = NULL, locked_until = NULL, last_error = \(reason)
        WHERE id = \(mail.row.id) AND attempts = \(mail.attempt) AND status = 'pending'
        """
    }

    package static func deferred(_ mail: ClaimedMail, by delay: Duration, reason: String) -> SQL {
        """
        UPDATE mail_outbox
        SET next_attempt_at = clock_timestamp()
                + make_interval(secs => \(delay / .seconds(1))),
            locked_until = NULL, last_error = \(reason)
        WHERE id = \(mail.row.id) AND attempts = \(mail.attempt) AND status = 'pending'
        """
    }

    /// How many wait.
    package static func waiting(in scope: Scope) throws -> Int {
        let rows = try scope.query(
            """
            SELECT count(*) AS waiting
            FROM mail_outbox AS m
            WHERE m.status = 'pending'
            """
        )
        return Int(try rows.first?.decode("waiting", as: Int64.self) ?? 0)
    }

    /// Forgets whom mails went to that are done with for a month.
    package static let prune: SQL = """
        DELETE FROM mail_outbox
        WHERE status <> 'pending' AND created_at < clock_timestamp() - interval '30 days'
        """
}
