package import Domain
package import Postgres

extension LedgerUpkeep {
    /// What a provider's models read and wrote on each of some days, over all tenants.
    package static func usage(
        of provider: String,
        from first: CivilDate,
        through last: CivilDate
    ) -> SQL {
        """
        SELECT (extract(epoch FROM u.day) * 1000000)::bigint AS day, u.model, u.read_tokens,
            u.written_tokens
        FROM app.ai_usage_by_day(\(provider), (\(first.start) AT TIME ZONE 'UTC')::date,
            (\(last.start) AT TIME ZONE 'UTC')::date) AS u
        """
    }

    /// The sums by day and the provider's own name of the model, without the dates of versions.
    package static func usage(
        _ rows: Rows,
        of provider: String
    ) throws -> [UsageDay: UsageTokens] {
        var sums: [UsageDay: UsageTokens] = [:]
        for row in rows {
            let model: String = try row.decode("model")
            let own =
                model.hasPrefix(provider + "/")
                ? String(model.dropFirst(provider.count + 1)) : model
            let day = UsageDay(
                day: Instant(microseconds: try row.decode("day")).date,
                model: UsageExport.undated(own)
            )
            sums[day, default: UsageTokens()].read += try row.decode("read_tokens", as: Int64.self)
            sums[day, default: UsageTokens()].written += try row.decode(
                "written_tokens",
                as: Int64.self
            )
        }
        return sums
    }
}
