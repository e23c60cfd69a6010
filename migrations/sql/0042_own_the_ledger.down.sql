-- The functions run as their callers again, statement by statement behind the walls.
ALTER FUNCTION app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text, text, uuid,
    integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval, text, bigint, bigint)
    OWNER TO ghostworks_owner;
ALTER FUNCTION app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval)
    OWNER TO ghostworks_owner;
ALTER FUNCTION app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint, bigint, boolean,
    text, text, integer, bytea, jsonb) OWNER TO ghostworks_owner;

SET ROLE ghostworks_owner;

DO $patch$
DECLARE
    reserve CONSTANT text := 'app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text,'
        ' text, uuid, integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval,'
        ' text, bigint, bigint)';
    extend CONSTANT text := 'app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval)';
    settle CONSTANT text := 'app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint,'
        ' bigint, boolean, text, text, integer, bytea, jsonb)';
    part record;
BEGIN
    FOR part IN
        SELECT * FROM (VALUES
            (reserve, 'new_tenant'), (extend, 'of_tenant'), (settle, 'of_tenant'),
            ('app.ai_known(uuid, uuid, uuid, bytea)', NULL),
            ('app.ai_lock_holds(uuid, uuid)', NULL),
            ('app.ai_raise_alerts(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint,'
                ' integer[])', NULL)
        ) AS parts (signature, tenant)
    LOOP
        IF part.tenant IS NOT NULL THEN
            EXECUTE format('ALTER FUNCTION %s SECURITY INVOKER RESET ALL', part.signature);
        END IF;
        EXECUTE replace(replace(pg_get_functiondef(part.signature::regprocedure), 'public.', ''),
            format($sql$    IF app.tenant_id() IS DISTINCT FROM %s THEN
        RAISE insufficient_privilege USING MESSAGE = 'a call belongs to the tenant of its context';
    END IF;
$sql$, part.tenant), '');
    END LOOP;
END
$patch$;

GRANT UPDATE, DELETE ON ai_holds TO ghostworks_app;
GRANT INSERT ON ai_replies TO ghostworks_app;
REVOKE ALL ON ai_requests, ai_attempts, ai_holds, ai_budget_periods, ai_replies, ai_alerts,
    ai_usage_log, ai_budgets, ai_providers, ai_models, ai_price_versions, tenants,
    tenant_directory, memberships FROM ghostworks_ledger;
REVOKE UPDATE (status) ON memberships FROM ghostworks_ledger;
DROP POLICY ghostworks_ledger ON ai_usage_log;
DROP POLICY ghostworks_ledger ON ai_alerts;
DROP POLICY ghostworks_ledger ON ai_replies;
DROP POLICY ghostworks_ledger ON ai_budget_periods;
DROP POLICY ghostworks_ledger ON ai_holds;
DROP POLICY ghostworks_ledger ON ai_attempts;
DROP POLICY ghostworks_ledger ON ai_requests;
DROP POLICY ghostworks_ledger_lock ON memberships;
DROP POLICY ghostworks_ledger ON memberships;
DROP POLICY ghostworks_ledger ON ai_budgets;
DROP POLICY ghostworks_ledger ON tenant_directory;
DROP POLICY ghostworks_ledger ON tenants;
REVOKE EXECUTE ON FUNCTION app.claims(), app.tenant_id(), app.ai_nano(bigint),
    app.ai_dearest(app.ai_target, bigint), app.ai_price(text, timestamptz, bigint),
    app.ai_overhead(bigint, timestamptz, timestamptz), app.ai_learn_overhead(text, bigint),
    app.ai_known(uuid, uuid, uuid, bytea), app.ai_lock_holds(uuid, uuid),
    app.ai_raise_alerts(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint, integer[])
    FROM ghostworks_ledger;
REVOKE USAGE ON TYPE app.context_claims, app.ai_target, app.ai_limit FROM ghostworks_ledger;

DO $patch$
DECLARE
    before CONSTANT text := $sql$'ghostworks_retention', 'ghostworks_ledger')$sql$;
    after CONSTANT text := $sql$'ghostworks_retention')$sql$;
    definition CONSTANT text := pg_get_functiondef('app.wall_problems()'::regprocedure);
BEGIN
    ASSERT length(definition) - length(replace(definition, before, '')) = 2 * length(before),
        'app.wall_problems() is not as 0042 made it';
    EXECUTE replace(definition, before, after);
END
$patch$;

RESET ROLE;
-- The role stays: it belongs to the server and other databases may use it.
REVOKE USAGE ON SCHEMA public, app FROM ghostworks_ledger;
