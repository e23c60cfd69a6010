package import Domain
package import FoundationEssentials
package import Postgres

/// What keeps the books in order behind the calls; for the process itself.
package enum LedgerUpkeep {
    /// A process that was not seen for so long counts as gone.
    package static let nodeLife = Duration.seconds(30)

    /// A reply, and the idempotency key that it answers, are kept for so long.
    private static let memory: SQL = "interval '24 hours'"

    /// A sign of life, which also keeps the calls that the process has in hand from running out.
    ///
    /// The first statement finds those of them that somebody wants to stop.
    package static func beat(_ node: UUID, calls: Set<AICallID>) -> [SQL] {
        [
            """
            SELECT b AS call_id
            FROM app.ai_beat(\(node), \(calls.map(\.uuid)),
                \(nodeLife.milliseconds) * interval '1 millisecond') AS b
            """,
            """
            DELETE FROM ai_nodes AS n
            WHERE n.seen_at < clock_timestamp() - interval '1 day'
            """,
        ]
    }

    /// The calls that have run out, the oldest first.
    package static func overdue(most: Int) -> SQL {
        "SELECT o.tenant_id, o.request_id FROM app.ai_overdue(\(Int32(most))) AS o"
    }

    package static func calls(_ rows: Rows) throws -> [(tenant: TenantID, call: AICallID)] {
        try rows.map { (try $0.decode("tenant_id"), try $0.decode("request_id")) }
    }

    /// Reads what the first statement of `beat` found.
    package static func stopped(_ rows: Rows) throws -> [AICallID] {
        try rows.map { try $0.decode("call_id") }
    }

    package static func tenants(_ rows: Rows) throws -> [TenantID] {
        try rows.map { try $0.decode("tenant_id") }
    }

    package static let tenantsToAlert: SQL =
        "SELECT t AS tenant_id FROM app.ai_tenants_to_alert() AS t"

    package static let tenantsWithReplies: SQL = """
        SELECT t AS tenant_id
        FROM app.ai_tenants_with_replies(clock_timestamp() - \(memory)) AS t
        """

    /// Forgets the replies that are older than they are kept, and their keys.
    package static func forgetReplies(in tenant: TenantID) -> [SQL] {
        [
            """
            UPDATE ai_requests AS r
            SET idempotency_key = NULL, fingerprint = NULL
            FROM ai_replies AS y
            WHERE y.tenant_id = \(tenant) AND y.created_at < clock_timestamp() - \(memory)
              AND r.tenant_id = \(tenant) AND r.id = y.request_id
            """,
            """
            DELETE FROM ai_replies AS y
            WHERE y.tenant_id = \(tenant) AND y.created_at < clock_timestamp() - \(memory)
            """,
        ]
    }

    /// Sums the last hours anew; the settlement of an hour is written in that hour.
    package static func rollUp(hours: Int) -> SQL {
        """
        SELECT app.ai_roll_up(clock_timestamp() - \(Int64(hours)) * interval '1 hour') AS written
        """
    }

    package static func count(_ rows: Rows) throws -> Int {
        Int(try rows.first?.decode("written", as: Int64.self) ?? 0)
    }

    /// Of the calls of so many days and the periods of their months; nil for all there ever were.
    package static func differences(days: Int?) -> SQL {
        """
        SELECT d.kind, d.tenant_id, d.budget_id, d.period_start, d.request_id, d.expected, d.found
        FROM app.ai_differences(
            clock_timestamp() - \(days.map { Int64($0) }) * interval '1 day') AS d
        """
    }

    package static let standing: SQL = """
        SELECT s.in_flight, s.overdue, s.alerts, s.excess_nano FROM app.ai_standing() AS s
        """
}

extension LedgerDifference {
    /// Reads a row of `LedgerUpkeep.differences`.
    package init(_ row: Row) throws {
        self.init(
            kind: try row.decode("kind", raw: Kind.self),
            tenant: try row.decode("tenant_id"),
            budget: try row.decode("budget_id"),
            periodStart: try row.decode("period_start"),
            request: try row.decode("request_id"),
            expected: try row.decode("expected"),
            found: try row.decode("found")
        )
    }
}

extension LedgerStanding {
    /// Reads the row of `LedgerUpkeep.standing`.
    package init(_ row: Row) throws {
        self.init(
            inFlight: try row.decode("in_flight"),
            overdue: try row.decode("overdue"),
            alerts: try row.decode("alerts"),
            excessNano: try row.decode("excess_nano")
        )
    }
}
