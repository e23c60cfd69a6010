package import Domain
package import Postgres

/// A model that may be called, with its limits and its price of now.
package struct ChatModel: Hashable, Sendable {
    package let id: String
    package let provider: String
    package let contextTokens: Int64
    package let outputTokens: Int64
    /// Nil for a model that nobody has priced.
    package let price: ModelPrice?
    /// What holds have more because its provider bills more; nil when it was not seen to.
    package let overhead: Int64?
}

/// The models of the platform as calls need them.
package enum ChatModelStore {
    /// All that may be called, the offline provider's first, then by name.
    package static let active: SQL = """
        SELECT m.id, m.provider_id, m.context_tokens, m.max_output_tokens,
            app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, statement_timestamp())
                AS overhead,
            p.effective_from, p.input_pico, p.output_pico, p.cached_pico, p.cache_write_pico,
            p.reasoning_pico, p.per_request_nano, p.tiers
        FROM ai_models AS m
        JOIN ai_providers AS v ON v.id = m.provider_id AND v.status = 'active'
        LEFT JOIN LATERAL (
            SELECT x.effective_from, x.input_pico, x.output_pico, x.cached_pico,
                x.cache_write_pico, x.reasoning_pico, x.per_request_nano, x.tiers
            FROM ai_price_versions AS x
            WHERE x.model_id = m.id AND x.effective_from <= statement_timestamp()
            ORDER BY x.effective_from DESC
            LIMIT 1
        ) AS p ON true
        WHERE m.status = 'active'
        ORDER BY (v.kind = 'offline') DESC, m.id
        """
}

extension ChatModel {
    /// Reads a row of `ChatModelStore.active`.
    package init(_ row: Row) throws {
        id = try row.decode("id")
        provider = try row.decode("provider_id")
        contextTokens = try row.decode("context_tokens")
        outputTokens = try row.decode("max_output_tokens")
        overhead = try row.decode("overhead")
        let effectiveFrom = try row.decode("effective_from", as: Instant?.self)
        price = try effectiveFrom.map { effectiveFrom in
            ModelPrice(
                model: try row.decode("id"),
                effectiveFrom: effectiveFrom,
                input: try row.decode("input_pico"),
                output: try row.decode("output_pico"),
                cached: try row.decode("cached_pico"),
                cacheWrite: try row.decode("cache_write_pico"),
                reasoning: try row.decode("reasoning_pico"),
                request: try row.decode("per_request_nano"),
                tiers: try PriceTier.all(stored: row.decode("tiers"))
            )
        }
    }
}
