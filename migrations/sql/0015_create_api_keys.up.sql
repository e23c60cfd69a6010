-- API keys and the guard that lets them in, the rate limits that processes share, and the limits
-- of the plan that are taken by conditional updates.
SET ROLE ghostworks_owner;
SET row_security = off;

-- What a key can be allowed at all; the column "KEY" of the permission matrix.
CREATE TABLE key_permissions (
    permission_id integer NOT NULL,
    CONSTRAINT key_permissions_pkey PRIMARY KEY (permission_id),
    CONSTRAINT key_permissions_permission_id_fkey
        FOREIGN KEY (permission_id) REFERENCES permissions (id)
);
CALL app.reference('key_permissions');
INSERT INTO key_permissions (permission_id)
SELECT p.id FROM permissions AS p
WHERE p.id IN (9, 10, 11, 12, 26, 27, 28, 29, 35)
   OR p.id BETWEEN 36 AND 66 OR p.id BETWEEN 69 AND 74 OR p.id IN (80, 81);

-- A key acts for the person who made it, within its scopes. `previous_hash` is the secret before a
-- rotation, good until `previous_until`.
CREATE TABLE api_keys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    previous_hash bytea,
    previous_until timestamptz,
    scopes integer[] NOT NULL,
    rate_per_minute integer,
    created_by uuid NOT NULL,
    status text NOT NULL DEFAULT 'active',
    expires_at timestamptz,
    last_used_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT api_keys_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT api_keys_secret_hash_size CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT api_keys_previous_hash_size CHECK (
        (previous_hash IS NULL) = (previous_until IS NULL) AND octet_length(previous_hash) = 32),
    CONSTRAINT api_keys_scopes_count CHECK (cardinality(scopes) BETWEEN 1 AND 100),
    CONSTRAINT api_keys_rate CHECK (rate_per_minute BETWEEN 1 AND 1000000),
    CONSTRAINT api_keys_status CHECK (status IN ('active', 'revoked'))
);
CREATE INDEX api_keys_created_at_idx ON api_keys (tenant_id, created_at DESC, id DESC);
CALL app.wall('api_keys');
CALL app.open_to('ghostworks_guard', 'api_keys');
GRANT SELECT ON api_keys TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON api_keys TO ghostworks_app;
CREATE POLICY ghostworks_guard_update ON api_keys FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);
GRANT UPDATE (last_used_at) ON api_keys TO ghostworks_guard;

-- Why a key whose secret is right may not do this: the slow road of app.guard_key.
CREATE FUNCTION app.guard_key_otherwise(tenant uuid, maker uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    standing text;
BEGIN
    SELECT t.status INTO standing FROM public.tenants AS t WHERE t.id = tenant;
    IF standing = 'suspended' THEN
        RAISE SQLSTATE 'GW403' USING MESSAGE = 'tenant_suspended';
    END IF;
    PERFORM FROM public.memberships AS m
    JOIN public.users AS u ON u.id = m.user_id AND u.status = 'active'
    WHERE m.tenant_id = tenant AND m.user_id = maker AND m.status = 'active'
      AND standing = 'active';
    RAISE EXCEPTION USING
        ERRCODE = CASE WHEN FOUND THEN 'GW403' ELSE 'GW401' END,
        MESSAGE = CASE WHEN FOUND THEN 'key_permission_denied' ELSE 'api_key_revoked' END;
END
$$;

-- May this key do that in the context's tenant? What its maker may, within its scopes: the role of
-- the maker, as app.guard says it. The context must be one that was signed for a key of the maker.
CREATE FUNCTION app.guard_key(key uuid, secret bytea, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
    known record;
    allowed text;
BEGIN
    SELECT k.status, k.scopes, k.expires_at INTO known
    FROM public.api_keys AS k
    WHERE claims.kind = 'tenant' AND claims.mode = 'key' AND k.tenant_id = claims.tenant_id
      AND k.id = key AND k.created_by = claims.user_id
      AND (k.secret_hash = secret
          OR (k.previous_hash = secret AND k.previous_until > statement_timestamp()));
    IF NOT FOUND THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'api_key_invalid';
    END IF;
    IF known.status <> 'active' THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'api_key_revoked';
    END IF;
    IF known.expires_at <= statement_timestamp() THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'api_key_expired';
    END IF;
    IF permission = ANY (known.scopes) AND EXISTS (
        SELECT FROM public.key_permissions AS p WHERE p.permission_id = permission) THEN
        allowed := app.member_may(claims.tenant_id, claims.user_id, permission);
        IF allowed IS NOT NULL THEN
            RETURN allowed;
        END IF;
    END IF;
    RETURN app.guard_key_otherwise(claims.tenant_id, claims.user_id);
END
$$;

-- Sets the context and asks the guard in one statement: what each request with a key sends first.
CREATE FUNCTION app.enter_key(context text, key uuid, secret bytea, permission integer)
    RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    RETURN app.guard_key(key, secret, permission);
END
$$;

-- Who made a key of the context's tenant, for whoever has its secret; only a system context asks.
CREATE FUNCTION app.find_key(key uuid, secret bytea)
    RETURNS TABLE (created_by uuid, slug text, rate_per_minute integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'keys need a system context';
    END IF;
    RETURN QUERY SELECT k.created_by, d.slug, k.rate_per_minute
    FROM public.api_keys AS k
    JOIN public.tenant_directory AS d ON d.tenant_id = k.tenant_id
    WHERE k.tenant_id = app.tenant_id() AND k.id = key
      AND (k.secret_hash = secret
          OR (k.previous_hash = secret AND k.previous_until > statement_timestamp()));
END
$$;

-- What the acting member may put into a key now.
CREATE FUNCTION app.grantable_scopes() RETURNS TABLE (permission_id integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    IF claims.kind = 'tenant' AND claims.support_session_id IS NULL AND claims.mode <> 'key' THEN
        RETURN QUERY SELECT p.permission_id FROM public.key_permissions AS p
        WHERE app.member_may(claims.tenant_id, claims.user_id, p.permission_id) IS NOT NULL
        ORDER BY p.permission_id;
    END IF;
END
$$;

-- Notes when keys were used, a minute's accuracy; for the process, which samples.
CREATE FUNCTION app.touch_keys(tenants uuid[], keys uuid[], moments timestamptz[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    touched bigint;
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'keys need a system context';
    END IF;
    UPDATE public.api_keys AS k
    SET last_used_at = u.moment
    FROM unnest(tenants, keys, moments) AS u (tenant_id, id, moment)
    WHERE k.tenant_id = u.tenant_id AND k.id = u.id
      AND (k.last_used_at IS NULL OR k.last_used_at <= u.moment - interval '1 minute');
    GET DIAGNOSTICS touched = ROW_COUNT;
    RETURN touched;
END
$$;

-- A key is told apart from its maker in the trail, by the proven context alone.
CREATE OR REPLACE FUNCTION app.actor_kind(claims app.context_claims) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ($1).kind LIKE 'system-%' AND ($1).user_id IS NULL THEN 'system'
        WHEN ($1).kind = 'platform' OR ($1).support_session_id IS NOT NULL THEN 'support'
        WHEN ($1).user_id IS NULL THEN 'anonymous'
        WHEN ($1).mode = 'key' THEN 'api_key'
        ELSE 'user'
    END
$$;

-- What processes tell each other of the buckets that are near their limit: when each will be empty
-- again. Nothing that must outlive a crash, so it is not logged.
CREATE UNLOGGED TABLE rate_limits (
    bucket uuid NOT NULL,
    empty_at timestamptz NOT NULL,
    CONSTRAINT rate_limits_pkey PRIMARY KEY (bucket)
) WITH (fillfactor = 50);
CALL app.wall_global('rate_limits');
GRANT SELECT ON rate_limits TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON rate_limits TO ghostworks_app;

-- What an artifact takes of its tenant's storage.
ALTER TABLE artifacts ADD COLUMN bytes bigint NOT NULL GENERATED ALWAYS AS (
    octet_length(name) + octet_length(description) + octet_length(metadata::text)) STORED;

-- Limits on what is counted; the plan says how many.
ALTER TABLE plan_limits DROP CONSTRAINT plan_limits_resource;
ALTER TABLE plan_limits ADD CONSTRAINT plan_limits_resource CHECK (resource IN
    ('users', 'pipelines', 'executions', 'ai_tokens', 'artifacts', 'api_keys', 'storage_bytes'));
ALTER TABLE tenant_quotas DROP CONSTRAINT tenant_quotas_resource;
ALTER TABLE tenant_quotas ADD CONSTRAINT tenant_quotas_resource CHECK (resource IN
    ('users', 'pipelines', 'executions', 'ai_tokens', 'artifacts', 'api_keys', 'storage_bytes'));
INSERT INTO plan_limits (plan_id, resource, soft, hard, period) VALUES
    ('free', 'artifacts', NULL, 10000, 'none'),
    ('free', 'api_keys', NULL, 3, 'none'),
    ('free', 'storage_bytes', NULL, 1000000000, 'none'),
    ('pro', 'artifacts', NULL, 1000000, 'none'),
    ('pro', 'api_keys', NULL, 50, 'none'),
    ('pro', 'storage_bytes', NULL, 50000000000, 'none'),
    ('enterprise', 'artifacts', NULL, 10000000, 'none'),
    ('enterprise', 'api_keys', NULL, 1000, 'none'),
    ('enterprise', 'storage_bytes', NULL, 1000000000000, 'none');

-- Tenants that are there already get the new limits, and what they use is counted.
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE artifacts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant_quotas NO FORCE ROW LEVEL SECURITY;
INSERT INTO tenant_quotas (tenant_id, resource, period_start, soft, hard, used)
SELECT t.id, l.resource, 'epoch', l.soft, l.hard,
    CASE l.resource
        WHEN 'artifacts' THEN coalesce(a.count, 0)
        WHEN 'storage_bytes' THEN coalesce(a.bytes, 0)
        ELSE 0
    END
FROM tenants AS t
JOIN plan_limits AS l ON l.plan_id = t.plan_id
    AND l.resource IN ('artifacts', 'api_keys', 'storage_bytes')
LEFT JOIN (SELECT x.tenant_id, count(*) AS count, sum(x.bytes)::bigint AS bytes
    FROM artifacts AS x
    WHERE x.deleted_at IS NULL GROUP BY x.tenant_id) AS a ON a.tenant_id = t.id;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE artifacts FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant_quotas FORCE ROW LEVEL SECURITY;

-- Takes so much of a limit, or refuses with 'GW429' and what a larger plan would be. One UPDATE
-- decides: of callers who race for the last one, one gets it. A negative amount gives back, which
-- a limit below the use cannot refuse.
CREATE FUNCTION app.take_quota(tenant uuid, wanted text, amount bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    refusal text;
BEGIN
    UPDATE public.tenant_quotas AS q
    SET used = greatest(q.used + amount, 0)
    WHERE q.tenant_id = tenant AND q.resource = wanted AND q.period_start = timestamptz 'epoch'
      AND (amount <= 0 OR q.used + q.reserved + amount <= q.hard);
    IF FOUND THEN
        RETURN;
    END IF;
    SELECT format('plan_limit_reached:%s:%s:%s', wanted, q.hard, coalesce((
        SELECT l.plan_id FROM public.plan_limits AS l
        JOIN public.plans AS p ON p.id = l.plan_id
        WHERE l.resource = wanted AND l.hard > q.hard AND p.rank > own.rank
        ORDER BY p.rank LIMIT 1), '')) INTO refusal
    FROM public.tenant_quotas AS q
    JOIN public.tenants AS t ON t.id = q.tenant_id
    JOIN public.plans AS own ON own.id = t.plan_id
    WHERE q.tenant_id = tenant AND q.resource = wanted AND q.period_start = timestamptz 'epoch';
    RAISE SQLSTATE 'GW429' USING MESSAGE = coalesce(refusal, 'plan_limit_reached:' || wanted || ':0:');
END
$$;

GRANT EXECUTE ON FUNCTION app.enter_key(text, uuid, bytea, integer),
    app.guard_key(uuid, bytea, integer), app.find_key(uuid, bytea), app.grantable_scopes()
    TO authenticated_users;
GRANT EXECUTE ON FUNCTION app.touch_keys(uuid[], uuid[], timestamptz[]),
    app.take_quota(uuid, text, bigint) TO ghostworks_app;
GRANT EXECUTE ON FUNCTION app.guard_key_otherwise(uuid, uuid) TO ghostworks_guard;

RESET ROLE;
ALTER FUNCTION app.guard_key_otherwise(uuid, uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.guard_key(uuid, bytea, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.find_key(uuid, bytea) OWNER TO ghostworks_guard;
ALTER FUNCTION app.grantable_scopes() OWNER TO ghostworks_guard;
ALTER FUNCTION app.touch_keys(uuid[], uuid[], timestamptz[]) OWNER TO ghostworks_guard;

-- As before, with the bytes that the limit counts.
CREATE OR REPLACE FUNCTION app.refresh_tenant_stats(wanted uuid[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    since timestamptz := date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC')
        AT TIME ZONE 'UTC';
    written bigint;
BEGIN
    IF NOT app.is_global() THEN
        RAISE insufficient_privilege USING MESSAGE = 'statistics need a platform context';
    END IF;
    INSERT INTO public.tenant_stats AS s (tenant_id, plan_id, members, artifacts, ai_tokens,
        ai_cost_nano, storage_bytes, refreshed_at)
    SELECT d.tenant_id, d.plan_id, coalesce(m.count, 0), coalesce(a.count, 0),
        coalesce(u.tokens, 0), coalesce(u.cost, 0), coalesce(a.bytes, 0), statement_timestamp()
    FROM public.tenant_directory AS d
    LEFT JOIN (
        SELECT x.tenant_id, count(*) AS count FROM public.memberships AS x
        WHERE x.status = 'active' AND (wanted IS NULL OR x.tenant_id = ANY (wanted))
        GROUP BY x.tenant_id
    ) AS m ON m.tenant_id = d.tenant_id
    LEFT JOIN (
        SELECT x.tenant_id, count(*) AS count,
            sum(x.bytes)::bigint AS bytes
        FROM public.artifacts AS x
        WHERE x.deleted_at IS NULL AND (wanted IS NULL OR x.tenant_id = ANY (wanted))
        GROUP BY x.tenant_id
    ) AS a ON a.tenant_id = d.tenant_id
    LEFT JOIN (
        SELECT x.tenant_id, sum(x.tokens_in + x.tokens_out)::bigint AS tokens,
            sum(x.tenant_charge_nano)::bigint AS cost
        FROM public.ai_usage_log AS x
        WHERE x.month >= (since AT TIME ZONE 'UTC')::date AND x.created_at >= since
          AND (wanted IS NULL OR x.tenant_id = ANY (wanted))
        GROUP BY x.tenant_id
    ) AS u ON u.tenant_id = d.tenant_id
    WHERE wanted IS NULL OR d.tenant_id = ANY (wanted)
    ON CONFLICT ON CONSTRAINT tenant_stats_pkey DO UPDATE
    SET plan_id = excluded.plan_id, members = excluded.members, artifacts = excluded.artifacts,
        ai_tokens = excluded.ai_tokens, ai_cost_nano = excluded.ai_cost_nano,
        storage_bytes = excluded.storage_bytes, refreshed_at = excluded.refreshed_at;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;
