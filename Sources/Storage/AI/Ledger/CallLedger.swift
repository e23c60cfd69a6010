package import Domain
package import FoundationEssentials
package import Postgres

// DESIGN
//
// 1. Each step of a call is one statement that is also its transaction: `app.ai_reserve`,
//    `app.ai_extend`, `app.ai_settle`. So it is one round trip, and no lock waits for a network.
// 2. Each is a compare-and-set on the call's state, so a repeat after a lost connection changes
//    nothing.
// 3. Locks: first the call, then the budgets' periods by budget and start.

/// The statements that move a call through its states.
package enum CallLedger {
    /// So many tokens of output are held at once while a call streams.
    package static let slice: Int64 = 1_024

    /// Who asks for a hold waits this long at most; until the end of the transaction.
    package static let patience: SQL = """
        SELECT set_config('lock_timeout', '500ms', true),
            set_config('statement_timeout', '2s', true)
        """

    package static func reserve(_ draft: CallDraft, node: UUID) -> SQL {
        let principal = draft.principal
        let origin = draft.origin
        return """
            SELECT r.outcome, r.earlier, r.refusing, r.refusing_scope, r.refusing_metric,
                r.refusing_end,
                CASE WHEN r.refusing IS NOT NULL THEN (SELECT b.hard FROM ai_budgets AS b
                    WHERE b.tenant_id = \(principal.tenant) AND b.id = r.refusing) END
                    AS refusing_hard,
                r.granted, r.covered, r.degraded, r.shortened, r.moment, r.expiry,
                EXISTS (SELECT FROM ai_budgets AS b
                    WHERE b.tenant_id = \(principal.tenant) AND b.on_lost = 'refund_unsent'
                      AND b.enabled) AS notes_sending,
                (SELECT jsonb_agg(jsonb_build_array(c.provider, c.model,
                    extract(epoch FROM c.priced_at) * 1000000, c.input, c.output, c.cached,
                    c.cache_write, c.reasoning, c.request, c.tiers, c.overhead))
                    FROM unnest(r.chosen) AS c) AS chosen
            FROM app.ai_reserve(\(principal.tenant), \(draft.id), \(principal.name),
                \(principal.user), \(principal.apiKey), \(principal.visitor),
                \(origin.storefront), \(draft.channel.rawValue), \(draft.purpose),
                \(origin.route), \(origin.prompt?.id), \(origin.prompt?.version),
                \(origin.conversation), \(draft.targets.map(\.model)), \(draft.inputTokens),
                \(draft.outputCap), \(draft.isSliced ? slice : 0), \(draft.idempotency?.key),
                \(draft.idempotency?.fingerprint), \(node),
                \(draft.life.milliseconds) * interval '1 millisecond', \(draft.visit?.client),
                \(draft.visit?.visitorTokens), \(draft.visit?.clientTokens)) AS r
            """
    }

    package static func extend(
        _ ticket: CallTicket,
        isTopUp: Bool,
        streamed: Int64
    ) -> SQL {
        let known = isTopUp ? ticket.topUps : ticket.heldOutput
        return """
            SELECT x.outcome, x.covered, x.expiry
            FROM app.ai_extend(\(ticket.tenant), \(ticket.id), \(isTopUp), \(known), \(streamed),
                \(ticket.life.milliseconds) * interval '1 millisecond') AS x
            """
    }

    package static func settle(_ ticket: CallTicket, _ outcome: CallOutcome) -> SQL {
        settle(
            ticket.id,
            in: ticket.tenant,
            .settled,
            outcome,
            tries: outcome.attempts
        )
    }

    package static func release(
        _ ticket: CallTicket,
        failure: String?,
        _ attempts: [CallAttempt]
    ) -> SQL {
        let outcome = CallOutcome(
            target: attempts.last?.target ?? ticket.targets[0],
            usage: TokenUsage(),
            failure: failure
        )
        return settle(ticket.id, in: ticket.tenant, .released, outcome, tries: attempts)
    }

    /// The same for a draft of which nobody knows whether it is held; nothing was sent.
    package static func release(_ draft: CallDraft, failure: String) -> SQL {
        let outcome = CallOutcome(
            target: draft.targets[0],
            usage: TokenUsage(),
            failure: failure
        )
        return settle(draft.id, in: draft.principal.tenant, .released, outcome, tries: [])
    }

    /// Ends a call whose time is over; one that somebody else is ending is left to them.
    package static func expire(_ id: AICallID, in tenant: TenantID) -> [SQL] {
        [
            """
            SELECT s.outcome, s.charge, s.platform_cost, s.excess
            FROM ai_requests AS r
            CROSS JOIN LATERAL app.ai_settle(r.tenant_id, r.id, 'expired', NULL, 0, 0, 0, 0, 0,
                true, NULL, 'expired', NULL, NULL, NULL) AS s
            WHERE r.tenant_id = \(tenant) AND r.id = \(id) AND r.state = 'in_flight'
              AND r.expires_at < clock_timestamp()
            """,
            """
            UPDATE ai_attempts AS a
            SET outcome = 'failed', ended_at = clock_timestamp(),
                billable = CASE WHEN r.tokens_in = 0 THEN 'no' ELSE 'unknown' END
            FROM ai_requests AS r
            WHERE a.tenant_id = \(tenant) AND a.request_id = \(id) AND a.outcome = 'pending'
              AND r.tenant_id = \(tenant) AND r.id = \(id) AND r.state = 'expired'
            """,
        ]
    }

    private static func settle(
        _ id: AICallID,
        in tenant: TenantID,
        _ verdict: AICall.State,
        _ outcome: CallOutcome,
        tries: [CallAttempt]
    ) -> SQL {
        let usage = outcome.usage
        return """
            SELECT s.outcome, s.charge, s.platform_cost, s.excess
            FROM app.ai_settle(\(tenant), \(id), \(verdict.rawValue), \(outcome.target.model),
                \(usage.read), \(usage.written), \(usage.cached), \(usage.cacheWrite),
                \(usage.reasoning), \(outcome.isEstimated), \(outcome.finish),
                \(outcome.failure), \(outcome.reply?.status), \(outcome.reply?.body),
                \(JSONValue.array(tries.map(\.record)))) AS s
            """
    }

    /// Writes down how far a try has come; no row where there is no such call.
    package static func note(_ attempt: CallAttempt, of ticket: CallTicket) -> SQL {
        """
        INSERT INTO ai_attempts AS a (tenant_id, request_id, n, provider, model, sent, outcome,
            billable, failure, http_status, provider_request_id, first_byte_at, ended_at)
        SELECT r.tenant_id, r.id, \(attempt.number), \(attempt.target.provider),
            \(attempt.target.model), \(attempt.isSent), \(attempt.outcome.rawValue),
            \(attempt.billing?.rawValue), \(attempt.failure?.rawValue), \(attempt.status),
            \(attempt.providerRequest), \(attempt.firstByteAt),
            CASE WHEN \(attempt.outcome == .pending) THEN NULL ELSE clock_timestamp() END
        FROM ai_requests AS r
        WHERE r.tenant_id = \(ticket.tenant) AND r.id = \(ticket.id)
        ON CONFLICT ON CONSTRAINT ai_attempts_pkey DO UPDATE
        SET provider = excluded.provider, model = excluded.model, sent = excluded.sent,
            outcome = excluded.outcome, billable = excluded.billable, failure = excluded.failure,
            http_status = excluded.http_status,
            provider_request_id = excluded.provider_request_id,
            first_byte_at = coalesce(excluded.first_byte_at, a.first_byte_at),
            ended_at = excluded.ended_at
        RETURNING a.n
        """
    }

    /// A call that ended, with the reply that was kept of it.
    package static func ended(_ id: AICallID, in tenant: TenantID) -> SQL {
        """
        SELECT r.id, r.state, r.model, r.tokens_in, r.tokens_out, r.charge_nano, y.status, y.body
        FROM ai_requests AS r
        LEFT JOIN ai_replies AS y ON y.tenant_id = \(tenant) AND y.request_id = r.id
        WHERE r.tenant_id = \(tenant) AND r.id = \(id)
        """
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension CallAttempt {
    /// The names are those of the columns.
    fileprivate var record: JSONValue {
        .object([
            "n": .integer(Int64(number)),
            "provider": .string(target.provider),
            "model": .string(target.model),
            "sent": .bool(isSent),
            "outcome": .string(outcome.rawValue),
            "billable": billing.map { .string($0.rawValue) } ?? .null,
            "failure": failure.map { .string($0.rawValue) } ?? .null,
            "http_status": status.map { .integer(Int64($0)) } ?? .null,
            "provider_request_id": providerRequest.map { .string($0) } ?? .null,
            "first_byte_at": firstByteAt.map { .string($0.rfc3339) } ?? .null,
        ])
    }
}
