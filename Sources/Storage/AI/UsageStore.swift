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
        var statement: SQL = """
            SELECT \(heading(grouping)) AS key,
                count(*) FILTER (WHERE u.kind IN ('usage', 'cache_hit')) AS requests,
                sum(u.tokens_in)::bigint AS tokens_in, sum(u.tokens_out)::bigint AS tokens_out,
                sum(u.tenant_charge_nano)::bigint AS cost_nano
            FROM ai_usage_log AS u
            WHERE u.tenant_id = \(tenant) AND u.created_at >= \(from) AND u.created_at < \(end)
                AND u.month >= \(from.month) AND u.month <= \(end.month)
                AND u.kind NOT IN ('rejected', 'released')
            """
        if let person { statement += " AND u.user_id = \(person)" }
        let order: SQL = grouping == .day ? "key" : "cost_nano DESC, key"
        return statement + " GROUP BY 1 ORDER BY \(order) LIMIT \(longestList)"
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
            key: try row.decode("key"),
            requests: try row.decode("requests"),
            tokensIn: try row.decode("tokens_in"),
            tokensOut: try row.decode("tokens_out"),
            costNano: try row.decode("cost_nano")
        )
    }
}
