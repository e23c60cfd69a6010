package import Domain
package import Postgres

/// The log of AI use of the context's tenant, summed.
package enum UsageStore {
    /// Sums of `[from, to)` under the headings of `grouping`; of one person only, when there is
    /// one.
    ///
    /// Days come in order, other headings by cost. The bounds on `month` let the planner skip the
    /// partitions of other months.
    package static func sums(
        _ grouping: UsageGrouping,
        from: Instant,
        to end: Instant,
        of person: UserID?,
        in tenant: TenantID
    ) -> SQL {
        let order: SQL = grouping == .day ? "key" : "cost_nano DESC, key"
        return "SELECT NULL::timestamptz AS start, \(heading(grouping)) AS key, "
            + sums(from, end, person, tenant)
            + " GROUP BY 2 ORDER BY \(order) LIMIT \(longestList)"
    }

    /// The same for each part of the time, the oldest first; one row more than may be shown.
    ///
    /// Without a grouping there is one sum of each part.
    package static func parts(
        _ granularity: UsageGranularity,
        _ grouping: UsageGrouping?,
        from: Instant,
        to end: Instant,
        of person: UserID?,
        in tenant: TenantID
    ) -> SQL {
        """
        SELECT date_trunc(\(granularity.rawValue), u.created_at, 'UTC') AS start,
            \(grouping.map(heading) ?? "'total'") AS key,

        """ + sums(from, end, person, tenant)
            + " GROUP BY 1, 2 ORDER BY start, cost_nano DESC, key LIMIT \(mostParts + 1)"
    }

    /// The most rows of parts.
    package static let mostParts = 10_000

    /// A call that was lost is one as well: its tokens are in the sums.
    private static func sums(
        _ from: Instant,
        _ end: Instant,
        _ person: UserID?,
        _ tenant: TenantID
    ) -> SQL {
        var statement: SQL = """
            count(*) FILTER (WHERE u.kind IN ('usage', 'expired', 'cache_hit')) AS requests,
                sum(u.tokens_in)::bigint AS tokens_in, sum(u.tokens_out)::bigint AS tokens_out,
                sum(u.tenant_charge_nano)::bigint AS cost_nano
            FROM ai_usage_log AS u
            WHERE u.tenant_id = \(tenant) AND u.created_at >= \(from) AND u.created_at < \(end)
                AND u.month >= \(from.month) AND u.month <= \(end.month)
                AND u.kind NOT IN ('rejected', 'released')
            """
        if let person { statement += " AND u.user_id = \(person)" }
        return statement
    }

    private static let longestList = 1_000

    private static func heading(_ grouping: UsageGrouping) -> SQL {
        switch grouping {
        case .day: "to_char(u.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        case .model: "u.model"
        case .purpose: "u.purpose"
        case .member: "coalesce(u.user_id::text, '')"
        case .key: "coalesce(u.api_key_id::text, '')"
        }
    }
}

extension UsageSum {
    /// Reads a row of `UsageStore.sums`.
    package init(_ row: Row) throws {
        self.init(
            start: try row.decode("start"),
            key: try row.decode("key"),
            requests: try row.decode("requests"),
            tokensIn: try row.decode("tokens_in"),
            tokensOut: try row.decode("tokens_out"),
            costNano: try row.decode("cost_nano")
        )
    }
}
