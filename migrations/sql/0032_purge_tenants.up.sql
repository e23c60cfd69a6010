-- The data of a closed tenant goes when its time is over. What stays is what trails and accounts
-- need: the tenant's own row and its owners, the trail, the usage log with its sums, the periods of
-- budgets, and what operators were let in for.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Once it has begun, nobody opens the tenant again.
ALTER TABLE tenants
    ADD COLUMN purge_began_at timestamptz,
    ADD COLUMN purged_at timestamptz,
    ADD CONSTRAINT tenants_purge CHECK ((purge_began_at IS NULL OR status = 'deleted')
        AND (purged_at IS NULL OR purge_began_at IS NOT NULL));

-- The tables whose rows go with their tenant, in the order in which they go: what refers to a row
-- goes before it. `key_column` stands behind the tenant in an index; a batch is some of its values.
CREATE TABLE app.purges (
    position integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    table_name text NOT NULL,
    key_column text NOT NULL,
    CONSTRAINT purges_pkey PRIMARY KEY (position),
    CONSTRAINT purges_table_name_key UNIQUE (table_name)
);
INSERT INTO app.walls (table_name, kind) VALUES ('app.purges', 'reference');
GRANT SELECT ON app.purges TO authenticated_users, ghostworks_retention;

-- Has a table's rows go with their tenant. A later migration that makes a tenant table calls it, or
-- its rows stay for ever; a test holds the two against each other.
CREATE PROCEDURE app.purge_with_tenant(purged_table text, key_column text DEFAULT 'id')
LANGUAGE plpgsql AS $$
BEGIN
    CALL app.open_to('ghostworks_retention', purged_table);
    EXECUTE format('CREATE POLICY ghostworks_retention_purge ON public.%I FOR DELETE'
        ' TO ghostworks_retention USING (tenant_id = (SELECT app.tenant_id()))', purged_table);
    EXECUTE format('GRANT DELETE ON public.%I TO ghostworks_retention', purged_table);
    INSERT INTO app.purges (table_name, key_column) VALUES (purged_table, key_column);
END
$$;
CALL app.purge_with_tenant('artifact_tags', 'artifact_id');
CALL app.purge_with_tenant('artifact_revisions', 'artifact_id');
CALL app.purge_with_tenant('artifacts');
CALL app.purge_with_tenant('ai_messages', 'conversation_id');
CALL app.purge_with_tenant('ai_conversations');
CALL app.purge_with_tenant('ai_response_cache', 'cache_key');
CALL app.purge_with_tenant('ai_alerts', 'budget_id');
CALL app.purge_with_tenant('ai_prompt_labels', 'prompt_id');
CALL app.purge_with_tenant('ai_prompt_versions', 'prompt_id');
CALL app.purge_with_tenant('ai_prompts');
CALL app.purge_with_tenant('ai_routes', 'name');
CALL app.purge_with_tenant('api_keys');
CALL app.purge_with_tenant('member_grants', 'user_id');
CALL app.purge_with_tenant('invitations');
CALL app.purge_with_tenant('held_names', 'user_id');
-- All but the owners', with the copies by person.
CALL app.purge_with_tenant('memberships', 'user_id');
CALL app.purge_with_tenant('roles');
CALL app.purge_with_tenant('tenant_events', 'seq');
CALL app.purge_with_tenant('tenant_quotas', 'resource');

CALL app.open_to('ghostworks_retention', 'user_tenants');
CREATE POLICY ghostworks_retention_purge ON user_tenants FOR DELETE TO ghostworks_retention
    USING (tenant_id = (SELECT app.tenant_id()));
GRANT DELETE ON user_tenants TO ghostworks_retention;
-- To lock the row; it may not be written.
CREATE POLICY ghostworks_retention_lock ON tenants FOR UPDATE TO ghostworks_retention
    USING (status = 'deleted') WITH CHECK (false);
GRANT UPDATE (purged_at) ON tenants TO ghostworks_retention;

-- The closed tenants whose time is over, and those of which some data is gone already; some of them
-- at a time, in no order, so that none waits for the others for ever. Only a system context.
CREATE FUNCTION app.tenants_to_purge(days integer) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'a purge needs a system context';
    END IF;
    RETURN QUERY SELECT t.id FROM public.tenants AS t
    WHERE t.status = 'deleted' AND t.purged_at IS NULL
      AND (t.purge_began_at IS NOT NULL
          OR t.deleted_at < statement_timestamp() - days * interval '1 day')
      AND NOT EXISTS (SELECT FROM public.legal_holds AS l
            WHERE l.tenant_id = t.id AND l.released_at IS NULL)
    ORDER BY random() LIMIT 20;
END
$$;

-- Deletes about so many rows of the context's tenant, out of the first table that has any; how many,
-- 0 when nothing is left, NULL when it is not to be purged or somebody else has it in hand. Whatever
-- the process asks, nothing of a tenant that was closed within the last 62 days goes. Calls to
-- models are for app.ai_prune, which keeps the books. Only a system context.
CREATE FUNCTION app.purge_tenant(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    of_tenant uuid := app.tenant_id();
    purged record;
    gone integer;
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'a purge needs a system context';
    END IF;
    PERFORM FROM public.tenants AS t
    WHERE t.id = of_tenant AND t.status = 'deleted' AND t.purge_began_at IS NOT NULL
      AND t.purged_at IS NULL AND t.deleted_at < statement_timestamp() - interval '62 days'
      AND NOT EXISTS (SELECT FROM public.legal_holds AS l
            WHERE l.tenant_id = of_tenant AND l.released_at IS NULL)
    FOR NO KEY UPDATE OF t SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR purged IN SELECT p.table_name, p.key_column FROM app.purges AS p ORDER BY p.position LOOP
        IF purged.table_name = 'memberships' THEN
            WITH members AS (
                DELETE FROM public.memberships AS m
                WHERE m.tenant_id = of_tenant AND m.user_id = ANY (ARRAY(
                    SELECT k.user_id FROM public.memberships AS k
                    WHERE k.tenant_id = of_tenant AND k.role_key IS DISTINCT FROM 'owner'
                    LIMIT most))
                RETURNING m.user_id
            ), places AS (
                DELETE FROM public.user_tenants AS u
                USING members AS m
                WHERE u.tenant_id = of_tenant AND u.user_id = m.user_id
            )
            SELECT count(*) INTO gone FROM members;
        ELSE
            EXECUTE format('DELETE FROM public.%1$I AS t WHERE t.tenant_id = $1'
                ' AND t.%2$I = ANY (ARRAY(SELECT k.%2$I FROM public.%1$I AS k'
                ' WHERE k.tenant_id = $1 ORDER BY k.%2$I LIMIT $2))',
                purged.table_name, purged.key_column) USING of_tenant, most;
            GET DIAGNOSTICS gone = ROW_COUNT;
        END IF;
        IF gone > 0 THEN
            RETURN gone;
        END IF;
    END LOOP;
    RETURN 0;
END
$$;
GRANT EXECUTE ON FUNCTION app.tenants_to_purge(integer), app.purge_tenant(integer)
    TO ghostworks_app;

RESET ROLE;
ALTER FUNCTION app.tenants_to_purge(integer) OWNER TO ghostworks_retention;
ALTER FUNCTION app.purge_tenant(integer) OWNER TO ghostworks_retention;
