-- The tenant and what hangs on it: directory, counters, heads, quotas, members, support.
SET ROLE ghostworks_owner;
SET row_security = off;

CREATE TABLE tenants (
    id uuid NOT NULL,
    name text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    placement text NOT NULL DEFAULT 'shared',
    plan_id text NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    region text NOT NULL DEFAULT 'default',
    retention jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz,
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT tenants_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans (id),
    CONSTRAINT tenants_status CHECK (status IN ('active', 'suspended', 'deleted')),
    CONSTRAINT tenants_name_length CHECK (char_length(name) BETWEEN 1 AND 100)
);
CALL app.wall('tenants', 'id');
CALL app.open_to('ghostworks_guard', 'tenants');
CALL app.open_to('ghostworks_stats', 'tenants');
GRANT SELECT ON tenants TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON tenants TO ghostworks_app;

-- What the platform knows of every tenant: the list of operators and the way from slug to id.
CREATE TABLE tenant_directory (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    name_norm text COLLATE "C" GENERATED ALWAYS AS (app.fold(name)) STORED,
    plan_id text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    status_version bigint NOT NULL DEFAULT 1,
    placement text NOT NULL DEFAULT 'shared',
    storefront_enabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT tenant_directory_pkey PRIMARY KEY (slug),
    CONSTRAINT tenant_directory_tenant_id_key UNIQUE (tenant_id),
    CONSTRAINT tenant_directory_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans (id),
    CONSTRAINT tenant_directory_slug_format
        CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$' AND slug !~ '--'),
    CONSTRAINT tenant_directory_status CHECK (status IN ('active', 'suspended', 'deleted'))
);
CREATE INDEX tenant_directory_created_at_idx
    ON tenant_directory (created_at DESC, tenant_id DESC);
CREATE INDEX tenant_directory_name_norm_idx ON tenant_directory (name_norm, tenant_id);
CREATE INDEX tenant_directory_status_idx
    ON tenant_directory (status, created_at DESC, tenant_id DESC);
CALL app.wall_global('tenant_directory', tenant_column => 'tenant_id');
CALL app.open_to('ghostworks_guard', 'tenant_directory');
CALL app.open_to('ghostworks_stats', 'tenant_directory');
GRANT SELECT ON tenant_directory TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON tenant_directory TO ghostworks_app;

CREATE TABLE tenant_slug_history (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    retired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT tenant_slug_history_pkey PRIMARY KEY (slug)
);
CALL app.wall_global('tenant_slug_history', tenant_column => 'tenant_id');
GRANT SELECT ON tenant_slug_history TO ghostworks_app, ghostworks_reader;
GRANT INSERT ON tenant_slug_history TO ghostworks_app;

-- Figures per tenant for operators; written by app.refresh_tenant_stats only.
CREATE TABLE tenant_stats (
    tenant_id uuid NOT NULL,
    plan_id text NOT NULL,
    members bigint NOT NULL DEFAULT 0,
    artifacts bigint NOT NULL DEFAULT 0,
    ai_tokens bigint NOT NULL DEFAULT 0,
    ai_cost_nano bigint NOT NULL DEFAULT 0,
    storage_bytes bigint NOT NULL DEFAULT 0,
    refreshed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT tenant_stats_pkey PRIMARY KEY (tenant_id)
);
CALL app.wall_global('tenant_stats', tenant_column => 'tenant_id');
GRANT SELECT ON tenant_stats TO ghostworks_app, ghostworks_reader;
CREATE POLICY ghostworks_stats ON tenant_stats FOR ALL TO ghostworks_stats
    USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_stats TO ghostworks_stats;

-- The last-owner guard: the second of two owners who demote each other fails the check.
CREATE TABLE tenant_counters (
    tenant_id uuid NOT NULL,
    owner_count integer NOT NULL,
    member_count integer NOT NULL,
    order_seq bigint NOT NULL DEFAULT 0,
    status_version bigint NOT NULL DEFAULT 1,
    CONSTRAINT tenant_counters_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_counters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT tenant_counters_last_owner CHECK (owner_count >= 1),
    CONSTRAINT tenant_counters_member_count CHECK (member_count >= 1)
) WITH (fillfactor = 40);
CALL app.wall('tenant_counters');
GRANT SELECT ON tenant_counters TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON tenant_counters TO ghostworks_app;

CREATE TABLE tenant_quotas (
    tenant_id uuid NOT NULL,
    resource text NOT NULL,
    period_start timestamptz NOT NULL DEFAULT 'epoch',
    soft bigint,
    hard bigint NOT NULL,
    used bigint NOT NULL DEFAULT 0,
    reserved bigint NOT NULL DEFAULT 0,
    CONSTRAINT tenant_quotas_pkey PRIMARY KEY (tenant_id, resource, period_start),
    CONSTRAINT tenant_quotas_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT tenant_quotas_resource
        CHECK (resource IN ('users', 'pipelines', 'executions', 'ai_tokens')),
    CONSTRAINT tenant_quotas_amounts
        CHECK (hard >= 0 AND used >= 0 AND reserved >= 0
            AND (soft IS NULL OR soft BETWEEN 0 AND hard))
) WITH (fillfactor = 50);
CALL app.wall('tenant_quotas');
GRANT SELECT ON tenant_quotas TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON tenant_quotas TO ghostworks_app;

-- A removed member keeps the row, so that trails and histories still find the name.
CREATE TABLE memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role_key text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    invited_by uuid,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT memberships_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT memberships_role_key_fkey FOREIGN KEY (role_key) REFERENCES roles_system (key),
    CONSTRAINT memberships_role_key_kind CHECK (role_key NOT IN ('super_admin', 'support')),
    CONSTRAINT memberships_status CHECK (status IN ('active', 'suspended', 'removed'))
);
CREATE INDEX memberships_user_id_idx ON memberships (user_id);
CREATE INDEX memberships_joined_at_idx
    ON memberships (tenant_id, status, joined_at DESC, user_id DESC);
CALL app.wall('memberships');
CALL app.open_to('ghostworks_guard', 'memberships');
CALL app.open_to('ghostworks_stats', 'memberships');
GRANT SELECT ON memberships TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON memberships TO ghostworks_app;

-- The copy of memberships by person; written in the same transaction as the membership. A person
-- reads theirs through app.my_workspaces, so a tenant context reaches no other tenant's rows.
CREATE TABLE user_tenants (
    user_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT user_tenants_pkey PRIMARY KEY (user_id, tenant_id),
    CONSTRAINT user_tenants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CALL app.wall_global('user_tenants', tenant_column => 'tenant_id',
    tenant_writes => 'tenant_id = (SELECT app.tenant_id())');
CALL app.open_to('ghostworks_guard', 'user_tenants');
GRANT SELECT ON user_tenants TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON user_tenants TO ghostworks_app;

CREATE TABLE support_sessions (
    id uuid NOT NULL,
    staff_user_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    reason text NOT NULL,
    ticket text,
    mode text NOT NULL,
    consent_token_id uuid,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT support_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT support_sessions_staff_user_id_fkey
        FOREIGN KEY (staff_user_id) REFERENCES users (id),
    CONSTRAINT support_sessions_mode CHECK (mode IN ('ro', 'rw')),
    CONSTRAINT support_sessions_reason_length CHECK (char_length(reason) BETWEEN 3 AND 500),
    CONSTRAINT support_sessions_ticket_length CHECK (char_length(ticket) BETWEEN 1 AND 100),
    CONSTRAINT support_sessions_life
        CHECK (expires_at > started_at AND expires_at <= started_at + interval '60 minutes')
);
CREATE INDEX support_sessions_tenant_id_idx ON support_sessions (tenant_id, started_at DESC);
CREATE INDEX support_sessions_started_at_idx ON support_sessions (started_at DESC, id DESC);
-- A tenant may end the operators' sessions, and neither open nor reopen one.
CALL app.wall_global('support_sessions', tenant_column => 'tenant_id',
    tenant_writes => '(tenant_id = (SELECT app.tenant_id()) AND ended_at IS NOT NULL)');
CALL app.open_to('ghostworks_guard', 'support_sessions');
GRANT SELECT ON support_sessions TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE (ended_at) ON support_sessions TO ghostworks_app;

-- A request without a tenant yet uses the zero tenant.
CREATE TABLE idempotency_keys (
    tenant_id uuid NOT NULL,
    principal text NOT NULL,
    key text NOT NULL,
    route text NOT NULL,
    fingerprint bytea NOT NULL,
    state text NOT NULL,
    status_code integer,
    response jsonb,
    locked_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, principal, key),
    CONSTRAINT idempotency_keys_state CHECK (state IN ('in_progress', 'done')),
    CONSTRAINT idempotency_keys_key_length CHECK (char_length(key) BETWEEN 1 AND 255)
);
CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at);
CALL app.wall_global('idempotency_keys', tenant_column => 'tenant_id',
    tenant_writes => 'tenant_id = (SELECT app.tenant_id())');
GRANT SELECT ON idempotency_keys TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON idempotency_keys TO ghostworks_app;

RESET ROLE;
