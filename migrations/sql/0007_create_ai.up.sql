-- AI models, prices, budgets and use. Money is integers: prices in pico-USD a token, costs in
-- nano-USD.
SET ROLE ghostworks_owner;
SET row_security = off;

CREATE TABLE ai_providers (
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    CONSTRAINT ai_providers_pkey PRIMARY KEY (id),
    CONSTRAINT ai_providers_kind CHECK (kind IN ('openai', 'anthropic', 'offline')),
    CONSTRAINT ai_providers_status CHECK (status IN ('active', 'disabled'))
);
CREATE TABLE ai_models (
    id text NOT NULL,
    provider_id text NOT NULL,
    name text NOT NULL,
    context_tokens bigint NOT NULL,
    max_output_tokens bigint NOT NULL,
    status text NOT NULL DEFAULT 'active',
    CONSTRAINT ai_models_pkey PRIMARY KEY (id),
    CONSTRAINT ai_models_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES ai_providers (id),
    CONSTRAINT ai_models_status CHECK (status IN ('active', 'disabled')),
    CONSTRAINT ai_models_tokens CHECK (context_tokens > 0 AND max_output_tokens > 0)
);
CREATE TABLE ai_price_versions (
    model_id text NOT NULL,
    effective_from timestamptz NOT NULL,
    input_pico bigint NOT NULL,
    output_pico bigint NOT NULL,
    cached_pico bigint NOT NULL,
    cache_write_pico bigint NOT NULL,
    reasoning_pico bigint NOT NULL,
    per_request_nano bigint NOT NULL DEFAULT 0,
    tiers jsonb NOT NULL DEFAULT '[]',
    created_by uuid,
    approved_by uuid,
    CONSTRAINT ai_price_versions_pkey PRIMARY KEY (model_id, effective_from),
    CONSTRAINT ai_price_versions_model_id_fkey FOREIGN KEY (model_id) REFERENCES ai_models (id),
    CONSTRAINT ai_price_versions_amounts CHECK (
        least(input_pico, output_pico, cached_pico, cache_write_pico, reasoning_pico,
            per_request_nano) >= 0)
);
CALL app.reference('ai_providers');
CALL app.reference('ai_models');
CALL app.reference('ai_price_versions');

INSERT INTO ai_providers (id, name, kind) VALUES ('offline', 'Offline', 'offline');
INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens) VALUES
    ('offline/search', 'offline', 'Search answers', 32768, 2048),
    ('offline/writer', 'offline', 'Draft writer', 131072, 8192);
INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico, cached_pico,
    cache_write_pico, reasoning_pico) VALUES
    ('offline/search', '2025-01-01T00:00:00Z', 150000, 600000, 75000, 150000, 600000),
    ('offline/writer', '2025-01-01T00:00:00Z', 2500000, 10000000, 1250000, 2500000, 10000000);

CREATE TABLE ai_budgets (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    scope_kind text NOT NULL,
    scope_id text NOT NULL DEFAULT '',
    metric text NOT NULL,
    period text NOT NULL,
    soft bigint,
    hard bigint NOT NULL,
    overage_allowance bigint NOT NULL DEFAULT 0,
    thresholds integer[] NOT NULL DEFAULT '{80,100}',
    on_soft text NOT NULL DEFAULT 'alert',
    on_hard text NOT NULL DEFAULT 'block',
    enabled boolean NOT NULL DEFAULT true,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_budgets_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT ai_budgets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT ai_budgets_scope_key
        UNIQUE (tenant_id, scope_kind, scope_id, metric, period),
    CONSTRAINT ai_budgets_scope_kind CHECK (
        scope_kind IN ('tenant', 'user', 'api_key', 'storefront', 'purpose', 'model')),
    CONSTRAINT ai_budgets_metric CHECK (metric IN ('tokens', 'cost', 'requests')),
    CONSTRAINT ai_budgets_period CHECK (period IN ('day', 'month')),
    CONSTRAINT ai_budgets_on_soft CHECK (on_soft IN ('alert', 'degrade_model', 'shorten')),
    CONSTRAINT ai_budgets_on_hard CHECK (on_hard IN ('block', 'allowance')),
    CONSTRAINT ai_budgets_amounts CHECK (hard >= 0 AND overage_allowance >= 0
        AND (soft IS NULL OR soft BETWEEN 0 AND hard))
);
CALL app.wall('ai_budgets');
GRANT SELECT ON ai_budgets TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_budgets TO ghostworks_app;

CREATE TABLE ai_budget_periods (
    tenant_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    period_start timestamptz NOT NULL,
    hard_snapshot bigint NOT NULL,
    used bigint NOT NULL DEFAULT 0,
    held bigint NOT NULL DEFAULT 0,
    overage bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT ai_budget_periods_pkey PRIMARY KEY (tenant_id, budget_id, period_start),
    CONSTRAINT ai_budget_periods_budget_id_fkey
        FOREIGN KEY (tenant_id, budget_id) REFERENCES ai_budgets (tenant_id, id),
    CONSTRAINT ai_budget_periods_held_nonnegative CHECK (held >= 0),
    CONSTRAINT ai_budget_periods_used_nonnegative CHECK (used >= 0),
    CONSTRAINT ai_budget_periods_overage_nonnegative CHECK (overage >= 0)
) WITH (fillfactor = 50);
CALL app.wall('ai_budget_periods');
GRANT SELECT ON ai_budget_periods TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON ai_budget_periods TO ghostworks_app;

CREATE TABLE ai_usage_log (
    tenant_id uuid NOT NULL,
    request_id uuid NOT NULL,
    entry_no integer NOT NULL,
    month date NOT NULL,
    kind text NOT NULL,
    model text NOT NULL,
    purpose text NOT NULL,
    channel text NOT NULL,
    user_id uuid,
    tokens_in bigint NOT NULL DEFAULT 0,
    tokens_out bigint NOT NULL DEFAULT 0,
    tokens_cached bigint NOT NULL DEFAULT 0,
    tokens_reasoning bigint NOT NULL DEFAULT 0,
    tenant_charge_nano bigint NOT NULL DEFAULT 0,
    platform_cost_nano bigint NOT NULL DEFAULT 0,
    price_version timestamptz,
    estimated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    CONSTRAINT ai_usage_log_pkey PRIMARY KEY (tenant_id, request_id, entry_no, month),
    CONSTRAINT ai_usage_log_kind CHECK (
        kind IN ('usage', 'cache_hit', 'adjustment', 'expired', 'rejected', 'released')),
    CONSTRAINT ai_usage_log_channel CHECK (channel IN ('api', 'console', 'public', 'worker'))
) PARTITION BY RANGE (month);
CREATE INDEX ai_usage_log_created_at_idx ON ai_usage_log (tenant_id, created_at DESC);
CREATE INDEX ai_usage_log_model_idx ON ai_usage_log (tenant_id, model, created_at);
CREATE TABLE ai_usage_log_default PARTITION OF ai_usage_log DEFAULT;
ALTER TABLE ai_usage_log_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE ai_usage_log_default FORCE ROW LEVEL SECURITY;
CALL app.wall('ai_usage_log');
CALL app.open_to('ghostworks_stats', 'ai_usage_log');
GRANT SELECT, INSERT ON ai_usage_log TO ghostworks_app;
GRANT SELECT ON ai_usage_log TO ghostworks_reader;
INSERT INTO app.partitioned (table_name) VALUES ('ai_usage_log');
RESET ROLE;
