-- The money side of calls to models: a hold before a call, a charge after it, and the books that
-- must agree. Amounts are whole numbers: tokens, requests, nano-USD; prices are pico-USD a token.
--
-- The books: for every period of a budget
--     held = sum of ai_holds.amount          used = carried + sum of ai_holds.charged
-- and for every request that has ended
--     charge_nano = sum of ai_usage_log.tenant_charge_nano = the charge in its cost holds.
-- Locks are taken in one order: the request, then the periods by budget_id and period_start.
SET ROLE ghostworks_owner;
SET row_security = off;

-- What `used` holds without a row in ai_holds: use from before this migration, a reset by hand
-- (which makes it negative), the charges of periods whose holds were cleared away.
ALTER TABLE ai_budget_periods ADD COLUMN carried bigint NOT NULL DEFAULT 0;
ALTER TABLE ai_budget_periods NO FORCE ROW LEVEL SECURITY;
UPDATE ai_budget_periods SET carried = used, held = 0;
ALTER TABLE ai_budget_periods FORCE ROW LEVEL SECURITY;
CALL app.open_to('ghostworks_stats', 'ai_budget_periods');
CALL app.open_to('ghostworks_stats', 'ai_budgets');

-- tokens_in is everything that was read, tokens_out everything that was written; cached,
-- cache_write and reasoning say how much of that.
ALTER TABLE ai_usage_log
    ADD COLUMN tokens_cache_write bigint NOT NULL DEFAULT 0,
    ADD COLUMN saved_nano bigint NOT NULL DEFAULT 0,
    ADD COLUMN api_key_id uuid,
    ADD COLUMN storefront text;

-- One call to a model. `user_id` is the acting member, also behind a key; NULL for a visitor.
-- `model` is the one the hold was made for, and in the end the one that answered. The hold for n
-- tokens of output is ceil((input_tokens * hold_input_pico + n * hold_output_pico) / 1000)
-- + hold_request_nano; `held_output` is the n that is covered now.
CREATE TABLE ai_requests (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    principal text NOT NULL,
    user_id uuid,
    api_key_id uuid,
    visitor text,
    storefront text,
    channel text NOT NULL,
    purpose text NOT NULL,
    route text,
    prompt_id uuid,
    prompt_version integer,
    conversation_id uuid,
    idempotency_key text,
    fingerprint bytea,
    state text NOT NULL,
    targets text[] NOT NULL,
    model text NOT NULL,
    input_tokens bigint NOT NULL,
    asked_output bigint NOT NULL,
    output_cap bigint NOT NULL,
    held_output bigint NOT NULL,
    slice bigint NOT NULL,
    is_degraded boolean NOT NULL DEFAULT false,
    is_shortened boolean NOT NULL DEFAULT false,
    hold_input_pico bigint NOT NULL DEFAULT 0,
    hold_output_pico bigint NOT NULL DEFAULT 0,
    hold_request_nano bigint NOT NULL DEFAULT 0,
    top_ups integer NOT NULL DEFAULT 0,
    stream_tokens bigint NOT NULL DEFAULT 0,
    refused_by uuid,
    tokens_in bigint NOT NULL DEFAULT 0,
    tokens_out bigint NOT NULL DEFAULT 0,
    tokens_cached bigint NOT NULL DEFAULT 0,
    tokens_cache_write bigint NOT NULL DEFAULT 0,
    tokens_reasoning bigint NOT NULL DEFAULT 0,
    charge_nano bigint NOT NULL DEFAULT 0,
    platform_cost_nano bigint NOT NULL DEFAULT 0,
    price_version timestamptz,
    is_estimated boolean NOT NULL DEFAULT false,
    finish text,
    failure text,
    node_id uuid NOT NULL,
    reserved_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    cancel_requested_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT ai_requests_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT ai_requests_state CHECK (state IN
        ('in_flight', 'settled', 'released', 'expired', 'settled_late', 'rejected')),
    CONSTRAINT ai_requests_channel CHECK (channel IN ('api', 'console', 'public', 'worker')),
    CONSTRAINT ai_requests_ended CHECK ((ended_at IS NULL) = (state = 'in_flight')),
    CONSTRAINT ai_requests_key CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL)),
    CONSTRAINT ai_requests_tokens CHECK (input_tokens > 0 AND asked_output > 0
        AND output_cap >= 0 AND held_output BETWEEN 0 AND output_cap AND slice >= 0
        AND stream_tokens >= 0 AND top_ups >= 0),
    CONSTRAINT ai_requests_amounts CHECK (least(tokens_in, tokens_out, tokens_cached,
        tokens_cache_write, tokens_reasoning, charge_nano, platform_cost_nano) >= 0)
) WITH (fillfactor = 70);
-- A key is forgotten with its reply, and at once when a call ends without an answer.
CREATE UNIQUE INDEX ai_requests_idempotency_key ON ai_requests
    (tenant_id, principal, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX ai_requests_expires_at_idx ON ai_requests (expires_at) WHERE state = 'in_flight';
CALL app.wall('ai_requests');
CALL app.open_to('ghostworks_stats', 'ai_requests');
CALL app.open_to('ghostworks_guard', 'ai_requests');
GRANT SELECT ON ai_requests TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_requests TO ghostworks_app;

-- What a call holds of a budget's period, and after its end what it was charged there.
CREATE TABLE ai_holds (
    tenant_id uuid NOT NULL,
    request_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    period_start timestamptz NOT NULL,
    amount bigint NOT NULL,
    charged bigint NOT NULL DEFAULT 0,
    CONSTRAINT ai_holds_pkey PRIMARY KEY (tenant_id, request_id, budget_id, period_start),
    CONSTRAINT ai_holds_request_id_fkey
        FOREIGN KEY (tenant_id, request_id) REFERENCES ai_requests (tenant_id, id),
    CONSTRAINT ai_holds_budget_id_fkey FOREIGN KEY (tenant_id, budget_id, period_start)
        REFERENCES ai_budget_periods (tenant_id, budget_id, period_start),
    CONSTRAINT ai_holds_amounts CHECK (amount >= 0 AND charged >= 0)
) WITH (fillfactor = 70);
CALL app.wall('ai_holds');
CALL app.open_to('ghostworks_stats', 'ai_holds');
GRANT SELECT ON ai_holds TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON ai_holds TO ghostworks_app;

-- One try at one target. `billable` is NULL until the try has ended.
CREATE TABLE ai_attempts (
    tenant_id uuid NOT NULL,
    request_id uuid NOT NULL,
    n integer NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    sent boolean NOT NULL DEFAULT false,
    outcome text NOT NULL DEFAULT 'pending',
    billable text,
    failure text,
    http_status integer,
    provider_request_id text,
    cost_nano bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    first_byte_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT ai_attempts_pkey PRIMARY KEY (tenant_id, request_id, n),
    CONSTRAINT ai_attempts_request_id_fkey
        FOREIGN KEY (tenant_id, request_id) REFERENCES ai_requests (tenant_id, id),
    CONSTRAINT ai_attempts_n CHECK (n BETWEEN 1 AND 100),
    CONSTRAINT ai_attempts_outcome CHECK (outcome IN ('pending', 'answered', 'failed')),
    CONSTRAINT ai_attempts_billable CHECK (billable IN ('yes', 'no', 'unknown')),
    CONSTRAINT ai_attempts_cost CHECK (cost_nano >= 0)
) WITH (fillfactor = 70);
CALL app.wall('ai_attempts');
GRANT SELECT ON ai_attempts TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_attempts TO ghostworks_app;

-- What a repeat with the same idempotency key gets; for 24 hours.
CREATE TABLE ai_replies (
    tenant_id uuid NOT NULL,
    request_id uuid NOT NULL,
    user_id uuid,
    status integer NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_replies_pkey PRIMARY KEY (tenant_id, request_id),
    CONSTRAINT ai_replies_request_id_fkey
        FOREIGN KEY (tenant_id, request_id) REFERENCES ai_requests (tenant_id, id),
    CONSTRAINT ai_replies_status CHECK (status BETWEEN 100 AND 599)
);
CREATE INDEX ai_replies_created_at_idx ON ai_replies (created_at);
CREATE INDEX ai_replies_user_id_idx ON ai_replies (user_id);
CALL app.wall('ai_replies');
CALL app.open_to('ghostworks_stats', 'ai_replies');
GRANT SELECT ON ai_replies TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON ai_replies TO ghostworks_app;
CALL app.erase_with_person('ai_replies');

-- A budget that reached a share of its hard limit, in percent; 0 stands for its soft limit.
CREATE TABLE ai_alerts (
    tenant_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    period_start timestamptz NOT NULL,
    threshold integer NOT NULL,
    used bigint NOT NULL,
    hard bigint NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    notified_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    CONSTRAINT ai_alerts_pkey PRIMARY KEY (tenant_id, budget_id, period_start, threshold),
    CONSTRAINT ai_alerts_budget_id_fkey FOREIGN KEY (tenant_id, budget_id, period_start)
        REFERENCES ai_budget_periods (tenant_id, budget_id, period_start),
    CONSTRAINT ai_alerts_threshold CHECK (threshold >= 0)
);
CREATE INDEX ai_alerts_waiting_idx ON ai_alerts (tenant_id) WHERE notified_at IS NULL;
CALL app.wall('ai_alerts');
CALL app.open_to('ghostworks_stats', 'ai_alerts');
GRANT SELECT ON ai_alerts TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_alerts TO ghostworks_app;

-- The usage log summed by hour; written by app.ai_roll_up only.
CREATE TABLE ai_usage_hourly (
    tenant_id uuid NOT NULL,
    hour timestamptz NOT NULL,
    model text NOT NULL,
    purpose text NOT NULL,
    channel text NOT NULL,
    requests bigint NOT NULL,
    rejected bigint NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    tenant_charge_nano bigint NOT NULL,
    platform_cost_nano bigint NOT NULL,
    saved_nano bigint NOT NULL,
    CONSTRAINT ai_usage_hourly_pkey PRIMARY KEY (tenant_id, hour, model, purpose, channel)
);
CALL app.wall('ai_usage_hourly');
GRANT SELECT ON ai_usage_hourly TO ghostworks_app, ghostworks_reader;
CREATE POLICY ghostworks_stats ON ai_usage_hourly FOR ALL TO ghostworks_stats
    USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ai_usage_hourly TO ghostworks_stats;

-- The processes that make calls, and when each was last seen.
CREATE TABLE ai_nodes (
    node_id uuid NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_nodes_pkey PRIMARY KEY (node_id)
) WITH (fillfactor = 50);
CALL app.wall_global('ai_nodes');
GRANT SELECT ON ai_nodes TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON ai_nodes TO ghostworks_app;

-- A target of a call with the price that is its own at that moment; `room` is the most that it can
-- write behind the call's input.
CREATE TYPE app.ai_target AS (
    model text, provider text, room bigint, priced_at timestamptz, input bigint, output bigint,
    cached bigint, cache_write bigint, reasoning bigint, request bigint
);
-- A budget's period that a call is measured by, under lock.
CREATE TYPE app.ai_limit AS (
    budget_id uuid, period_start timestamptz, scope_kind text, scope_id text, metric text,
    period text, used bigint, held bigint, soft bigint, hard bigint, most bigint,
    thresholds integer[], on_soft text, amount bigint, charged bigint
);

-- Whole nano-USD of an amount in pico-USD, rounded up.
CREATE FUNCTION app.ai_nano(pico bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT pico / 1000 + (pico % 1000 > 0)::int';

-- T1: takes a hold on every budget that the call falls under, or says why not. `outcome` is
--   held             made, or made before by the same id
--   repeated         the key's call has ended: `earlier` is its id
--   in_progress      the key's call runs: `earlier` is its id
--   key_reused       the key stands for another call
--   refused          the budget `refused_by` has no room; noted as a rejected request
--   unknown_model, too_long, unpriced, storefront_closed
-- A price that no budget counts in money may be missing: it is 0 then.
CREATE FUNCTION app.ai_reserve(
    new_tenant uuid, new_id uuid, new_principal text, new_user uuid, new_api_key uuid,
    new_visitor text, new_storefront text, new_channel text, new_purpose text, new_route text,
    new_prompt uuid, new_prompt_version integer, new_conversation uuid, new_models text[],
    new_input bigint, new_output bigint, new_slice bigint, new_key text, new_fingerprint bytea,
    new_node uuid, new_life interval)
    RETURNS TABLE (outcome text, earlier uuid, refusing uuid, refusing_scope text,
        refusing_metric text, refusing_end timestamptz, granted bigint, covered bigint,
        degraded boolean, shortened boolean, held_nano bigint, moment timestamptz,
        expiry timestamptz, chosen app.ai_target[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    known record;
    target app.ai_target;
    fitting app.ai_target[] := '{}';
    budget app.ai_limit;
    budgets app.ai_limit[];
    has_cost boolean := false;
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
    least_output CONSTANT bigint := 64;
BEGIN
    moment := clock_timestamp();
    degraded := false;
    shortened := false;
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

    SELECT array_agg(ROW(m.id, m.provider_id,
            least(m.max_output_tokens, m.context_tokens - new_input), x.effective_from,
            coalesce(x.input_pico, 0), coalesce(x.output_pico, 0), coalesce(x.cached_pico, 0),
            coalesce(x.cache_write_pico, 0), coalesce(x.reasoning_pico, 0),
            coalesce(x.per_request_nano, 0))::app.ai_target ORDER BY w.n)
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
            SELECT ARRAY[ROW(c.model, c.provider, c.room, c.priced_at, c.input, c.output,
                c.cached, c.cache_write, c.reasoning, c.request)::app.ai_target] INTO chosen
            FROM unnest(chosen) WITH ORDINALITY AS c (model, provider, room, priced_at, input,
                output, cached, cache_write, reasoning, request, n)
            ORDER BY c.priced_at IS NULL, greatest(c.output, c.reasoning), c.input, c.n LIMIT 1;
        END IF;
        SELECT max(greatest(c.input, c.cached, c.cache_write)),
            max(greatest(c.output, c.reasoning)), max(c.request),
            least(new_output, min(c.room))
        INTO input_pico, output_pico, request_nano, granted
        FROM unnest(chosen) AS c;
        IF is_past_soft THEN
            granted := greatest(least(granted, least_output), granted / 4);
            shortened := true;
        END IF;
        granted := least(granted, smallest);
        covered := CASE WHEN new_slice > 0 THEN least(granted, new_slice) ELSE granted END;
        need_tokens := new_input + covered;
        held_nano := app.ai_nano(new_input * input_pico + covered * output_pico) + request_nano;
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
                fits := CASE WHEN budget.metric = 'tokens' THEN fits - new_input
                    WHEN output_pico = 0 THEN 0
                    ELSE trunc(((fits - request_nano)::numeric * 1000
                        - new_input::numeric * input_pico) / output_pico) END;
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
        refused_by, node_id, reserved_at, expires_at, ended_at)
    SELECT new_tenant, new_id, new_principal, new_user, new_api_key, new_visitor, new_storefront,
        new_channel, new_purpose, new_route, new_prompt, new_prompt_version, new_conversation,
        CASE WHEN refusing IS NULL THEN new_key END,
        CASE WHEN refusing IS NULL THEN new_fingerprint END,
        CASE WHEN refusing IS NULL THEN 'in_flight' ELSE 'rejected' END,
        ARRAY(SELECT c.model FROM unnest(chosen) AS c), chosen[1].model, new_input, new_output,
        granted, CASE WHEN refusing IS NULL THEN covered ELSE 0 END, new_slice, degraded,
        shortened, input_pico, output_pico, request_nano, refusing, new_node, moment, expiry,
        CASE WHEN refusing IS NOT NULL THEN moment END
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        -- Another call with the key was quicker, or this very call was made before.
        SELECT r.id, r.state, r.fingerprint, r.output_cap, r.held_output, r.reserved_at,
            r.expires_at, r.refused_by
        INTO known FROM ai_requests AS r
        WHERE r.tenant_id = new_tenant AND (r.id = new_id
            OR (r.principal = new_principal AND r.idempotency_key = new_key))
        ORDER BY r.id = new_id DESC LIMIT 1;
        earlier := known.id;
        granted := known.output_cap;
        covered := known.held_output;
        moment := known.reserved_at;
        expiry := known.expires_at;
        refusing := known.refused_by;
        outcome := CASE WHEN known.fingerprint IS DISTINCT FROM new_fingerprint
                AND known.refused_by IS NULL THEN 'key_reused'
            WHEN known.id = new_id AND known.state = 'in_flight' THEN 'held'
            WHEN known.state = 'in_flight' THEN 'in_progress'
            WHEN known.state = 'rejected' THEN 'refused' ELSE 'repeated' END;
        RETURN NEXT;
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

-- The holds of a call with their budgets, locked in the one order.
CREATE FUNCTION app.ai_lock_holds(of_tenant uuid, of_request uuid) RETURNS app.ai_limit[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    budgets app.ai_limit[];
BEGIN
    SELECT array_agg(ROW(l.*)::app.ai_limit) INTO budgets
    FROM (
        SELECT h.budget_id, h.period_start, b.scope_kind, b.scope_id, b.metric, b.period, p.used,
            p.held, b.soft, b.hard,
            b.hard + CASE b.on_hard WHEN 'allowance' THEN b.overage_allowance ELSE 0 END,
            b.thresholds, b.on_soft, h.amount, h.charged
        FROM ai_holds AS h
        JOIN ai_budgets AS b ON b.tenant_id = of_tenant AND b.id = h.budget_id
        JOIN ai_budget_periods AS p ON p.tenant_id = of_tenant AND p.budget_id = h.budget_id
            AND p.period_start = h.period_start
        WHERE h.tenant_id = of_tenant AND h.request_id = of_request
        ORDER BY h.budget_id, h.period_start
        FOR NO KEY UPDATE OF p
    ) AS l;
    RETURN coalesce(budgets, '{}');
END
$$;

-- T2: holds the next slice of output, or another whole try (`is_top_up`), when every budget has
-- room; and notes how much was streamed, which is what an expired call is charged by. `known` is
-- what the caller believes to be covered (or the number of top-ups), so a repeat changes nothing.
-- `outcome` is held, refused, cancelled (somebody asked for it) or ended.
CREATE FUNCTION app.ai_extend(
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
        r.hold_output_pico, r.hold_request_nano, r.top_ups, r.cancel_requested_at
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
        more_tokens := call.input_tokens + call.held_output;
        more_nano := app.ai_nano(call.input_tokens * call.hold_input_pico
            + call.held_output * call.hold_output_pico) + call.hold_request_nano;
    ELSIF NOT is_top_up AND call.held_output = known AND known < call.output_cap THEN
        more := least(greatest(call.slice, 1), call.output_cap - known);
        more_tokens := more;
        more_nano := app.ai_nano(call.input_tokens * call.hold_input_pico
                + (known + more) * call.hold_output_pico)
            - app.ai_nano(call.input_tokens * call.hold_input_pico
                + known * call.hold_output_pico);
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

-- T3, T4, T5: ends a call and turns its holds into charges. `verdict` is settled (answered, or
-- perhaps billed), released (nothing was billed) or expired (found by the sweeper: charged for its
-- input and what was streamed, as an estimate). A call that had expired is put right by an entry
-- with the difference (`settled_late`). A call that has ended otherwise stays as it is.
--
-- What a call took beyond its hold is charged as far as its budgets have room; the rest is
-- `excess`, on the platform's own ledger. A budget of one model is charged only when that model
-- answered.
CREATE FUNCTION app.ai_settle(
    of_tenant uuid, of_request uuid, verdict text, by_model text, read_tokens bigint,
    written_tokens bigint, cached_tokens bigint, cache_write_tokens bigint,
    reasoning_tokens bigint, estimated boolean, with_finish text, with_failure text,
    reply_status integer, reply_body bytea, tries jsonb)
    RETURNS TABLE (outcome text, charge bigint, platform_cost bigint, excess bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    call record;
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
    SELECT r.state, r.model, r.user_id, r.api_key_id, r.storefront, r.purpose, r.channel,
        r.idempotency_key, r.fingerprint, r.input_tokens, r.stream_tokens, r.reserved_at,
        r.ended_at, r.charge_nano, r.platform_cost_nano, r.tokens_in, r.tokens_out,
        r.tokens_cached, r.tokens_cache_write, r.tokens_reasoning, r.expires_at
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
    -- The price of the moment of the hold, whatever came since.
    SELECT p.effective_from, p.input_pico, p.output_pico, p.cached_pico, p.cache_write_pico,
        p.reasoning_pico, p.per_request_nano
    INTO price FROM ai_price_versions AS p
    WHERE p.model_id = by_model AND p.effective_from <= call.reserved_at
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
        WHERE p.model_id = t.model AND p.effective_from <= call.reserved_at
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

-- Writes down which shares of its limit a budget passed on the way from one amount to another.
CREATE FUNCTION app.ai_raise_alerts(
    of_tenant uuid, of_budget uuid, of_period timestamptz, before bigint, after bigint,
    soft bigint, hard bigint, thresholds integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    share integer;
BEGIN
    IF before < soft AND after >= soft THEN
        thresholds := thresholds || 0;
    END IF;
    FOREACH share IN ARRAY thresholds LOOP
        IF share = 0 OR (before::numeric * 100 < hard::numeric * share
            AND after::numeric * 100 >= hard::numeric * share) THEN
            INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard)
            VALUES (of_tenant, of_budget, of_period, share, after, hard)
            ON CONFLICT ON CONSTRAINT ai_alerts_pkey DO NOTHING;
        END IF;
    END LOOP;
END
$$;

-- A sign of life of a process that makes calls: it keeps the calls that it has in hand from running
-- out, for an hour at most. Returns those of them that somebody wants to stop. Only a system
-- context.
CREATE FUNCTION app.ai_beat(node uuid, calls uuid[], life interval) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    present timestamptz := clock_timestamp();
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'signs of life need a system context';
    END IF;
    INSERT INTO public.ai_nodes AS n (node_id, started_at, seen_at)
    VALUES (node, present, present)
    ON CONFLICT ON CONSTRAINT ai_nodes_pkey DO UPDATE SET seen_at = excluded.seen_at;
    UPDATE public.ai_requests AS r SET expires_at = present + life
    WHERE r.state = 'in_flight' AND r.expires_at < present + life / 2 AND r.id = ANY (calls)
      AND r.node_id = node AND r.reserved_at > present - interval '1 hour';
    RETURN QUERY SELECT r.id FROM public.ai_requests AS r
    WHERE r.state = 'in_flight' AND r.id = ANY (calls) AND r.node_id = node
      AND r.cancel_requested_at IS NOT NULL;
END
$$;

-- Calls that have run out and whose end nobody wrote; the oldest first. Only a system context.
CREATE FUNCTION app.ai_overdue(most integer) RETURNS TABLE (tenant_id uuid, request_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'overdue calls need a system context';
    END IF;
    RETURN QUERY SELECT r.tenant_id, r.id FROM public.ai_requests AS r
    WHERE r.state = 'in_flight' AND r.expires_at < statement_timestamp()
    ORDER BY r.expires_at LIMIT most;
END
$$;

-- The tenants with something to say of their budgets: an alert that nobody was told of, or one
-- that an edited limit brought about. Only a system context.
CREATE FUNCTION app.ai_tenants_to_alert() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'alerts need a system context';
    END IF;
    RETURN QUERY SELECT a.tenant_id FROM public.ai_alerts AS a WHERE a.notified_at IS NULL
    UNION
    SELECT p.tenant_id
    FROM public.ai_budgets AS b
    JOIN public.ai_budget_periods AS p ON p.tenant_id = b.tenant_id AND p.budget_id = b.id
        AND p.period_start = date_trunc(b.period, statement_timestamp() AT TIME ZONE 'UTC')
            AT TIME ZONE 'UTC'
    CROSS JOIN LATERAL unnest(
        CASE WHEN b.soft > 0 THEN b.thresholds || 0 ELSE b.thresholds END) AS t (share)
    WHERE b.enabled AND b.hard > 0 AND p.used > 0
      AND CASE t.share WHEN 0 THEN p.used >= b.soft
          ELSE p.used::numeric * 100 >= b.hard::numeric * t.share END
      AND NOT EXISTS (
          SELECT FROM public.ai_alerts AS a
          WHERE a.tenant_id = p.tenant_id AND a.budget_id = p.budget_id
            AND a.period_start = p.period_start AND a.threshold = t.share)
    LIMIT 1000;
END
$$;

-- The tenants that keep replies older than a moment. Only a system context.
CREATE FUNCTION app.ai_tenants_with_replies(before timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'replies need a system context';
    END IF;
    RETURN QUERY SELECT DISTINCT r.tenant_id FROM public.ai_replies AS r
    WHERE r.created_at < before LIMIT 1000;
END
$$;

-- Sums the usage log anew by hour, from the hour of `since`. Only a system context.
CREATE FUNCTION app.ai_roll_up(since timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    written bigint;
    first timestamptz := date_trunc('hour', since);
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'sums need a system context';
    END IF;
    INSERT INTO public.ai_usage_hourly AS s (tenant_id, hour, model, purpose, channel, requests,
        rejected, tokens_in, tokens_out, tenant_charge_nano, platform_cost_nano, saved_nano)
    SELECT u.tenant_id, date_trunc('hour', u.created_at), u.model, u.purpose, u.channel,
        count(*) FILTER (WHERE u.kind IN ('usage', 'cache_hit', 'expired')),
        count(*) FILTER (WHERE u.kind = 'rejected'),
        sum(u.tokens_in)::bigint, sum(u.tokens_out)::bigint, sum(u.tenant_charge_nano)::bigint,
        sum(u.platform_cost_nano)::bigint, sum(u.saved_nano)::bigint
    FROM public.ai_usage_log AS u
    WHERE u.created_at >= first
      AND u.month >= date_trunc('month', first AT TIME ZONE 'UTC')::date
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ON CONSTRAINT ai_usage_hourly_pkey DO UPDATE
    SET requests = excluded.requests, rejected = excluded.rejected,
        tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out,
        tenant_charge_nano = excluded.tenant_charge_nano,
        platform_cost_nano = excluded.platform_cost_nano, saved_nano = excluded.saved_nano
    WHERE (s.requests, s.rejected, s.tokens_in, s.tokens_out, s.tenant_charge_nano,
            s.platform_cost_nano, s.saved_nano)
        IS DISTINCT FROM (excluded.requests, excluded.rejected, excluded.tokens_in,
            excluded.tokens_out, excluded.tenant_charge_nano, excluded.platform_cost_nano,
            excluded.saved_nano);
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;

-- T6: every place where the books disagree. STABLE, so that all of it is seen at one moment. Only
-- a system context.
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

-- What runs, what it holds and what was never told: for gauges. Only a system context.
CREATE FUNCTION app.ai_standing()
    RETURNS TABLE (in_flight bigint, overdue bigint, alerts bigint, excess_nano bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'the standing needs a system context';
    END IF;
    RETURN QUERY SELECT count(*), count(*) FILTER (WHERE r.expires_at < statement_timestamp()),
        (SELECT count(*) FROM public.ai_alerts AS a WHERE a.notified_at IS NULL),
        (SELECT coalesce(sum(p.overage), 0)::bigint
         FROM public.ai_budget_periods AS p
         JOIN public.ai_budgets AS b ON b.tenant_id = p.tenant_id AND b.id = p.budget_id
             AND b.metric = 'cost'
         WHERE p.period_start >= date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC')
             AT TIME ZONE 'UTC')
    FROM public.ai_requests AS r WHERE r.state = 'in_flight';
END
$$;

GRANT USAGE ON TYPE app.ai_target, app.ai_limit TO authenticated_users;
GRANT EXECUTE ON FUNCTION app.ai_nano(bigint) TO authenticated_users;
GRANT EXECUTE ON FUNCTION app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text,
        text, uuid, integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval),
    app.ai_lock_holds(uuid, uuid), app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval),
    app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint, bigint, boolean, text,
        text, integer, bytea, jsonb),
    app.ai_raise_alerts(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint, integer[]),
    app.ai_beat(uuid, uuid[], interval), app.ai_overdue(integer), app.ai_tenants_to_alert(),
    app.ai_tenants_with_replies(timestamptz), app.ai_roll_up(timestamptz), app.ai_differences(),
    app.ai_standing()
    TO ghostworks_app;
GRANT INSERT ON ai_nodes TO ghostworks_guard;
CALL app.open_to('ghostworks_guard', 'ai_nodes');
CREATE POLICY ghostworks_guard_write ON ai_nodes FOR INSERT TO ghostworks_guard WITH CHECK (true);
CREATE POLICY ghostworks_guard_update ON ai_nodes FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);
GRANT UPDATE (seen_at) ON ai_nodes TO ghostworks_guard;
CREATE POLICY ghostworks_guard_update ON ai_requests FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (state = 'in_flight');
GRANT UPDATE (expires_at) ON ai_requests TO ghostworks_guard;

RESET ROLE;
ALTER FUNCTION app.ai_beat(uuid, uuid[], interval) OWNER TO ghostworks_guard;
ALTER FUNCTION app.ai_overdue(integer) OWNER TO ghostworks_stats;
ALTER FUNCTION app.ai_tenants_to_alert() OWNER TO ghostworks_stats;
ALTER FUNCTION app.ai_tenants_with_replies(timestamptz) OWNER TO ghostworks_stats;
ALTER FUNCTION app.ai_roll_up(timestamptz) OWNER TO ghostworks_stats;
ALTER FUNCTION app.ai_differences() OWNER TO ghostworks_stats;
ALTER FUNCTION app.ai_standing() OWNER TO ghostworks_stats;
