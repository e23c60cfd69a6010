-- The signed context, the walls and the partitions: what every later table leans on.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The key blocks of HMAC-SHA256 (RFC 2104): SHA-256 of the inner block and the message, then of
-- the outer block and that. No grants and no row security: FORCE would blind the definer below.
CREATE TABLE app.context_keys (
    kid text NOT NULL,
    inner_block bytea NOT NULL,
    outer_block bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired_at timestamptz,
    CONSTRAINT context_keys_pkey PRIMARY KEY (kid),
    CONSTRAINT context_keys_kid_format CHECK (kid ~ '^[0-9a-f]{8}$'),
    CONSTRAINT context_keys_block_size
        CHECK (octet_length(inner_block) = 64 AND octet_length(outer_block) = 64)
);

CREATE TYPE app.context_claims AS (
    kind text,
    tenant_id uuid,
    user_id uuid,
    support_session_id uuid,
    mode text
);

-- Reads and proves the one setting that every policy hangs on. NULL when there is none;
-- 42501 when it is malformed, forged or expired. Judged by the database's clock.
CREATE FUNCTION app.claims() RETURNS app.context_claims
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    context text := current_setting('app.context', true);
    field text[];
    key record;
    expiry bigint;
    present bigint := extract(epoch FROM statement_timestamp())::bigint;
    claims app.context_claims;
BEGIN
    -- After a transaction with a local setting the value is '', not NULL.
    IF context IS NULL OR context = '' THEN
        RETURN NULL;
    END IF;
    field := string_to_array(context, '.');
    IF array_length(field, 1) IS DISTINCT FROM 9 OR field[1] <> 'v1'
        OR field[8] !~ '^[0-9]{1,15}$' OR octet_length(context) > 512 THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is malformed';
    END IF;
    SELECT k.inner_block, k.outer_block INTO key
    FROM app.context_keys AS k
    WHERE k.kid = field[2] AND (k.retired_at IS NULL OR k.retired_at > statement_timestamp());
    IF NOT FOUND OR field[9] IS DISTINCT FROM encode(
        sha256(key.outer_block || sha256(key.inner_block
            || convert_to(left(context, -(length(field[9]) + 1)), 'UTF8'))), 'hex') THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is forged';
    END IF;
    expiry := field[8]::bigint;
    IF expiry < present OR expiry > present + 300 THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is expired';
    END IF;
    claims.kind := field[3];
    claims.tenant_id := nullif(field[4], '-')::uuid;
    claims.user_id := nullif(field[5], '-')::uuid;
    claims.support_session_id := nullif(field[6], '-')::uuid;
    claims.mode := field[7];
    RETURN claims;
END
$$;

CREATE FUNCTION app.tenant_id() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT (app.claims()).tenant_id';
CREATE FUNCTION app.user_id() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT (app.claims()).user_id';
CREATE FUNCTION app.is_platform() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT coalesce((app.claims()).kind = 'platform', false)$$;
CREATE FUNCTION app.is_system() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT coalesce((app.claims()).kind LIKE 'system-%', false)$$;
-- A platform or a system context: one proof of the context instead of two.
CREATE FUNCTION app.is_global() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT coalesce((app.claims()).kind <> 'tenant', false)$$;

GRANT USAGE ON TYPE app.context_claims TO authenticated_users, ghostworks_guard,
    ghostworks_search, ghostworks_stats;
GRANT EXECUTE ON FUNCTION app.claims(), app.tenant_id(), app.user_id(), app.is_platform(),
    app.is_system(), app.is_global()
    TO authenticated_users, ghostworks_guard, ghostworks_search, ghostworks_stats;

-- The register of every table: its kind, and the wall it was given.
CREATE TABLE app.walls (
    table_name text NOT NULL,
    kind text NOT NULL,
    tenant_column text,
    expression text,
    write_expression text,
    CONSTRAINT walls_pkey PRIMARY KEY (table_name),
    CONSTRAINT walls_kind CHECK (kind IN ('tenant', 'global', 'reference', 'internal'))
);
GRANT SELECT ON app.walls TO authenticated_users;
INSERT INTO app.walls (table_name, kind) VALUES
    ('app.context_keys', 'internal'),
    ('app.walls', 'reference'),
    ('app.partitioned', 'internal');

-- Gives a table its one permissive policy and registers it. The subquery form runs the proof
-- once a statement, not once a row. Never a RESTRICTIVE wall: Citus loses that word on its shards.
CREATE PROCEDURE app.raise_wall(
    wall_kind text, wall_table text, wall_column text, wall_condition text,
    write_condition text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', wall_table);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', wall_table);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON public.%I AS PERMISSIVE FOR ALL TO authenticated_users'
        ' USING (%s) WITH CHECK (%s)', wall_table, wall_condition, write_condition);
    INSERT INTO app.walls (table_name, kind, tenant_column, expression, write_expression)
    SELECT 'public.' || wall_table, wall_kind, wall_column, pg_get_expr(p.polqual, p.polrelid),
        pg_get_expr(p.polwithcheck, p.polrelid)
    FROM pg_policy AS p
    WHERE p.polrelid = format('public.%I', wall_table)::regclass
      AND p.polname = 'tenant_isolation';
END
$$;

-- A tenant table: rows of the context's tenant only.
CREATE PROCEDURE app.wall(wall_table text, wall_column text DEFAULT 'tenant_id')
LANGUAGE plpgsql AS $$
DECLARE
    condition text := format('%I = (SELECT app.tenant_id())', wall_column);
BEGIN
    CALL app.raise_wall('tenant', wall_table, wall_column, condition, condition);
END
$$;

-- A global table: all rows for platform and system contexts, and for a tenant context the rows
-- of the acting user, of the tenant, or none. Seeing a row is not writing it: a tenant context
-- writes nothing (else a person could grant themselves a platform role), or only the rows that
-- `tenant_writes` describes. DELETE knows no written row: grant it only where `tenant_writes` is
-- the whole tenant condition.
CREATE PROCEDURE app.wall_global(
    wall_table text, user_column text DEFAULT NULL, tenant_column text DEFAULT NULL,
    tenant_writes text DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
    condition text := '(SELECT app.is_global())';
    write_condition text := condition || coalesce(' OR ' || tenant_writes, '');
BEGIN
    IF user_column IS NOT NULL THEN
        condition := condition || format(' OR %I = (SELECT app.user_id())', user_column);
    END IF;
    IF tenant_column IS NOT NULL THEN
        condition := condition || format(' OR %I = (SELECT app.tenant_id())', tenant_column);
    END IF;
    CALL app.raise_wall('global', wall_table, NULL, condition, write_condition);
END
$$;

-- A harmless table that everybody may read and only migrations write.
CREATE PROCEDURE app.reference(reference_table text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'GRANT SELECT ON public.%I TO authenticated_users, ghostworks_guard, ghostworks_stats',
        reference_table);
    INSERT INTO app.walls (table_name, kind) VALUES ('public.' || reference_table, 'reference');
END
$$;

-- Lets one definer role read a walled table: the search, the counts, the guard.
CREATE PROCEDURE app.open_to(definer text, walled_table text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY %I ON public.%I FOR SELECT TO %I USING (true)',
        definer, walled_table, definer);
    EXECUTE format('GRANT SELECT ON public.%I TO %I', walled_table, definer);
END
$$;

-- The tables that are split by month, and whether they have a DEFAULT partition.
CREATE TABLE app.partitioned (
    table_name text NOT NULL,
    CONSTRAINT partitioned_pkey PRIMARY KEY (table_name)
);

-- Makes the monthly partitions from `first` to three months ahead. Safe to repeat and to run
-- twice at once. The application asks for it in a system context only: it takes strong locks. A partition has no grants and its own ENABLE and FORCE, because a partition
-- that is read directly does not get the parent's policy.
CREATE FUNCTION app.ensure_partitions(first date DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '3s'
AS $$
DECLARE
    present date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date;
    month date;
    parent text;
    part text;
    made integer := 0;
BEGIN
    IF session_user IN ('ghostworks_app', 'ghostworks_reader') AND NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'partitions need a system context';
    END IF;
    first := coalesce(date_trunc('month', first)::date, present);
    IF first < present - interval '36 months' OR first > present THEN
        RAISE invalid_parameter_value USING MESSAGE = 'partitions start at most 36 months back';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ghostworks.partitions'));
    FOR parent IN SELECT p.table_name FROM app.partitioned AS p ORDER BY p.table_name LOOP
        month := first;
        WHILE month <= present + interval '3 months' LOOP
            part := parent || '_' || to_char(month, 'YYYYMM');
            IF to_regclass('public.' || quote_ident(part)) IS NULL THEN
                EXECUTE format(
                    'CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                    part, parent, month, (month + interval '1 month')::date);
                EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
                EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
                made := made + 1;
            END IF;
            month := (month + interval '1 month')::date;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;
GRANT EXECUTE ON FUNCTION app.ensure_partitions(date) TO ghostworks_app;

-- Folds text for search and for ordering, the same for documents and for queries: NFKC, Arabic
-- letters to one form, marks and tatweel removed, lower case.
CREATE FUNCTION app.fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(translate(normalize($1, NFKC),
        U&'\0623\0625\0622\0671\0649\0629\0624\0626'
        '\0610\0611\0612\0613\0614\0615\0616\0617\0618\0619\061A'
        '\064B\064C\064D\064E\064F\0650\0651\0652\0653\0654\0655'
        '\0656\0657\0658\0659\065A\065B\065C\065D\065E\065F\0670\0640',
        U&'\0627\0627\0627\0627\064A\0647\0648\064A'))
$$;
GRANT EXECUTE ON FUNCTION app.fold(text) TO authenticated_users, ghostworks_search;

RESET ROLE;
