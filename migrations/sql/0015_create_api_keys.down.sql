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
            sum(octet_length(x.description) + pg_column_size(x.metadata))::bigint AS bytes
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
DROP FUNCTION app.touch_keys(uuid[], uuid[], timestamptz[]);
DROP FUNCTION app.grantable_scopes();
DROP FUNCTION app.find_key(uuid, bytea);
DROP FUNCTION app.guard_key(uuid, bytea, integer);
DROP FUNCTION app.guard_key_otherwise(uuid, uuid);
SET ROLE ghostworks_owner;
SET row_security = off;
DROP FUNCTION app.take_quota(uuid, text, bigint);
DROP FUNCTION app.enter_key(text, uuid, bytea, integer);
ALTER TABLE tenant_quotas NO FORCE ROW LEVEL SECURITY;
DELETE FROM tenant_quotas WHERE resource IN ('artifacts', 'api_keys', 'storage_bytes');
ALTER TABLE tenant_quotas FORCE ROW LEVEL SECURITY;
DELETE FROM plan_limits WHERE resource IN ('artifacts', 'api_keys', 'storage_bytes');
ALTER TABLE tenant_quotas DROP CONSTRAINT tenant_quotas_resource;
ALTER TABLE tenant_quotas ADD CONSTRAINT tenant_quotas_resource
    CHECK (resource IN ('users', 'pipelines', 'executions', 'ai_tokens'));
ALTER TABLE plan_limits DROP CONSTRAINT plan_limits_resource;
ALTER TABLE plan_limits ADD CONSTRAINT plan_limits_resource
    CHECK (resource IN ('users', 'pipelines', 'executions', 'ai_tokens'));
CREATE OR REPLACE FUNCTION app.actor_kind(claims app.context_claims) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ($1).kind LIKE 'system-%' AND ($1).user_id IS NULL THEN 'system'
        WHEN ($1).kind = 'platform' OR ($1).support_session_id IS NOT NULL THEN 'support'
        WHEN ($1).user_id IS NULL THEN 'anonymous'
        ELSE 'user'
    END
$$;
ALTER TABLE artifacts DROP COLUMN bytes;
DROP TABLE rate_limits, api_keys, key_permissions;
DELETE FROM app.walls WHERE table_name IN
    ('public.rate_limits', 'public.api_keys', 'public.key_permissions');
RESET ROLE;
