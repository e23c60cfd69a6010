package import Domain
package import FoundationEssentials
package import Postgres

// DESIGN
//
// 1. T1 is one commit: a database that went back to before it has lost the call, its tries, its
//    holds and perhaps the period that it opened, all of them. What is left has nothing to restore.
// 2. What is written again is in flight and holds nothing, so no limit is passed by it: its end
//    charges what has room, as it does with whatever a call took beyond its hold.
// 3. It is the insertion that decides, by the call's id: of two that restore one call the second
//    waits for the first and inserts nothing, and the end behind it finds the call ended.

extension CallLedger {
    /// Writes a call down again that the database has lost since its hold; nothing where it is there.
    ///
    /// To be run before a step of the call and in its transaction. The call falls under the budgets
    /// that there were at its hold. Its idempotency key is its own unless another call has it by now.
    /// Of a tenant that is gone nothing is written.
    ///
    /// - Parameters:
    ///   - ticket: What the process knows of the call.
    ///   - node: The process.
    /// - Returns: Statements of one row each with the column `restored`.
    package static func restore(_ ticket: CallTicket, node: UUID) -> [SQL] {
        guard let mark = ticket.draft.idempotency else { return [restore(ticket, node, nil)] }
        return [restore(ticket, node, mark), restore(ticket, node, nil)]
    }

    /// Whether a step found no call that it could be taken of: there is none, or it has ended.
    ///
    /// An end says which; of an extension and a note both are possible, and restoring changes
    /// nothing about a call that is there.
    package static func knowsNothing(_ rows: Rows) throws -> Bool {
        guard let row = rows.first else { return true }
        guard row.contains(column: "outcome") else { return false }
        return ["missing", "ended"].contains(try row.decode("outcome", as: String.self))
    }

    /// How many calls the statements of `restore` wrote down.
    package static func restored(_ rows: [Rows]) throws -> Int64 {
        try rows.reduce(0) { try $0 + ($1.first?.decode("restored", as: Int64.self) ?? 0) }
    }

    private static func restore(
        _ ticket: CallTicket,
        _ node: UUID,
        _ mark: IdempotencyMark?
    ) -> SQL {
        let draft = ticket.draft
        let principal = draft.principal
        let origin = draft.origin
        let price = CallEstimate(prices: Array(ticket.prices.values))
            .dearest(reading: ticket.inputTokens)
        let versions = ticket.targets.map { target in
            ticket.prices[target.model].map {
                Timestamp(microseconds: $0.effectiveFrom.microseconds)
            }
        }
        return """
            WITH call AS (
                INSERT INTO ai_requests (tenant_id, id, principal, user_id, api_key_id, visitor,
                    client, storefront, channel, purpose, route, prompt_id, prompt_version,
                    conversation_id, idempotency_key, fingerprint, state, targets, price_versions,
                    model, input_tokens, asked_output, output_cap, held_output, slice, is_degraded,
                    is_shortened, hold_input_pico, hold_output_pico, hold_request_nano, hold_overhead,
                    top_ups, node_id, reserved_at, expires_at)
                SELECT t.id, \(draft.id), \(principal.name), \(principal.user),
                    \(principal.apiKey), \(principal.visitor), \(draft.visit?.client),
                    \(origin.storefront), \(draft.channel.rawValue), \(draft.purpose),
                    \(origin.route), \(origin.prompt?.id), \(origin.prompt?.version),
                    \(origin.conversation), \(mark?.key), \(mark?.fingerprint), 'in_flight',
                    \(ticket.targets.map(\.model)), \(versions), \(ticket.targets[0].model),
                    \(ticket.inputTokens), \(draft.outputCap), \(ticket.outputCap),
                    \(ticket.heldOutput), \(draft.isSliced ? slice : 0), \(ticket.isDegraded),
                    \(ticket.isShortened), \(price.input), \(price.output), \(price.request),
                    \(ticket.heldOverhead), \(ticket.topUps), \(node), \(ticket.reservedAt),
                    clock_timestamp() + \(ticket.life.milliseconds) * interval '1 millisecond'
                FROM tenants AS t
                WHERE t.id = \(ticket.tenant) AND t.purged_at IS NULL
                ON CONFLICT DO NOTHING
                RETURNING reserved_at
            ), attempt AS (
                INSERT INTO ai_attempts (tenant_id, request_id, n, provider, model, started_at)
                SELECT \(ticket.tenant), \(draft.id), 1, \(ticket.targets[0].provider),
                    \(ticket.targets[0].model), c.reserved_at
                FROM call AS c
            ), budget AS (
                SELECT b.id, b.hard,
                    date_trunc(b.period, c.reserved_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                        AS period_start
                FROM call AS c
                JOIN ai_budgets AS b ON b.tenant_id = \(ticket.tenant) AND b.enabled
                    AND b.created_at <= c.reserved_at
                WHERE (b.scope_kind = 'tenant' AND b.scope_id = '')
                    OR (b.scope_kind = 'user' AND b.scope_id = \(principal.user?.description))
                    OR (b.scope_kind = 'api_key' AND b.scope_id = \(principal.apiKey?.description))
                    OR (b.scope_kind = 'storefront' AND b.scope_id = \(origin.storefront))
                    OR (b.scope_kind = 'purpose' AND b.scope_id = \(draft.purpose))
                    OR (b.scope_kind = 'model' AND b.scope_id = ANY (\(draft.targets.map(\.model))))
            ), period AS (
                INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot)
                SELECT \(ticket.tenant), b.id, b.period_start, b.hard FROM budget AS b
                ORDER BY b.id
                ON CONFLICT ON CONSTRAINT ai_budget_periods_pkey DO NOTHING
            ), hold AS (
                INSERT INTO ai_holds (tenant_id, request_id, budget_id, period_start, amount)
                SELECT \(ticket.tenant), \(draft.id), b.id, b.period_start, 0 FROM budget AS b
            )
            SELECT count(*) AS restored FROM call AS c
            """
    }
}
