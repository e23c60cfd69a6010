SET ROLE ghostworks_owner;

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

CREATE OR REPLACE FUNCTION app.take_quota(tenant uuid, wanted text, amount bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    month timestamptz := date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC')
        AT TIME ZONE 'UTC';
    next_month timestamptz := (date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC')
        + interval '1 month') AT TIME ZONE 'UTC';
    refusal text;
BEGIN
    FOR attempt IN 1..2 LOOP
        -- A resource has one row for ever, or one for each month; never both.
        UPDATE public.tenant_quotas AS q
        SET used = greatest(q.used + amount, 0)
        WHERE q.tenant_id = tenant AND q.resource = wanted
          AND q.period_start IN (timestamptz 'epoch', month)
          AND (amount <= 0 OR q.used + q.reserved + amount <= q.hard);
        IF FOUND THEN
            RETURN;
        END IF;
        INSERT INTO public.tenant_quotas (tenant_id, resource, period_start, soft, hard)
        SELECT q.tenant_id, q.resource, month, q.soft, q.hard
        FROM public.tenant_quotas AS q
        WHERE q.tenant_id = tenant AND q.resource = wanted
          AND q.period_start > timestamptz 'epoch' AND q.period_start < month
        ORDER BY q.period_start DESC
        LIMIT 1
        ON CONFLICT ON CONSTRAINT tenant_quotas_pkey DO NOTHING;
    END LOOP;
    SELECT format('plan_limit_reached:%s:%s:%s:%s', wanted, q.hard, coalesce((
        SELECT l.plan_id FROM public.plan_limits AS l
        JOIN public.plans AS p ON p.id = l.plan_id
        WHERE l.resource = wanted AND l.hard > q.hard AND p.rank > own.rank
        ORDER BY p.rank LIMIT 1), ''), CASE WHEN q.period_start = month
        THEN ceil(extract(epoch FROM next_month - statement_timestamp()))::bigint::text
        ELSE '' END) INTO refusal
    FROM public.tenant_quotas AS q
    JOIN public.tenants AS t ON t.id = q.tenant_id
    JOIN public.plans AS own ON own.id = t.plan_id
    WHERE q.tenant_id = tenant AND q.resource = wanted
      AND q.period_start IN (timestamptz 'epoch', month);
    RAISE SQLSTATE 'GW429' USING
        MESSAGE = coalesce(refusal, 'plan_limit_reached:' || wanted || ':0::');
END
$$;

DROP FUNCTION app.next_plan(uuid, text, bigint);

RESET ROLE;
