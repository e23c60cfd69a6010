package import Domain
package import Postgres

/// The calls to models of the context's tenant, as their readers see them; the ledger writes them.
package enum AICallStore {
    private static let columns: SQL = """
        r.id, r.user_id, r.api_key_id, r.channel, r.purpose, r.model, r.targets, r.route,
        r.prompt_id, r.prompt_version, r.state, r.tokens_in, r.tokens_out, r.tokens_cached,
        r.tokens_cache_write, r.tokens_reasoning, r.charge_nano, r.price_version,
        r.is_estimated, r.reserved_at, r.expires_at, r.cancel_requested_at, r.ended_at
        """

    /// One page, the newest first, and one row more; of one person only, when there is one.
    package static func page(
        _ filter: AICallFilter,
        of person: UserID?,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL =
            "SELECT \(columns) FROM ai_requests AS r WHERE r.tenant_id = \(tenant)"
        if let user = person { statement += " AND r.user_id = \(user)" }
        statement += filter.users.condition(on: "r.user_id")
        statement += filter.states.condition(on: "r.state", \.rawValue)
        statement += filter.models.condition(on: "r.model", \.self)
        statement += filter.channels.condition(on: "r.channel", \.rawValue)
        statement += filter.purposes.condition(on: "r.purpose", \.self)
        if let from = filter.from { statement += " AND r.reserved_at >= \(from)" }
        if let end = filter.to { statement += " AND r.reserved_at < \(end)" }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: AICall.self)
            statement += " AND (r.reserved_at, r.id) < (\(try after.instant(at: 0)), \(id))"
        }
        return statement + """
             ORDER BY r.reserved_at DESC, r.id DESC LIMIT \(request.limit + 1)
            """
    }

    package static func record(_ row: Row) throws -> AICallRecord {
        AICallRecord(
            id: try row.decode("id"),
            caller: try caller(row),
            way: AICallWay(
                model: try row.decode("model"),
                targets: try row.decode("targets"),
                route: try row.decode("route"),
                prompt: try row.decode("prompt_id"),
                promptVersion: try row.decode("prompt_version", as: Int32?.self).map { Int($0) }
            ),
            state: try row.decode("state", raw: AICall.State.self),
            usage: try usage(row),
            money: AICallMoney(
                charge: try row.decode("charge_nano"),
                priceVersion: try row.decode("price_version"),
                isEstimated: try row.decode("is_estimated")
            ),
            times: AICallTimes(
                reserved: try row.decode("reserved_at"),
                expires: try row.decode("expires_at"),
                cancelRequested: try row.decode("cancel_requested_at"),
                ended: try row.decode("ended_at")
            )
        )
    }

    private static func caller(_ row: Row) throws -> AICallCaller {
        AICallCaller(
            user: try row.decode("user_id"),
            key: try row.decode("api_key_id"),
            channel: try row.decode("channel", raw: AICall.Channel.self),
            purpose: try row.decode("purpose")
        )
    }

    /// The columns hold everything that was read and written, and how much of it was special.
    private static func usage(_ row: Row) throws -> TokenUsage {
        let cached: Int64 = try row.decode("tokens_cached")
        let written: Int64 = try row.decode("tokens_cache_write")
        let reasoning: Int64 = try row.decode("tokens_reasoning")
        return TokenUsage(
            input: try row.decode("tokens_in", as: Int64.self) - cached - written,
            output: try row.decode("tokens_out", as: Int64.self) - reasoning,
            cached: cached,
            cacheWrite: written,
            reasoning: reasoning
        )
    }
}

extension AICallStore {
    /// A call with what explains it.
    package static func find(_ id: AICallID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns), r.input_tokens, r.asked_output, r.output_cap, r.held_output,
            r.hold_overhead, r.is_degraded, r.is_shortened, r.refused_by, r.finish, r.failure,
            v.effective_from, v.input_pico, v.output_pico, v.cached_pico, v.cache_write_pico,
            v.reasoning_pico, v.per_request_nano, v.tiers
        FROM ai_requests AS r
        LEFT JOIN ai_price_versions AS v
            ON v.model_id = r.model AND v.effective_from = r.price_version
        WHERE r.tenant_id = \(tenant) AND r.id = \(id)
        """
    }

    package static func attempts(of id: AICallID, in tenant: TenantID) -> SQL {
        """
        SELECT a.n, a.provider, a.model, a.sent, a.outcome, a.billable, a.failure,
            a.http_status, a.started_at, a.first_byte_at, a.ended_at
        FROM ai_attempts AS a
        WHERE a.tenant_id = \(tenant) AND a.request_id = \(id) ORDER BY a.n
        """
    }

    /// What a call holds of its budgets, or held when it ended: the end empties the rows of holds,
    /// and what the hold was made by stays.
    package static func holds(of id: AICallID, in tenant: TenantID) -> SQL {
        """
        SELECT h.budget_id, b.scope_kind, b.metric, b.period, h.period_start, h.charged,
            CASE WHEN r.state = 'in_flight' THEN h.amount WHEN b.metric = 'requests' THEN 1
                ELSE (SELECT sum(CASE b.metric WHEN 'tokens' THEN r.input_tokens + t.written
                        ELSE app.ai_nano(r.input_tokens * r.hold_input_pico
                            + t.written * r.hold_output_pico) + r.hold_request_nano END)
                    FROM (SELECT r.held_output + r.hold_overhead AS written
                        UNION ALL
                        -- Each other try that was held beside it began with one slice.
                        SELECT CASE WHEN r.slice > 0 AND r.hold_overhead = 0
                            THEN least(r.output_cap, r.slice) ELSE r.output_cap END
                            + r.hold_overhead
                        FROM generate_series(1, r.top_ups)) AS t)::bigint
            END AS amount
        FROM ai_holds AS h
        JOIN ai_requests AS r ON r.tenant_id = h.tenant_id AND r.id = h.request_id
        JOIN ai_budgets AS b ON b.tenant_id = h.tenant_id AND b.id = h.budget_id
        WHERE h.tenant_id = \(tenant) AND h.request_id = \(id)
        ORDER BY h.budget_id, h.period_start
        """
    }

    package static func explanation(
        _ row: Row,
        attempts: Rows,
        holds: Rows
    ) throws -> AICallExplanation {
        AICallExplanation(
            record: try record(row),
            output: try output(row),
            attempts: try attempts.map(attempt),
            holds: try holds.map(hold),
            price: try price(row)
        )
    }

    private static func output(_ row: Row) throws -> AICallExplanation.Output {
        AICallExplanation.Output(
            estimatedInput: try row.decode("input_tokens"),
            asked: try row.decode("asked_output"),
            cap: try row.decode("output_cap"),
            held: try row.decode("held_output"),
            overhead: try row.decode("hold_overhead"),
            isDegraded: try row.decode("is_degraded"),
            isShortened: try row.decode("is_shortened"),
            refusedBy: try row.decode("refused_by"),
            finish: try row.decode("finish"),
            failure: try row.decode("failure")
        )
    }

    private static func price(_ row: Row) throws -> ModelPrice? {
        guard let since: Instant = try row.decode("effective_from", as: Instant?.self) else {
            return nil
        }
        return ModelPrice(
            model: try row.decode("model"),
            effectiveFrom: since,
            input: try row.decode("input_pico"),
            output: try row.decode("output_pico"),
            cached: try row.decode("cached_pico"),
            cacheWrite: try row.decode("cache_write_pico"),
            reasoning: try row.decode("reasoning_pico"),
            request: try row.decode("per_request_nano"),
            tiers: try PriceTier.all(stored: row.decode("tiers"))
        )
    }

    private static func attempt(_ row: Row) throws -> AICallExplanation.Attempt {
        AICallExplanation.Attempt(
            number: Int(try row.decode("n", as: Int32.self)),
            provider: try row.decode("provider"),
            model: try row.decode("model"),
            sent: try row.decode("sent"),
            outcome: try row.decode("outcome"),
            billable: try row.decode("billable"),
            failure: try row.decode("failure"),
            httpStatus: try row.decode("http_status", as: Int32?.self).map { Int($0) },
            startedAt: try row.decode("started_at"),
            firstByteAt: try row.decode("first_byte_at"),
            endedAt: try row.decode("ended_at")
        )
    }

    private static func hold(_ row: Row) throws -> AICallExplanation.Hold {
        AICallExplanation.Hold(
            budget: try row.decode("budget_id"),
            scope: try row.decode("scope_kind", raw: Budget.Scope.self),
            metric: try row.decode("metric", raw: Budget.Metric.self),
            period: try row.decode("period", raw: Budget.Period.self),
            periodStart: try row.decode("period_start"),
            amount: try row.decode("amount"),
            charged: try row.decode("charged")
        )
    }
}

extension AICallStore {
    /// A call, locked; of one person only, when there is one.
    package static func lock(
        _ id: AICallID,
        of person: UserID?,
        in tenant: TenantID
    ) -> SQL {
        var statement: SQL = """
            SELECT \(columns) FROM ai_requests AS r
            WHERE r.tenant_id = \(tenant) AND r.id = \(id)
            """
        if let person { statement += " AND r.user_id = \(person)" }
        return statement + " FOR NO KEY UPDATE"
    }

    /// Asks the process that makes the call to end it; it looks with each sign of life.
    package static func requestCancel(_ id: AICallID, in tenant: TenantID) -> SQL {
        """
        UPDATE ai_requests AS r
        SET cancel_requested_at = clock_timestamp()
        WHERE r.tenant_id = \(tenant) AND r.id = \(id) AND r.state = 'in_flight'
        RETURNING \(columns)
        """
    }

    /// The next lines of the log of use, the oldest first; of one person only, when there is one.
    package static func log(
        from: Instant,
        to end: Instant,
        after: PagePosition?,
        limit: Int,
        of person: UserID?,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL = """
            SELECT u.request_id, u.entry_no, u.kind, u.model, u.user_id, u.api_key_id, u.channel,
                u.purpose, u.tokens_in, u.tokens_out, u.tokens_cached, u.tokens_cache_write,
                u.tokens_reasoning, u.tenant_charge_nano AS charge_nano, u.saved_nano,
                u.price_version, u.estimated AS is_estimated, u.created_at
            FROM ai_usage_log AS u
            WHERE u.tenant_id = \(tenant) AND u.created_at >= \(from) AND u.created_at < \(end)
                AND u.month >= \(from.month) AND u.month <= \(end.month)
            """
        if let person { statement += " AND u.user_id = \(person)" }
        if let after {
            let id = try after.id(at: 1, of: AICall.self)
            statement += """
                 AND (u.created_at, u.request_id, u.entry_no)
                    > (\(try after.instant(at: 0)), \(id), \(Int32(try after.integer(at: 2))))
                """
        }
        return statement + """
             ORDER BY u.created_at, u.request_id, u.entry_no LIMIT \(limit)
            """
    }

    package static func entry(_ row: Row) throws -> UsageEntry {
        UsageEntry(
            call: try row.decode("request_id"),
            number: Int(try row.decode("entry_no", as: Int32.self)),
            kind: try row.decode("kind"),
            model: try row.decode("model"),
            caller: try caller(row),
            usage: try usage(row),
            money: AICallMoney(
                charge: try row.decode("charge_nano"),
                priceVersion: try row.decode("price_version"),
                isEstimated: try row.decode("is_estimated")
            ),
            savedNano: try row.decode("saved_nano"),
            createdAt: try row.decode("created_at")
        )
    }
}
