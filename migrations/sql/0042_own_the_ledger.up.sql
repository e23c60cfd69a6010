-- The functions that hold, extend and settle are the hot path of a call, a dozen statements each, and
-- every statement proved the context anew: a third of a call's time in the database. They belong to
-- a role of their own now, which reads and writes the ledger's tables and nothing else, and prove the
-- context once: whoever calls them for another tenant than the context's is refused.
DO $$
BEGIN
    CREATE ROLE ghostworks_ledger NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION
    -- Another database of this server, or another migrator, was first.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- As in 0001: grants on a role wait for each other, and an administrator who is no superuser must be
-- able to hand functions to their owner.
DO $$
BEGIN
    LOCK TABLE pg_catalog.pg_auth_members IN SHARE ROW EXCLUSIVE MODE;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END
$$;
DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT ghostworks_ledger TO %I', current_user);
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public, app TO ghostworks_ledger;

SET ROLE ghostworks_owner;
SET row_security = off;

-- The self-check knows the role as one of those that cross walls.
DO $patch$
DECLARE
    before CONSTANT text := $sql$'ghostworks_retention')$sql$;
    after CONSTANT text := $sql$'ghostworks_retention', 'ghostworks_ledger')$sql$;
    definition CONSTANT text := pg_get_functiondef('app.wall_problems()'::regprocedure);
BEGIN
    ASSERT length(definition) - length(replace(definition, before, '')) = 2 * length(before),
        'app.wall_problems() is not as 0041 made it';
    EXECUTE replace(definition, before, after);
END
$patch$;

-- What the functions read.
GRANT USAGE ON TYPE app.context_claims, app.ai_target, app.ai_limit TO ghostworks_ledger;
GRANT EXECUTE ON FUNCTION app.claims(), app.tenant_id(), app.ai_nano(bigint),
    app.ai_dearest(app.ai_target, bigint), app.ai_price(text, timestamptz, bigint),
    app.ai_overhead(bigint, timestamptz, timestamptz), app.ai_learn_overhead(text, bigint),
    app.ai_known(uuid, uuid, uuid, bytea), app.ai_lock_holds(uuid, uuid),
    app.ai_raise_alerts(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint, integer[])
    TO ghostworks_ledger;
GRANT SELECT ON ai_providers, ai_models, ai_price_versions TO ghostworks_ledger;
CALL app.open_to('ghostworks_ledger', 'tenants');
CALL app.open_to('ghostworks_ledger', 'tenant_directory');
CALL app.open_to('ghostworks_ledger', 'ai_budgets');
CALL app.open_to('ghostworks_ledger', 'memberships');
-- To lock a member against their erasure; no row may be written.
CREATE POLICY ghostworks_ledger_lock ON memberships FOR UPDATE TO ghostworks_ledger
    USING (true) WITH CHECK (false);
GRANT UPDATE (status) ON memberships TO ghostworks_ledger;

-- What they write.
CREATE POLICY ghostworks_ledger ON ai_requests FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_attempts FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_holds FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_budget_periods FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_replies FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_alerts FOR ALL TO ghostworks_ledger
    USING (true) WITH CHECK (true);
CREATE POLICY ghostworks_ledger ON ai_usage_log FOR INSERT TO ghostworks_ledger WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON ai_requests, ai_attempts, ai_holds, ai_budget_periods
    TO ghostworks_ledger;
GRANT SELECT, INSERT ON ai_replies, ai_alerts TO ghostworks_ledger;
GRANT INSERT ON ai_usage_log TO ghostworks_ledger;

-- A hold is changed and a reply is written by the functions alone now.
REVOKE UPDATE, DELETE ON ai_holds FROM ghostworks_app;
REVOKE INSERT ON ai_replies FROM ghostworks_app;

-- The functions as they were: names with their schema, because a definer has a search path of its
-- own, and in those that are called from outside the proof.
DO $patch$
DECLARE
    reserve CONSTANT text := 'app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text,'
        ' text, uuid, integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval,'
        ' text, bigint, bigint)';
    extend CONSTANT text := 'app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval)';
    settle CONSTANT text := 'app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint,'
        ' bigint, boolean, text, text, integer, bytea, jsonb)';
    part record;
    definition text;
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
        definition := pg_get_functiondef(part.signature::regprocedure);
        ASSERT definition !~ 'public\.', part.signature || ' is not as 0039 made it';
        definition := regexp_replace(definition, '\m(FROM|JOIN|INTO|UPDATE)(\s+)(ai_requests'
            '|ai_attempts|ai_holds|ai_replies|ai_usage_log|ai_budgets|ai_budget_periods|ai_alerts'
            '|ai_models|ai_providers|ai_price_versions|memberships|tenants|tenant_directory)\M',
            '\1\2public.\3', 'g');
        IF part.tenant IS NOT NULL THEN
            definition := regexp_replace(definition, '\nBEGIN\n', format($sql$
BEGIN
    IF app.tenant_id() IS DISTINCT FROM %s THEN
        RAISE insufficient_privilege USING MESSAGE = 'a call belongs to the tenant of its context';
    END IF;
$sql$, part.tenant));
        END IF;
        EXECUTE definition;
        IF part.tenant IS NOT NULL THEN
            EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, pg_temp',
                part.signature);
        END IF;
    END LOOP;
END
$patch$;

RESET ROLE;
ALTER FUNCTION app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text, text, uuid,
    integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval, text, bigint, bigint)
    OWNER TO ghostworks_ledger;
ALTER FUNCTION app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval)
    OWNER TO ghostworks_ledger;
ALTER FUNCTION app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint, bigint, boolean,
    text, text, integer, bytea, jsonb) OWNER TO ghostworks_ledger;
