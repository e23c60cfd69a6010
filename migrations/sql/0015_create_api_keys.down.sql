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
DELETE FROM tenant_quotas WHERE resource IN ('artifacts', 'api_keys');
ALTER TABLE tenant_quotas FORCE ROW LEVEL SECURITY;
DELETE FROM plan_limits WHERE resource IN ('artifacts', 'api_keys');
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
DROP TABLE rate_limits, api_keys, key_permissions;
DELETE FROM app.walls WHERE table_name IN
    ('public.rate_limits', 'public.api_keys', 'public.key_permissions');
RESET ROLE;
