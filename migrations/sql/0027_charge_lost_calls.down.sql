SET ROLE ghostworks_owner;
SET row_security = off;

DROP FUNCTION app.ai_differences(timestamptz);
CREATE FUNCTION app.ai_differences()
    RETURNS TABLE (kind text, tenant_id uuid, budget_id uuid, period_start timestamptz,
        request_id uuid, expected bigint, found bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'the books need a system context';
    END IF;
    RETURN QUERY
    WITH sums AS (
        SELECT p.tenant_id, p.budget_id, p.period_start, p.held, p.used,
            coalesce(h.amount, 0)::bigint AS amount,
            (p.carried + coalesce(h.charged, 0))::bigint AS charged
        FROM public.ai_budget_periods AS p
        LEFT JOIN (
            SELECT x.tenant_id, x.budget_id, x.period_start, sum(x.amount) AS amount,
                sum(x.charged) AS charged
            FROM public.ai_holds AS x GROUP BY 1, 2, 3
        ) AS h ON h.tenant_id = p.tenant_id AND h.budget_id = p.budget_id
            AND h.period_start = p.period_start
    ), used AS (
        SELECT u.tenant_id, u.request_id, sum(u.tenant_charge_nano)::bigint AS charge
        FROM public.ai_usage_log AS u GROUP BY 1, 2
    )
    SELECT 'held', s.tenant_id, s.budget_id, s.period_start, NULL::uuid, s.amount, s.held
    FROM sums AS s WHERE s.held <> s.amount
    UNION ALL
    SELECT 'used', s.tenant_id, s.budget_id, s.period_start, NULL::uuid, s.charged, s.used
    FROM sums AS s WHERE s.used <> s.charged
    UNION ALL
    SELECT 'charge', r.tenant_id, h.budget_id, h.period_start, r.id, r.charge_nano, h.charged
    FROM public.ai_requests AS r
    JOIN public.ai_holds AS h ON h.tenant_id = r.tenant_id AND h.request_id = r.id
    JOIN public.ai_budgets AS b ON b.tenant_id = h.tenant_id AND b.id = h.budget_id
        AND b.metric = 'cost' AND (b.scope_kind <> 'model' OR b.scope_id = r.model)
    WHERE r.state <> 'in_flight' AND h.charged <> r.charge_nano
    UNION ALL
    SELECT 'hold', r.tenant_id, h.budget_id, h.period_start, r.id, 0::bigint, h.amount
    FROM public.ai_requests AS r
    JOIN public.ai_holds AS h ON h.tenant_id = r.tenant_id AND h.request_id = r.id
    WHERE r.state <> 'in_flight' AND h.amount <> 0
    UNION ALL
    SELECT 'usage', r.tenant_id, NULL, NULL, r.id, r.charge_nano, coalesce(u.charge, 0)
    FROM public.ai_requests AS r
    LEFT JOIN used AS u ON u.tenant_id = r.tenant_id AND u.request_id = r.id
    WHERE r.state <> 'in_flight'
      AND (u.request_id IS NULL OR u.charge <> r.charge_nano)
    UNION ALL
    SELECT 'stale', r.tenant_id, NULL, NULL, r.id, 0::bigint,
        extract(epoch FROM statement_timestamp() - r.reserved_at)::bigint
    FROM public.ai_requests AS r
    WHERE r.state = 'in_flight' AND r.reserved_at < statement_timestamp() - interval '1 hour'
    LIMIT 1000;
END
$$;

GRANT EXECUTE ON FUNCTION app.ai_differences() TO ghostworks_app;
DROP INDEX ai_usage_log_moment_idx;
DROP INDEX ai_holds_period_start_idx;
DROP INDEX ai_requests_moment_idx;

CREATE OR REPLACE FUNCTION app.ai_settle(
    of_tenant uuid, of_request uuid, verdict text, by_model text, read_tokens bigint,
    written_tokens bigint, cached_tokens bigint, cache_write_tokens bigint,
    reasoning_tokens bigint, estimated boolean, with_finish text, with_failure text,
    reply_status integer, reply_body bytea, tries jsonb)
    RETURNS TABLE (outcome text, charge bigint, platform_cost bigint, excess bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    call record;
    priced_at timestamptz;
    price record;
    moment timestamptz := clock_timestamp();
    budget app.ai_limit;
    budgets app.ai_limit[];
    shares bigint[] := '{}';
    is_late boolean;
    is_free boolean := verdict = 'released';
    actual bigint := 0;
    total_tokens bigint;
    share bigint;
BEGIN
    excess := 0;
    -- A reply is kept for members only. Whoever erases one holds this lock: a reply that comes
    -- behind the erasure finds nobody, one before it is deleted with the others.
    IF reply_body IS NOT NULL THEN
        PERFORM FROM ai_requests AS r
        JOIN memberships AS m ON m.tenant_id = of_tenant AND m.user_id = r.user_id
            AND m.status <> 'removed'
        WHERE r.tenant_id = of_tenant AND r.id = of_request
        FOR SHARE OF m;
        IF NOT FOUND THEN
            reply_status := NULL;
            reply_body := NULL;
        END IF;
    END IF;
    SELECT r.state, r.model, r.user_id, r.api_key_id, r.storefront, r.purpose, r.channel,
        r.idempotency_key, r.fingerprint, r.input_tokens, r.stream_tokens, r.reserved_at,
        r.ended_at, r.charge_nano, r.platform_cost_nano, r.tokens_in, r.tokens_out,
        r.tokens_cached, r.tokens_cache_write, r.tokens_reasoning, r.expires_at, r.targets,
        r.price_versions
    INTO call FROM ai_requests AS r
    WHERE r.tenant_id = of_tenant AND r.id = of_request FOR NO KEY UPDATE;
    is_late := call.state = 'expired';
    -- Whoever waited for the lock may find that the call was kept alive meanwhile.
    IF NOT FOUND OR NOT (call.state = 'in_flight' OR (is_late AND verdict <> 'expired'))
        OR (verdict = 'expired' AND call.expires_at >= clock_timestamp()) THEN
        outcome := coalesce(call.state, 'missing');
        charge := call.charge_nano;
        platform_cost := call.platform_cost_nano;
        RETURN NEXT;
        RETURN;
    END IF;
    by_model := coalesce(by_model, call.model);
    IF verdict = 'expired' THEN
        read_tokens := call.input_tokens;
        written_tokens := call.stream_tokens;
        estimated := true;
    END IF;
    outcome := CASE WHEN is_late THEN 'settled_late' ELSE verdict END;
    -- The price that the hold saw, whatever was published since; calls from before prices were
    -- kept, and a model that was no target, have that of the moment of the hold.
    priced_at := CASE
        WHEN call.price_versions IS NOT NULL AND by_model = ANY (call.targets)
            THEN call.price_versions[array_position(call.targets, by_model)]
        ELSE call.reserved_at END;
    SELECT p.effective_from, p.input_pico, p.output_pico, p.cached_pico, p.cache_write_pico,
        p.reasoning_pico, p.per_request_nano
    INTO price FROM ai_price_versions AS p
    WHERE p.model_id = by_model AND p.effective_from <= priced_at
    ORDER BY p.effective_from DESC LIMIT 1;
    IF price.effective_from IS NOT NULL AND NOT is_free THEN
        actual := app.ai_nano(
            (read_tokens - cached_tokens - cache_write_tokens) * price.input_pico
            + (written_tokens - reasoning_tokens) * price.output_pico
            + cached_tokens * price.cached_pico + cache_write_tokens * price.cache_write_pico
            + reasoning_tokens * price.reasoning_pico) + price.per_request_nano;
    END IF;
    total_tokens := read_tokens + written_tokens;
    budgets := app.ai_lock_holds(of_tenant, of_request);

    charge := actual;
    FOREACH budget IN ARRAY budgets LOOP
        IF budget.metric = 'cost'
            AND (budget.scope_kind <> 'model' OR budget.scope_id = by_model) THEN
            charge := least(charge, budget.charged + budget.amount
                + greatest(budget.most - budget.used - budget.held, 0));
        END IF;
    END LOOP;
    excess := actual - charge;
    FOREACH budget IN ARRAY budgets LOOP
        share := CASE
            WHEN is_free OR (budget.scope_kind = 'model' AND budget.scope_id <> by_model) THEN 0
            WHEN budget.metric = 'cost' THEN charge
            WHEN budget.metric = 'requests' THEN budget.charged + budget.amount
            ELSE least(total_tokens, budget.charged + budget.amount
                + greatest(budget.most - budget.used - budget.held, 0)) END;
        shares := shares || share;
    END LOOP;

    -- What providers may bill us for tries that failed: their input.
    SELECT coalesce(sum(app.ai_nano(call.input_tokens * x.input_pico) + x.per_request_nano), 0)
        + actual
    INTO platform_cost
    FROM jsonb_to_recordset(tries) AS t (model text, billable text)
    CROSS JOIN LATERAL (
        SELECT p.input_pico, p.per_request_nano FROM ai_price_versions AS p
        WHERE p.model_id = t.model AND p.effective_from <= coalesce(
            call.price_versions[array_position(call.targets, t.model)], call.reserved_at)
        ORDER BY p.effective_from DESC LIMIT 1
    ) AS x
    WHERE t.billable = 'unknown';

    -- A period that was reset by hand may hold less than is given back: `carried` takes the rest.
    WITH share AS (
        SELECT l.budget_id, l.period_start, l.amount, l.charged, s.share,
            CASE WHEN l.metric = 'cost' AND s.share > 0 THEN excess
                WHEN l.metric = 'tokens' AND s.share > 0 THEN total_tokens - s.share
                ELSE 0 END AS over
        FROM ROWS FROM (unnest(budgets), unnest(shares)) AS l (budget_id, period_start,
                scope_kind, scope_id, metric, period, used, held, soft, hard, most, thresholds,
                on_soft, amount, charged, share)
        CROSS JOIN LATERAL (SELECT l.share) AS s
    ), hold AS (
        UPDATE ai_holds AS h SET amount = 0, charged = s.share
        FROM share AS s
        WHERE h.tenant_id = of_tenant AND h.request_id = of_request
          AND h.budget_id = s.budget_id AND h.period_start = s.period_start
    ), entry AS (
        INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
            channel, user_id, api_key_id, storefront, tokens_in, tokens_out, tokens_cached,
            tokens_cache_write, tokens_reasoning, tenant_charge_nano, platform_cost_nano,
            price_version, estimated, created_at)
        VALUES (of_tenant, of_request, CASE WHEN is_late THEN 2 ELSE 1 END,
            date_trunc('month', moment AT TIME ZONE 'UTC')::date,
            CASE WHEN is_late THEN 'adjustment' WHEN verdict = 'settled' THEN 'usage'
                ELSE verdict END,
            by_model, call.purpose, call.channel, call.user_id, call.api_key_id, call.storefront,
            read_tokens - call.tokens_in, written_tokens - call.tokens_out,
            cached_tokens - call.tokens_cached, cache_write_tokens - call.tokens_cache_write,
            reasoning_tokens - call.tokens_reasoning, charge - call.charge_nano,
            platform_cost - call.platform_cost_nano, price.effective_from, estimated, moment)
    ), attempt AS (
        INSERT INTO ai_attempts AS a (tenant_id, request_id, n, provider, model, sent, outcome,
            billable, failure, http_status, provider_request_id, cost_nano, first_byte_at,
            ended_at)
        SELECT of_tenant, of_request, t.n, t.provider, t.model, t.sent, t.outcome, t.billable,
            t.failure, t.http_status, t.provider_request_id,
            CASE t.billable WHEN 'yes' THEN actual ELSE 0 END, t.first_byte_at, moment
        FROM jsonb_to_recordset(tries) AS t (n integer, provider text, model text, sent boolean,
            outcome text, billable text, failure text, http_status integer,
            provider_request_id text, first_byte_at timestamptz)
        ON CONFLICT ON CONSTRAINT ai_attempts_pkey DO UPDATE
        SET provider = excluded.provider, model = excluded.model, sent = excluded.sent,
            outcome = excluded.outcome, billable = excluded.billable, failure = excluded.failure,
            http_status = excluded.http_status,
            provider_request_id = excluded.provider_request_id, cost_nano = excluded.cost_nano,
            first_byte_at = coalesce(excluded.first_byte_at, a.first_byte_at),
            ended_at = excluded.ended_at
    ), reply AS (
        INSERT INTO ai_replies (tenant_id, request_id, user_id, status, body)
        SELECT of_tenant, of_request, call.user_id, reply_status, reply_body
        WHERE reply_body IS NOT NULL AND call.idempotency_key IS NOT NULL AND NOT is_free
        ON CONFLICT ON CONSTRAINT ai_replies_pkey DO NOTHING
    ), ended AS (
        UPDATE ai_requests AS r
        SET state = outcome, model = by_model, tokens_in = read_tokens,
            tokens_out = written_tokens, tokens_cached = cached_tokens,
            tokens_cache_write = cache_write_tokens, tokens_reasoning = reasoning_tokens,
            charge_nano = charge, platform_cost_nano = platform_cost,
            price_version = price.effective_from, is_estimated = estimated, finish = with_finish,
            failure = with_failure, ended_at = moment,
            -- Without an answer there is nothing to repeat: the key is free again.
            idempotency_key = CASE WHEN reply_body IS NOT NULL AND NOT is_free
                THEN call.idempotency_key END,
            fingerprint = CASE WHEN reply_body IS NOT NULL AND NOT is_free
                THEN call.fingerprint END
        WHERE r.tenant_id = of_tenant AND r.id = of_request
    )
    UPDATE ai_budget_periods AS p
    SET held = p.held - s.amount, used = greatest(p.used + s.share - s.charged, 0),
        carried = p.carried + greatest(-(p.used + s.share - s.charged), 0),
        overage = p.overage + greatest(s.over, 0), version = p.version + 1
    FROM share AS s
    WHERE p.tenant_id = of_tenant AND p.budget_id = s.budget_id
      AND p.period_start = s.period_start;

    FOR i IN 1 .. cardinality(budgets) LOOP
        budget := budgets[i];
        IF budget.used + shares[i] - budget.charged > budget.used THEN
            PERFORM app.ai_raise_alerts(of_tenant, budget.budget_id, budget.period_start,
                budget.used, budget.used + shares[i] - budget.charged, budget.soft, budget.hard,
                budget.thresholds);
        END IF;
    END LOOP;
    RETURN NEXT;
END
$$;

ALTER TABLE ai_budgets DROP COLUMN on_lost;

RESET ROLE;
ALTER FUNCTION app.ai_differences() OWNER TO ghostworks_stats;
