-- Who may use which model how: routes and prompts of a tenant, and prices that two operators agree
-- on.
SET ROLE ghostworks_owner;
SET row_security = off;

ALTER TABLE ai_budgets ADD CONSTRAINT ai_budgets_thresholds CHECK (
    cardinality(thresholds) <= 10 AND 1 <= ALL (thresholds) AND 100 >= ALL (thresholds));
GRANT DELETE ON ai_budgets TO ghostworks_app;
-- Lists of calls: all of a tenant's, or those of one person.
CREATE INDEX ai_requests_reserved_at_idx ON ai_requests (tenant_id, reserved_at DESC, id DESC);
CREATE INDEX ai_requests_user_id_idx
    ON ai_requests (tenant_id, user_id, reserved_at DESC, id DESC);
CREATE INDEX ai_alerts_raised_at_idx ON ai_alerts (tenant_id, raised_at DESC);

-- 10,000 USD for a million tokens, 100 USD for a request: beyond that a unit was mistaken.
ALTER TABLE ai_price_versions ADD CONSTRAINT ai_price_versions_sanity CHECK (
    greatest(input_pico, output_pico, cached_pico, cache_write_pico, reasoning_pico) <= 10000000000
    AND per_request_nano <= 100000000000);
ALTER TABLE ai_price_versions ADD CONSTRAINT ai_price_versions_four_eyes CHECK (
    approved_by IS NULL OR approved_by <> created_by);

-- A price that changes by more than ten times waits here for a second operator.
CREATE TABLE ai_price_proposals (
    id uuid NOT NULL,
    model_id text NOT NULL,
    effective_from timestamptz,
    input_pico bigint NOT NULL,
    output_pico bigint NOT NULL,
    cached_pico bigint NOT NULL,
    cache_write_pico bigint NOT NULL,
    reasoning_pico bigint NOT NULL,
    per_request_nano bigint NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    decided_by uuid,
    decided_at timestamptz,
    CONSTRAINT ai_price_proposals_pkey PRIMARY KEY (id),
    CONSTRAINT ai_price_proposals_model_id_fkey FOREIGN KEY (model_id) REFERENCES ai_models (id),
    CONSTRAINT ai_price_proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES users (id),
    CONSTRAINT ai_price_proposals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES users (id),
    CONSTRAINT ai_price_proposals_status CHECK (status IN ('pending', 'approved', 'rejected')),
    CONSTRAINT ai_price_proposals_amounts CHECK (
        least(input_pico, output_pico, cached_pico, cache_write_pico, reasoning_pico,
            per_request_nano) >= 0),
    CONSTRAINT ai_price_proposals_decided CHECK (
        (status = 'pending') = (decided_by IS NULL)
        AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT ai_price_proposals_four_eyes CHECK (
        status <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ai_price_proposals_proposed_at_idx
    ON ai_price_proposals (proposed_at DESC, id DESC);
CALL app.wall_global('ai_price_proposals');
GRANT SELECT ON ai_price_proposals TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_price_proposals TO ghostworks_app;

-- The catalogue is the same for every tenant and nobody but these functions writes it: each in a
-- platform's context, after the guard was asked for platform.ai.manage in the same transaction. They
-- are the owner's, because no role that requests reach may write a reference table.
CREATE FUNCTION app.require_platform() RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT app.is_platform() THEN
        RAISE insufficient_privilege USING MESSAGE = 'the catalogue needs a platform context';
    END IF;
END
$$;
CREATE FUNCTION app.add_ai_provider(id text, name text, kind text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.require_platform();
    INSERT INTO public.ai_providers AS p (id, name, kind)
    VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT ai_providers_pkey DO NOTHING;
    RETURN FOUND;
END
$$;
CREATE FUNCTION app.add_ai_model(id text, provider text, name text, context bigint, output bigint)
    RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.require_platform();
    INSERT INTO public.ai_models AS m (id, provider_id, name, context_tokens, max_output_tokens)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT ai_models_pkey DO NOTHING;
    RETURN FOUND;
END
$$;
CREATE FUNCTION app.set_ai_model_status(model text, wanted text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.require_platform();
    UPDATE public.ai_models AS m SET status = wanted WHERE m.id = model AND m.status <> wanted;
    RETURN FOUND;
END
$$;
-- Makes the next version of a price and says from when it holds; NULL where the model has a version
-- of that very moment, and for a moment that is past: prices of the past stay as they were.
CREATE FUNCTION app.add_ai_price(model text, since timestamptz, input bigint, output bigint,
    cached bigint, cache_write bigint, reasoning bigint, request bigint, author uuid,
    approver uuid) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    moment timestamptz := coalesce(since, statement_timestamp());
BEGIN
    PERFORM app.require_platform();
    IF moment < statement_timestamp() - interval '1 minute' THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ai_price_versions AS v (model_id, effective_from, input_pico, output_pico,
        cached_pico, cache_write_pico, reasoning_pico, per_request_nano, created_by, approved_by)
    VALUES (model, moment, input, output, cached, cache_write, reasoning, request, author,
        approver)
    ON CONFLICT ON CONSTRAINT ai_price_versions_pkey DO NOTHING;
    RETURN CASE WHEN FOUND THEN moment END;
END
$$;
GRANT EXECUTE ON FUNCTION app.add_ai_provider(text, text, text),
    app.add_ai_model(text, text, text, bigint, bigint), app.set_ai_model_status(text, text),
    app.add_ai_price(text, timestamptz, bigint, bigint, bigint, bigint, bigint, bigint, uuid, uuid)
    TO ghostworks_app;

-- A way to a model: targets in order and what to do when one fails. `channels` says at which doors
-- the route may be named; an empty list means all of them.
CREATE TABLE ai_routes (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    targets text[] NOT NULL,
    channels text[] NOT NULL DEFAULT '{}',
    max_attempts integer NOT NULL DEFAULT 3,
    allow_ambiguous_retry boolean NOT NULL DEFAULT false,
    cache_scope text NOT NULL DEFAULT 'off',
    cache_seconds integer NOT NULL DEFAULT 0,
    cache_max_temperature_milli integer NOT NULL DEFAULT 0,
    on_disconnect text NOT NULL DEFAULT 'cancel',
    default_max_tokens bigint,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_routes_pkey PRIMARY KEY (tenant_id, name),
    CONSTRAINT ai_routes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT ai_routes_name_format CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,49}$'),
    CONSTRAINT ai_routes_targets_count CHECK (cardinality(targets) BETWEEN 1 AND 8),
    CONSTRAINT ai_routes_channels CHECK (
        channels <@ ARRAY['api', 'console', 'public', 'worker']),
    CONSTRAINT ai_routes_attempts CHECK (max_attempts BETWEEN 1 AND 3),
    CONSTRAINT ai_routes_cache CHECK (cache_scope IN ('off', 'user', 'tenant')
        AND cache_seconds BETWEEN 0 AND 2592000
        AND (cache_scope = 'off') = (cache_seconds = 0)
        AND cache_max_temperature_milli BETWEEN 0 AND 2000),
    CONSTRAINT ai_routes_on_disconnect CHECK (on_disconnect IN ('cancel', 'drain')),
    CONSTRAINT ai_routes_default_max_tokens CHECK (default_max_tokens > 0)
);
CALL app.wall('ai_routes');
GRANT SELECT ON ai_routes TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON ai_routes TO ghostworks_app;

CREATE TABLE ai_prompts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    shareable boolean NOT NULL DEFAULT false,
    latest integer NOT NULL DEFAULT 0,
    created_by uuid NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_prompts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT ai_prompts_name_key UNIQUE (tenant_id, name),
    CONSTRAINT ai_prompts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT ai_prompts_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT ai_prompts_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT ai_prompts_description_length CHECK (char_length(description) <= 500),
    CONSTRAINT ai_prompts_latest CHECK (latest >= 0)
);
CALL app.wall('ai_prompts');
GRANT SELECT ON ai_prompts TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_prompts TO ghostworks_app;

-- What a prompt said stays what it said: versions are only ever added.
CREATE TABLE ai_prompt_versions (
    tenant_id uuid NOT NULL,
    prompt_id uuid NOT NULL,
    version integer NOT NULL,
    system_template text NOT NULL,
    user_template text NOT NULL,
    variables text[] NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_prompt_versions_pkey PRIMARY KEY (tenant_id, prompt_id, version),
    CONSTRAINT ai_prompt_versions_prompt_id_fkey
        FOREIGN KEY (tenant_id, prompt_id) REFERENCES ai_prompts (tenant_id, id),
    CONSTRAINT ai_prompt_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT ai_prompt_versions_version CHECK (version > 0),
    CONSTRAINT ai_prompt_versions_size CHECK (
        octet_length(system_template) <= 65536 AND octet_length(user_template) <= 65536
        AND octet_length(system_template) + octet_length(user_template) > 0),
    CONSTRAINT ai_prompt_versions_variables CHECK (cardinality(variables) <= 50)
);
CALL app.wall('ai_prompt_versions');
GRANT SELECT ON ai_prompt_versions TO ghostworks_app, ghostworks_reader;
GRANT INSERT ON ai_prompt_versions TO ghostworks_app;

CREATE TABLE ai_prompt_labels (
    tenant_id uuid NOT NULL,
    prompt_id uuid NOT NULL,
    label text NOT NULL,
    version integer NOT NULL,
    label_version bigint NOT NULL DEFAULT 1,
    updated_by uuid NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_prompt_labels_pkey PRIMARY KEY (tenant_id, prompt_id, label),
    CONSTRAINT ai_prompt_labels_version_fkey FOREIGN KEY (tenant_id, prompt_id, version)
        REFERENCES ai_prompt_versions (tenant_id, prompt_id, version),
    CONSTRAINT ai_prompt_labels_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users (id),
    CONSTRAINT ai_prompt_labels_label_format CHECK (label ~ '^[a-z][a-z0-9_-]{0,49}$')
);
CALL app.wall('ai_prompt_labels');
GRANT SELECT ON ai_prompt_labels TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_prompt_labels TO ghostworks_app;

RESET ROLE;
