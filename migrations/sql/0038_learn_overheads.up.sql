-- What a model bills beyond what it was allowed to write is learned from its provider's counts, so
-- that the next hold is again the most that a call can cost.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Tokens beyond the most that a call was allowed to write; 0 for a model that bills within it, but
-- more than it shows. NULL while nothing of the kind was seen.
ALTER TABLE ai_models
    ADD COLUMN reasoning_overhead bigint,
    ADD COLUMN overhead_seen_at timestamptz,
    ADD CONSTRAINT ai_models_overhead CHECK (
        reasoning_overhead BETWEEN 0 AND max_output_tokens
        AND (reasoning_overhead IS NULL) = (overhead_seen_at IS NULL));
-- So many of the tokens that a call holds are held for its model's overhead.
ALTER TABLE ai_requests
    ADD COLUMN hold_overhead bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT ai_requests_overhead CHECK (hold_overhead >= 0);
ALTER TYPE app.ai_target ADD ATTRIBUTE overhead bigint;

-- What is left of an overhead: half of it after every week in which no call needed more than that,
-- and nothing after eight.
CREATE FUNCTION app.ai_overhead(tokens bigint, seen timestamptz, moment timestamptz)
    RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN moment - seen < interval '1344 hours'
        THEN tokens >> greatest(floor(extract(epoch FROM moment - seen) / 604800), 0)::integer END
$$;
GRANT EXECUTE ON FUNCTION app.ai_overhead(bigint, timestamptz, timestamptz)
    TO authenticated_users;

-- Notes that a call of the context's tenant was billed so many tokens beyond what it was allowed to
-- write, no more of them than the model writes at all. One statement, which writes only what says
-- something new: more than is known, or that more than half of it is still so, once an hour.
CREATE FUNCTION app.ai_learn_overhead(of_model text, beyond bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    IF app.tenant_id() IS NULL OR app.is_platform() THEN
        RAISE insufficient_privilege USING MESSAGE = 'what a call was billed needs its tenant';
    END IF;
    UPDATE public.ai_models AS m
    SET reasoning_overhead = greatest(
            app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, moment),
            least(greatest(beyond, 0), m.max_output_tokens)),
        overhead_seen_at = moment
    WHERE m.id = of_model AND CASE
        WHEN app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, moment) IS NULL THEN true
        WHEN least(beyond, m.max_output_tokens)
            > app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, moment) THEN true
        ELSE least(beyond, m.max_output_tokens) * 2
            > app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, moment)
            AND m.overhead_seen_at < moment - interval '1 hour' END;
END
$$;
GRANT EXECUTE ON FUNCTION app.ai_learn_overhead(text, bigint) TO ghostworks_app;

-- Forgets it.
CREATE FUNCTION app.reset_ai_overhead(model text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.require_platform();
    UPDATE public.ai_models AS m SET reasoning_overhead = NULL, overhead_seen_at = NULL
    WHERE m.id = model AND m.reasoning_overhead IS NOT NULL;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION app.reset_ai_overhead(text) TO ghostworks_app;

-- As before; the overhead is what the hold has.
CREATE OR REPLACE FUNCTION app.ai_known(of_tenant uuid, of_request uuid, asked uuid, with_fingerprint bytea)
    RETURNS TABLE (outcome text, earlier uuid, refusing uuid, refusing_scope text,
        refusing_metric text, refusing_end timestamptz, granted bigint, covered bigint,
        degraded boolean, shortened boolean, held_nano bigint, moment timestamptz,
        expiry timestamptz, chosen app.ai_target[])
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT CASE
            WHEN r.fingerprint IS DISTINCT FROM with_fingerprint AND r.refused_by IS NULL
                THEN 'key_reused'
            WHEN r.id = asked AND r.state = 'in_flight' THEN 'held'
            WHEN r.state = 'in_flight' THEN 'in_progress'
            WHEN r.state = 'rejected' THEN 'refused' ELSE 'repeated' END,
        r.id, r.refused_by, b.scope_kind, b.metric,
        (date_trunc(b.period, r.reserved_at AT TIME ZONE 'UTC')
            + ('1 ' || b.period)::interval) AT TIME ZONE 'UTC',
        r.output_cap, r.held_output, r.is_degraded, r.is_shortened, NULL::bigint, r.reserved_at,
        r.expires_at,
        (SELECT array_agg(ROW(m.id, m.provider_id,
                least(m.max_output_tokens, m.context_tokens - r.input_tokens), p.effective_from,
                coalesce(p.input_pico, 0), coalesce(p.output_pico, 0), coalesce(p.cached_pico, 0),
                coalesce(p.cache_write_pico, 0), coalesce(p.reasoning_pico, 0),
                coalesce(p.per_request_nano, 0), coalesce(p.tiers, '[]'),
                r.hold_overhead)::app.ai_target ORDER BY w.n)
            FROM unnest(r.targets, r.price_versions) WITH ORDINALITY AS w (model, priced_at, n)
            JOIN ai_models AS m ON m.id = w.model
            LEFT JOIN ai_price_versions AS p
                ON p.model_id = w.model AND p.effective_from = w.priced_at)
    FROM ai_requests AS r
    LEFT JOIN ai_budgets AS b ON b.tenant_id = of_tenant AND b.id = r.refused_by
    WHERE r.tenant_id = of_tenant AND r.id = of_request;
END
$$;

-- As before; a model with an overhead is held whole and with it.
CREATE OR REPLACE FUNCTION app.ai_reserve(
    new_tenant uuid, new_id uuid, new_principal text, new_user uuid, new_api_key uuid,
    new_visitor text, new_storefront text, new_channel text, new_purpose text, new_route text,
    new_prompt uuid, new_prompt_version integer, new_conversation uuid, new_models text[],
    new_input bigint, new_output bigint, new_slice bigint, new_key text, new_fingerprint bytea,
    new_node uuid, new_life interval, new_client text DEFAULT NULL,
    visitor_tokens bigint DEFAULT NULL, client_tokens bigint DEFAULT NULL)
    RETURNS TABLE (outcome text, earlier uuid, refusing uuid, refusing_scope text,
        refusing_metric text, refusing_end timestamptz, granted bigint, covered bigint,
        degraded boolean, shortened boolean, held_nano bigint, moment timestamptz,
        expiry timestamptz, chosen app.ai_target[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    known record;
    spent bigint;
    today timestamptz;
    target app.ai_target;
    fitting app.ai_target[] := '{}';
    budget app.ai_limit;
    budgets app.ai_limit[];
    has_cost boolean := false;
    has_tiers boolean;
    is_past_soft boolean := false;
    may_degrade boolean;
    may_shorten boolean;
    input_pico bigint;
    output_pico bigint;
    request_nano bigint;
    need_tokens bigint;
    need bigint;
    fits bigint;
    smallest bigint;
    overhead bigint;
    least_output CONSTANT bigint := 64;
BEGIN
    moment := clock_timestamp();
    degraded := false;
    shortened := false;
    -- This very call was made before: what its row says counts, whatever came since.
    IF EXISTS (SELECT FROM ai_requests AS r WHERE r.tenant_id = new_tenant AND r.id = new_id) THEN
        RETURN QUERY SELECT k.* FROM app.ai_known(new_tenant, new_id, new_id, new_fingerprint) AS k;
        RETURN;
    END IF;
    IF new_key IS NOT NULL THEN
        SELECT r.id, r.state, r.fingerprint INTO known FROM ai_requests AS r
        WHERE r.tenant_id = new_tenant AND r.principal = new_principal
          AND r.idempotency_key = new_key AND r.id <> new_id;
        IF FOUND THEN
            earlier := known.id;
            outcome := CASE WHEN known.fingerprint IS DISTINCT FROM new_fingerprint
                    THEN 'key_reused'
                WHEN known.state = 'in_flight' THEN 'in_progress' ELSE 'repeated' END;
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;
    IF new_channel = 'public' OR new_visitor IS NOT NULL THEN
        PERFORM FROM tenant_directory AS d
        JOIN tenants AS t ON t.id = d.tenant_id AND t.status = 'active'
        WHERE d.tenant_id = new_tenant AND d.status = 'active' AND d.storefront_enabled;
        IF NOT FOUND THEN
            outcome := 'storefront_closed';
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;
    -- What a visitor, and all visitors of an address, may take of a day: their calls are the
    -- counter. The locks let one call after the other look.
    IF new_visitor IS NOT NULL AND (visitor_tokens IS NOT NULL OR client_tokens IS NOT NULL) THEN
        today := date_trunc('day', moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
        PERFORM pg_advisory_xact_lock(
            hashtextextended('ai_visitor:' || new_tenant || new_visitor, 0));
        SELECT coalesce(sum(CASE r.state WHEN 'in_flight' THEN r.input_tokens + r.held_output
            ELSE r.tokens_in + r.tokens_out END), 0)
        INTO spent FROM ai_requests AS r
        WHERE r.tenant_id = new_tenant AND r.visitor = new_visitor AND r.reserved_at >= today;
        IF spent + new_input + new_output > visitor_tokens THEN
            outcome := 'visitor_limit';
        ELSIF new_client IS NOT NULL THEN
            PERFORM pg_advisory_xact_lock(
                hashtextextended('ai_client:' || new_tenant || new_client, 0));
            SELECT coalesce(sum(CASE r.state WHEN 'in_flight' THEN r.input_tokens + r.held_output
                ELSE r.tokens_in + r.tokens_out END), 0)
            INTO spent FROM ai_requests AS r
            WHERE r.tenant_id = new_tenant AND r.client = new_client AND r.reserved_at >= today;
            IF spent + new_input + new_output > client_tokens THEN
                outcome := 'client_limit';
            END IF;
        END IF;
        IF outcome IS NOT NULL THEN
            refusing_end := (today AT TIME ZONE 'UTC' + interval '1 day') AT TIME ZONE 'UTC';
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;

    SELECT array_agg(ROW(m.id, m.provider_id,
            least(m.max_output_tokens, m.context_tokens - new_input), x.effective_from,
            coalesce(x.input_pico, 0), coalesce(x.output_pico, 0), coalesce(x.cached_pico, 0),
            coalesce(x.cache_write_pico, 0), coalesce(x.reasoning_pico, 0),
            coalesce(x.per_request_nano, 0), coalesce(x.tiers, '[]'),
            app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, moment))::app.ai_target
            ORDER BY w.n)
    INTO chosen
    FROM unnest(new_models) WITH ORDINALITY AS w (model, n)
    JOIN ai_models AS m ON m.id = w.model AND m.status = 'active'
    JOIN ai_providers AS v ON v.id = m.provider_id AND v.status = 'active'
    LEFT JOIN LATERAL (
        SELECT p.* FROM ai_price_versions AS p
        WHERE p.model_id = m.id AND p.effective_from <= moment
        ORDER BY p.effective_from DESC LIMIT 1
    ) AS x ON true;
    IF chosen IS NULL THEN
        outcome := 'unknown_model';
        RETURN NEXT;
        RETURN;
    END IF;
    FOREACH target IN ARRAY chosen LOOP
        IF target.room > 0 THEN fitting := fitting || target; END IF;
    END LOOP;
    IF fitting = '{}' THEN
        outcome := 'too_long';
        RETURN NEXT;
        RETURN;
    END IF;

    INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot)
    SELECT new_tenant, b.id, date_trunc(b.period, moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC',
        b.hard
    FROM ai_budgets AS b
    WHERE b.tenant_id = new_tenant AND b.enabled AND (
            (b.scope_kind = 'tenant' AND b.scope_id = '')
            OR (b.scope_kind = 'user' AND b.scope_id = new_user::text)
            OR (b.scope_kind = 'api_key' AND b.scope_id = new_api_key::text)
            OR (b.scope_kind = 'storefront' AND b.scope_id = new_storefront)
            OR (b.scope_kind = 'purpose' AND b.scope_id = new_purpose)
            OR (b.scope_kind = 'model' AND b.scope_id = ANY (new_models)))
      AND NOT EXISTS (
          SELECT FROM ai_budget_periods AS p
          WHERE p.tenant_id = new_tenant AND p.budget_id = b.id
            AND p.period_start
                = date_trunc(b.period, moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')
    ON CONFLICT ON CONSTRAINT ai_budget_periods_pkey DO NOTHING;
    -- The one lock order: the rows are locked as they leave the sort.
    SELECT array_agg(ROW(l.*)::app.ai_limit) INTO budgets
    FROM (
        SELECT b.id, p.period_start, b.scope_kind, b.scope_id, b.metric, b.period, p.used, p.held,
            b.soft, b.hard,
            b.hard + CASE b.on_hard WHEN 'allowance' THEN b.overage_allowance ELSE 0 END,
            b.thresholds, b.on_soft, 0::bigint AS amount, 0::bigint AS charged
        FROM ai_budgets AS b
        JOIN ai_budget_periods AS p ON p.tenant_id = new_tenant AND p.budget_id = b.id
            AND p.period_start
                = date_trunc(b.period, moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        WHERE b.tenant_id = new_tenant AND b.enabled AND (
            (b.scope_kind = 'tenant' AND b.scope_id = '')
            OR (b.scope_kind = 'user' AND b.scope_id = new_user::text)
            OR (b.scope_kind = 'api_key' AND b.scope_id = new_api_key::text)
            OR (b.scope_kind = 'storefront' AND b.scope_id = new_storefront)
            OR (b.scope_kind = 'purpose' AND b.scope_id = new_purpose)
            OR (b.scope_kind = 'model' AND b.scope_id = ANY (new_models)))
        ORDER BY b.id
        FOR NO KEY UPDATE OF p
    ) AS l;
    FOREACH budget IN ARRAY coalesce(budgets, '{}') LOOP
        has_cost := has_cost OR budget.metric = 'cost';
        IF budget.used + budget.held >= budget.soft THEN
            degraded := degraded OR budget.on_soft = 'degrade_model';
            is_past_soft := is_past_soft OR budget.on_soft = 'shorten';
        END IF;
    END LOOP;
    chosen := '{}';
    FOREACH target IN ARRAY fitting LOOP
        IF NOT has_cost OR target.priced_at IS NOT NULL THEN chosen := chosen || target; END IF;
    END LOOP;
    IF chosen = '{}' THEN
        outcome := 'unpriced';
        RETURN NEXT;
        RETURN;
    END IF;
    degraded := degraded AND array_length(chosen, 1) > 1;

    -- At most three rounds: as asked, with the cheapest model, with less output.
    LOOP
        IF degraded THEN
            SELECT ARRAY[chosen[c.n]] INTO chosen
            FROM generate_subscripts(chosen, 1) AS c (n)
            CROSS JOIN LATERAL app.ai_dearest(chosen[c.n], new_input) AS d
            ORDER BY (chosen[c.n]).priced_at IS NULL, d.output, d.input, c.n LIMIT 1;
        END IF;
        SELECT max(greatest(c.input, c.cached, c.cache_write)),
            max(greatest(c.output, c.reasoning)), max(c.request),
            least(new_output, min(c.room)), bool_or(c.tiers <> '[]'), max(c.overhead)
        INTO input_pico, output_pico, request_nano, granted, has_tiers, overhead
        FROM unnest(chosen) AS c;
        IF has_tiers THEN
            SELECT max(d.input), max(d.output) INTO input_pico, output_pico
            FROM unnest(chosen) AS c
            CROSS JOIN LATERAL app.ai_dearest(c, new_input) AS d;
        END IF;
        IF is_past_soft THEN
            granted := greatest(least(granted, least_output), granted / 4);
            shortened := true;
        END IF;
        granted := least(granted, smallest);
        -- What a model bills unseen does not wait for a slice.
        covered := CASE WHEN new_slice > 0 AND overhead IS NULL THEN least(granted, new_slice)
            ELSE granted END;
        overhead := coalesce(overhead, 0);
        need_tokens := new_input + covered + overhead;
        held_nano := app.ai_nano(new_input * input_pico + (covered + overhead) * output_pico)
            + request_nano;
        refusing := NULL;
        may_degrade := NOT degraded AND array_length(chosen, 1) > 1;
        may_shorten := true;
        FOREACH budget IN ARRAY coalesce(budgets, '{}') LOOP
            need := CASE budget.metric WHEN 'cost' THEN held_nano WHEN 'tokens' THEN need_tokens
                ELSE 1 END;
            CONTINUE WHEN budget.used + budget.held + need <= budget.most;
            may_degrade := may_degrade AND budget.on_soft = 'degrade_model';
            may_shorten := may_shorten AND budget.on_soft = 'shorten'
                AND budget.metric <> 'requests';
            IF may_shorten THEN
                fits := budget.most - budget.used - budget.held;
                fits := CASE WHEN budget.metric = 'tokens' THEN fits - new_input - overhead
                    WHEN output_pico = 0 THEN 0
                    ELSE trunc(((fits - request_nano)::numeric * 1000
                        - new_input::numeric * input_pico) / output_pico) - overhead END;
                smallest := least(smallest, fits);
            END IF;
            IF refusing IS NULL THEN
                refusing := budget.budget_id;
                refusing_scope := budget.scope_kind;
                refusing_metric := budget.metric;
                refusing_end := (budget.period_start AT TIME ZONE 'UTC'
                    + ('1 ' || budget.period)::interval) AT TIME ZONE 'UTC';
            END IF;
        END LOOP;
        EXIT WHEN refusing IS NULL;
        IF may_degrade THEN
            degraded := true;
        ELSIF may_shorten AND smallest >= least_output AND smallest < covered THEN
            shortened := true;
        ELSE
            EXIT;
        END IF;
    END LOOP;

    expiry := moment + new_life;
    INSERT INTO ai_requests (tenant_id, id, principal, user_id, api_key_id, visitor, storefront,
        channel, purpose, route, prompt_id, prompt_version, conversation_id, idempotency_key,
        fingerprint, state, targets, model, input_tokens, asked_output, output_cap, held_output,
        slice, is_degraded, is_shortened, hold_input_pico, hold_output_pico, hold_request_nano,
        refused_by, node_id, reserved_at, expires_at, ended_at, client, price_versions,
        hold_overhead)
    SELECT new_tenant, new_id, new_principal, new_user, new_api_key, new_visitor, new_storefront,
        new_channel, new_purpose, new_route, new_prompt, new_prompt_version, new_conversation,
        CASE WHEN refusing IS NULL THEN new_key END,
        CASE WHEN refusing IS NULL THEN new_fingerprint END,
        CASE WHEN refusing IS NULL THEN 'in_flight' ELSE 'rejected' END,
        ARRAY(SELECT c.model FROM unnest(chosen) AS c), chosen[1].model, new_input, new_output,
        granted, CASE WHEN refusing IS NULL THEN covered ELSE 0 END, new_slice, degraded,
        shortened, input_pico, output_pico, request_nano, refusing, new_node, moment, expiry,
        CASE WHEN refusing IS NOT NULL THEN moment END, new_client,
        ARRAY(SELECT c.priced_at FROM unnest(chosen) AS c),
        CASE WHEN refusing IS NULL THEN overhead ELSE 0 END
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        -- Another call with the key was quicker, or this very call was made meanwhile.
        SELECT r.id INTO known FROM ai_requests AS r
        WHERE r.tenant_id = new_tenant AND (r.id = new_id
            OR (r.principal = new_principal AND r.idempotency_key = new_key))
        ORDER BY r.id = new_id DESC LIMIT 1;
        RETURN QUERY SELECT k.*
        FROM app.ai_known(new_tenant, known.id, new_id, new_fingerprint) AS k;
        RETURN;
    END IF;
    IF refusing IS NOT NULL THEN
        INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
            channel, user_id, api_key_id, storefront, created_at)
        VALUES (new_tenant, new_id, 1, date_trunc('month', moment AT TIME ZONE 'UTC')::date,
            'rejected', chosen[1].model, new_purpose, new_channel, new_user, new_api_key,
            new_storefront, moment);
        outcome := 'refused';
        RETURN NEXT;
        RETURN;
    END IF;
    WITH attempt AS (
        INSERT INTO ai_attempts (tenant_id, request_id, n, provider, model, started_at)
        VALUES (new_tenant, new_id, 1, chosen[1].provider, chosen[1].model, moment)
    ), hold AS (
        INSERT INTO ai_holds (tenant_id, request_id, budget_id, period_start, amount)
        SELECT new_tenant, new_id, l.budget_id, l.period_start,
            CASE l.metric WHEN 'cost' THEN held_nano WHEN 'tokens' THEN need_tokens ELSE 1 END
        FROM unnest(budgets) AS l
    )
    UPDATE ai_budget_periods AS p
    SET held = p.held + CASE l.metric WHEN 'cost' THEN held_nano WHEN 'tokens' THEN need_tokens
            ELSE 1 END,
        version = p.version + 1
    FROM unnest(budgets) AS l
    WHERE p.tenant_id = new_tenant AND p.budget_id = l.budget_id
      AND p.period_start = l.period_start;
    outcome := 'held';
    RETURN NEXT;
END
$$;

-- As before; another try holds the overhead too.
CREATE OR REPLACE FUNCTION app.ai_extend(
    of_tenant uuid, of_request uuid, is_top_up boolean, known bigint, streamed bigint,
    new_life interval)
    RETURNS TABLE (outcome text, covered bigint, expiry timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    call record;
    budget app.ai_limit;
    budgets app.ai_limit[];
    more bigint;
    more_nano bigint;
    more_tokens bigint;
BEGIN
    SELECT r.state, r.input_tokens, r.output_cap, r.held_output, r.slice, r.hold_input_pico,
        r.hold_output_pico, r.hold_request_nano, r.top_ups, r.cancel_requested_at, r.hold_overhead
    INTO call FROM ai_requests AS r
    WHERE r.tenant_id = of_tenant AND r.id = of_request FOR NO KEY UPDATE;
    expiry := clock_timestamp() + new_life;
    IF NOT FOUND OR call.state <> 'in_flight' THEN
        outcome := 'ended';
        RETURN NEXT;
        RETURN;
    END IF;
    covered := call.held_output;
    outcome := 'held';
    IF call.cancel_requested_at IS NOT NULL THEN
        outcome := 'cancelled';
    ELSIF is_top_up AND call.top_ups = known THEN
        more := 0;
        more_tokens := call.input_tokens + call.held_output + call.hold_overhead;
        more_nano := app.ai_nano(call.input_tokens * call.hold_input_pico
            + (call.held_output + call.hold_overhead) * call.hold_output_pico)
            + call.hold_request_nano;
    ELSIF NOT is_top_up AND call.held_output = known AND known < call.output_cap THEN
        more := least(greatest(call.slice, 1), call.output_cap - known);
        more_tokens := more;
        more_nano := app.ai_nano(call.input_tokens * call.hold_input_pico
                + (known + more + call.hold_overhead) * call.hold_output_pico)
            - app.ai_nano(call.input_tokens * call.hold_input_pico
                + (known + call.hold_overhead) * call.hold_output_pico);
    END IF;
    IF more IS NOT NULL THEN
        budgets := app.ai_lock_holds(of_tenant, of_request);
        FOREACH budget IN ARRAY budgets LOOP
            IF budget.used + budget.held + (CASE budget.metric WHEN 'cost' THEN more_nano
                WHEN 'tokens' THEN more_tokens ELSE 0 END) > budget.most THEN
                outcome := 'refused';
            END IF;
        END LOOP;
    END IF;
    IF outcome = 'held' AND more IS NOT NULL THEN
        covered := covered + more;
        WITH hold AS (
            UPDATE ai_holds AS h
            SET amount = h.amount + CASE l.metric WHEN 'cost' THEN more_nano
                WHEN 'tokens' THEN more_tokens ELSE 0 END
            FROM unnest(budgets) AS l
            WHERE h.tenant_id = of_tenant AND h.request_id = of_request
              AND h.budget_id = l.budget_id AND h.period_start = l.period_start
              AND l.metric <> 'requests'
        )
        UPDATE ai_budget_periods AS p
        SET held = p.held + CASE l.metric WHEN 'cost' THEN more_nano
                WHEN 'tokens' THEN more_tokens ELSE 0 END,
            version = p.version + 1
        FROM unnest(budgets) AS l
        WHERE p.tenant_id = of_tenant AND p.budget_id = l.budget_id
          AND p.period_start = l.period_start AND l.metric <> 'requests';
    END IF;
    UPDATE ai_requests AS r
    SET held_output = covered, stream_tokens = greatest(r.stream_tokens, streamed),
        expires_at = greatest(r.expires_at, expiry),
        top_ups = r.top_ups + (outcome = 'held' AND is_top_up AND more IS NOT NULL)::int
    WHERE r.tenant_id = of_tenant AND r.id = of_request;
    RETURN NEXT;
END
$$;

-- As before; what was billed beyond what the call was allowed to write is learned.
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
    lost record;
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
    most bigint;
    tightest integer;
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
        r.price_versions, r.held_output, r.output_cap, r.hold_overhead
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
        -- The strictest of its budgets decides.
        SELECT coalesce(bool_or(b.on_lost = 'hold'), false) AS keeps_hold,
            -- Only calls that knew of it say when they are sent.
            coalesce(bool_or(b.on_lost = 'refund_unsent' AND b.updated_at < call.reserved_at),
                false) AND NOT EXISTS (
                SELECT FROM ai_attempts AS a
                WHERE a.tenant_id = of_tenant AND a.request_id = of_request AND a.sent)
                AS is_unsent
        INTO lost
        FROM ai_holds AS h
        JOIN ai_budgets AS b ON b.tenant_id = of_tenant AND b.id = h.budget_id
        WHERE h.tenant_id = of_tenant AND h.request_id = of_request;
        is_free := lost.is_unsent AND NOT lost.keeps_hold;
        read_tokens := CASE WHEN is_free THEN 0 ELSE call.input_tokens END;
        written_tokens := CASE WHEN lost.keeps_hold THEN call.held_output + call.hold_overhead
            ELSE call.stream_tokens END;
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
        p.reasoning_pico, p.per_request_nano, p.tiers
    INTO price FROM ai_price_versions AS p
    WHERE p.model_id = by_model AND p.effective_from <= priced_at
    ORDER BY p.effective_from DESC LIMIT 1;
    IF price.tiers <> '[]' THEN
        SELECT p.* INTO price FROM app.ai_price(by_model, priced_at, read_tokens) AS p;
    END IF;
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
    FOR i IN 1 .. cardinality(budgets) LOOP
        budget := budgets[i];
        IF budget.metric = 'cost'
            AND (budget.scope_kind <> 'model' OR budget.scope_id = by_model) THEN
            most := budget.charged + budget.amount
                + greatest(budget.most - budget.used - budget.held, 0);
            IF most < charge THEN
                charge := most;
                tightest := i;
            END IF;
        END IF;
    END LOOP;
    excess := actual - charge;
    FOREACH budget IN ARRAY budgets LOOP
        share := CASE
            WHEN is_free OR (budget.scope_kind = 'model' AND budget.scope_id <> by_model) THEN 0
            WHEN budget.metric = 'cost' THEN charge
            WHEN budget.metric = 'requests' THEN CASE
                WHEN budget.charged + budget.amount > 0 THEN budget.charged + budget.amount
                -- It was given back as never sent, and ends after all.
                ELSE least(1, greatest(budget.most - budget.used - budget.held, 0)) END
            ELSE least(total_tokens, budget.charged + budget.amount
                + greatest(budget.most - budget.used - budget.held, 0)) END;
        shares := shares || share;
    END LOOP;

    -- What providers may bill us for tries that failed: their input.
    SELECT coalesce(sum(app.ai_nano(call.input_tokens * x.input_pico) + x.per_request_nano), 0)
        + actual
    INTO platform_cost
    FROM jsonb_to_recordset(tries) AS t (model text, billable text)
    CROSS JOIN LATERAL app.ai_price(t.model, coalesce(
        call.price_versions[array_position(call.targets, t.model)], call.reserved_at),
        call.input_tokens) AS x
    WHERE t.billable = 'unknown';

    -- A period that was reset by hand may hold less than is given back: `carried` takes the rest.
    WITH share AS (
        SELECT l.budget_id, l.period_start, l.amount, l.charged, s.share,
            -- Once, where there was the least room.
            CASE WHEN l.n = tightest THEN excess
                WHEN l.metric = 'tokens' AND s.share > 0 THEN total_tokens - s.share
                ELSE 0 END AS over
        FROM ROWS FROM (unnest(budgets), unnest(shares)) WITH ORDINALITY AS l (budget_id, period_start,
                scope_kind, scope_id, metric, period, used, held, soft, hard, most, thresholds,
                on_soft, amount, charged, share, n)
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
    -- Last, because others may wait for the model's row.
    IF verdict = 'settled' AND NOT estimated AND written_tokens > call.held_output
        AND (written_tokens > call.output_cap OR reasoning_tokens > 0) THEN
        PERFORM app.ai_learn_overhead(by_model, written_tokens - call.output_cap);
    END IF;
    RETURN NEXT;
END
$$;

RESET ROLE;
