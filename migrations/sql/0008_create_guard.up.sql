-- The few questions that cross walls: may this session do that, who is behind a mail address,
-- what are these people called, which tenant has this slug, how much is there per tenant.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The session of the acting user is live. 'GW401' otherwise.
CREATE FUNCTION app.guard_session(session uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    acting uuid := app.user_id();
BEGIN
    PERFORM FROM public.sessions AS s
    JOIN public.users AS u ON u.id = s.user_id
    WHERE s.id = session AND s.user_id = acting AND s.revoked_at IS NULL
      AND s.expires_at > statement_timestamp() AND u.status = 'active';
    IF NOT FOUND THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'session_revoked';
    END IF;
    RETURN acting;
END
$$;

-- Why the acting user may not do this in the context's tenant, or by which support session an
-- operator may: the slow road of app.guard.
CREATE FUNCTION app.guard_otherwise(session uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    claims app.context_claims := app.claims();
    status text;
    staff record;
    member text;
BEGIN
    IF claims.kind IS DISTINCT FROM 'tenant' OR claims.tenant_id IS NULL
        OR claims.user_id IS NULL THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'session_revoked';
    END IF;
    PERFORM app.guard_session(session);
    SELECT t.status INTO status FROM public.tenants AS t
    WHERE t.id = claims.tenant_id AND t.status <> 'deleted';
    IF claims.support_session_id IS NOT NULL THEN
        SELECT p.role, v.mode INTO staff
        FROM public.support_sessions AS v
        JOIN public.platform_roles AS p ON p.user_id = v.staff_user_id
            AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
        WHERE v.id = claims.support_session_id AND v.tenant_id = claims.tenant_id
          AND v.staff_user_id = claims.user_id AND v.ended_at IS NULL
          AND v.expires_at > statement_timestamp()
        ORDER BY p.role
        LIMIT 1;
        IF NOT FOUND OR status IS NULL THEN
            RAISE SQLSTATE 'GW403' USING MESSAGE = 'support_session_ended';
        END IF;
        PERFORM FROM public.role_permissions AS g
        WHERE g.role_key = staff.role AND g.permission_id = permission
          AND (g.support_mode = 'ro'
              OR (g.support_mode = 'rw' AND staff.mode = 'rw' AND claims.mode = 'rw'));
        IF FOUND THEN
            RETURN staff.role;
        END IF;
        RAISE SQLSTATE 'GW403' USING MESSAGE = 'permission_denied';
    END IF;
    SELECT m.role_key INTO member FROM public.memberships AS m
    WHERE m.tenant_id = claims.tenant_id AND m.user_id = claims.user_id AND m.status = 'active';
    RAISE SQLSTATE 'GW403' USING MESSAGE = CASE
        WHEN member IS NULL OR status IS NULL THEN 'tenant_access_denied'
        WHEN status = 'suspended' THEN 'tenant_suspended'
        ELSE 'permission_denied'
    END;
END
$$;

-- May the acting user do this in the context's tenant? The role when yes, with ':own' behind it
-- when only on what the user made; 'GW401' for a dead session, 'GW403' with a machine code
-- otherwise. It runs before every request, so the usual case is one lean join.
CREATE FUNCTION app.guard(session uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
    member text;
    own boolean;
BEGIN
    IF claims.support_session_id IS NULL THEN
        SELECT m.role_key, g.own INTO member, own
        FROM public.sessions AS s, public.users AS u, public.memberships AS m,
            public.tenants AS t, public.role_permissions AS g
        WHERE s.id = session AND s.user_id = claims.user_id AND s.revoked_at IS NULL
          AND s.expires_at > statement_timestamp()
          AND u.id = claims.user_id AND u.status = 'active'
          AND m.tenant_id = claims.tenant_id AND m.user_id = claims.user_id
          AND m.status = 'active'
          AND t.id = claims.tenant_id AND t.status = 'active'
          AND g.role_key = m.role_key AND g.permission_id = permission;
        IF member IS NOT NULL AND claims.kind = 'tenant' THEN
            RETURN CASE WHEN own THEN member || ':own' ELSE member END;
        END IF;
    END IF;
    RETURN app.guard_otherwise(session, permission);
END
$$;

-- May the acting operator do this on the platform? The role when yes.
CREATE FUNCTION app.guard_platform(session uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
    granted text;
BEGIN
    IF claims.kind IS DISTINCT FROM 'platform' THEN
        RAISE SQLSTATE 'GW401' USING MESSAGE = 'session_revoked';
    END IF;
    PERFORM app.guard_session(session);
    SELECT p.role INTO granted
    FROM public.platform_roles AS p
    JOIN public.role_permissions AS g ON g.role_key = p.role
    WHERE p.user_id = claims.user_id AND g.permission_id = permission AND g.support_mode IS NULL
      AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
    ORDER BY p.role
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE SQLSTATE 'GW403' USING MESSAGE = 'permission_denied';
    END IF;
    RETURN granted;
END
$$;

-- What sign-in needs of one mail address; only a system context may ask.
CREATE FUNCTION app.find_credentials(address text)
    RETURNS TABLE (user_id uuid, password_hash text, status text, default_tenant_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'credentials need a system context';
    END IF;
    RETURN QUERY SELECT u.id, u.password_hash, u.status, u.default_tenant_id
    FROM public.users AS u WHERE u.email_norm = address;
END
$$;

-- The live session behind a token's SHA-256, and what its user is on the platform.
CREATE FUNCTION app.find_session(session uuid, token bytea)
    RETURNS TABLE (user_id uuid, tenant_id uuid, email text, display_name text,
        platform_role text, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'sessions need a system context';
    END IF;
    RETURN QUERY SELECT u.id, s.tenant_id, u.email, u.display_name,
        (SELECT p.role FROM public.platform_roles AS p
         WHERE p.user_id = u.id
           AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
         ORDER BY p.role LIMIT 1),
        s.expires_at
    FROM public.sessions AS s
    JOIN public.users AS u ON u.id = s.user_id
    WHERE s.id = session AND s.token_hash = token AND s.revoked_at IS NULL
      AND s.expires_at > statement_timestamp() AND u.status = 'active';
END
$$;

-- Names and mails of people who are or were members of the context's tenant, and of operators
-- who had a support session there.
CREATE FUNCTION app.member_names(ids uuid[])
    RETURNS TABLE (user_id uuid, display_name text, email text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
BEGIN
    RETURN QUERY SELECT u.id, u.display_name, u.email FROM public.users AS u
    WHERE u.id = ANY (ids) AND tenant IS NOT NULL AND (
        EXISTS (SELECT FROM public.memberships AS m
            WHERE m.tenant_id = tenant AND m.user_id = u.id)
        OR EXISTS (SELECT FROM public.support_sessions AS s
            WHERE s.tenant_id = tenant AND s.staff_user_id = u.id));
END
$$;

-- A member of the context's tenant, or anybody for a platform or system context, by mail.
CREATE FUNCTION app.find_user(address text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    IF claims IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no context';
    END IF;
    RETURN (SELECT u.id FROM public.users AS u
        WHERE u.email_norm = address AND (
            claims.kind <> 'tenant'
            OR EXISTS (SELECT FROM public.memberships AS m
                WHERE m.tenant_id = claims.tenant_id AND m.user_id = u.id)));
END
$$;

-- The acting user holds a permission in the context's tenant, as a member or in a support session.
-- For definers that cross a wall on behalf of a tenant; a request is judged by app.guard.
CREATE FUNCTION app.holds(permission integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.memberships AS m
        JOIN public.role_permissions AS g
            ON g.role_key = m.role_key AND g.permission_id = permission
        WHERE claims.support_session_id IS NULL
          AND m.tenant_id = claims.tenant_id AND m.user_id = claims.user_id
          AND m.status = 'active'
    ) OR EXISTS (
        SELECT FROM public.support_sessions AS v
        JOIN public.platform_roles AS p ON p.user_id = v.staff_user_id
            AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
        JOIN public.role_permissions AS g
            ON g.role_key = p.role AND g.permission_id = permission
        WHERE v.id = claims.support_session_id AND v.tenant_id = claims.tenant_id
          AND v.staff_user_id = claims.user_id AND v.ended_at IS NULL
          AND v.expires_at > statement_timestamp()
          AND (g.support_mode = 'ro'
              OR (g.support_mode = 'rw' AND v.mode = 'rw' AND claims.mode = 'rw')));
END
$$;

-- The person behind a mail address, made without a password when unknown. Returns the id either
-- way: the answer does not tell whether the person existed. Within a tenant only for somebody who
-- may add members (permission 16), because it makes people and finds them by mail.
CREATE FUNCTION app.ensure_user(new_id uuid, address text, shown_address text, name text)
    RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_id uuid;
BEGIN
    IF NOT (app.is_global() OR app.holds(16)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'people are made by those who add members';
    END IF;
    INSERT INTO public.users (id, email, email_norm, display_name)
    VALUES (new_id, shown_address, address, name)
    ON CONFLICT ON CONSTRAINT users_email_norm_key DO NOTHING;
    SELECT u.id INTO found_id FROM public.users AS u WHERE u.email_norm = address;
    RETURN found_id;
END
$$;

-- The workspaces of the acting user.
CREATE FUNCTION app.my_workspaces()
    RETURNS TABLE (tenant_id uuid, slug text, name text, status text, plan_id text,
        role_key text, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    acting uuid := app.user_id();
BEGIN
    RETURN QUERY SELECT d.tenant_id, d.slug, d.name, d.status, d.plan_id, m.role_key,
        d.created_at
    FROM public.user_tenants AS t
    JOIN public.tenant_directory AS d ON d.tenant_id = t.tenant_id AND d.status <> 'deleted'
    JOIN public.memberships AS m
        ON m.tenant_id = t.tenant_id AND m.user_id = acting AND m.status = 'active'
    WHERE t.user_id = acting
    ORDER BY d.name_norm, d.tenant_id;
END
$$;

-- The tenant that has a slug, for platform and system contexts, for operators, and for people who
-- are or were its members. To anybody else it is as if there were none.
CREATE FUNCTION app.resolve_slug(wanted text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    RETURN (SELECT d.tenant_id FROM public.tenant_directory AS d
        WHERE d.slug = wanted AND d.status <> 'deleted' AND (
            claims.kind <> 'tenant'
            OR d.tenant_id = claims.tenant_id
            OR EXISTS (SELECT FROM public.memberships AS m
                WHERE m.tenant_id = d.tenant_id AND m.user_id = claims.user_id)
            OR EXISTS (SELECT FROM public.platform_roles AS p
                WHERE p.user_id = claims.user_id
                  AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp()))));
END
$$;

-- Counts anew for the given tenants, or for all. Use of the running month.
CREATE FUNCTION app.refresh_tenant_stats(wanted uuid[] DEFAULT NULL) RETURNS bigint
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

-- The platform at a glance, for operators.
CREATE FUNCTION app.platform_overview()
    RETURNS TABLE (tenants_active bigint, tenants_suspended bigint, members bigint,
        artifacts bigint, cost_today_nano bigint, cost_yesterday_nano bigint,
        tokens_today bigint, tokens_yesterday bigint, refreshed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    today timestamptz := date_trunc('day', statement_timestamp() AT TIME ZONE 'UTC')
        AT TIME ZONE 'UTC';
BEGIN
    IF NOT app.is_platform() THEN
        RAISE insufficient_privilege USING MESSAGE = 'the overview needs a platform context';
    END IF;
    RETURN QUERY
    SELECT d.active, d.suspended, s.members, s.artifacts, u.cost_today, u.cost_yesterday,
        u.tokens_today, u.tokens_yesterday, s.refreshed_at
    FROM (SELECT count(*) FILTER (WHERE x.status = 'active') AS active,
            count(*) FILTER (WHERE x.status = 'suspended') AS suspended
          FROM public.tenant_directory AS x) AS d,
        (SELECT coalesce(sum(x.members), 0)::bigint AS members,
            coalesce(sum(x.artifacts), 0)::bigint AS artifacts,
            min(x.refreshed_at) AS refreshed_at
          FROM public.tenant_stats AS x) AS s,
        (SELECT coalesce(sum(x.tenant_charge_nano) FILTER (WHERE x.created_at >= today), 0)::bigint
                AS cost_today,
            coalesce(sum(x.tenant_charge_nano) FILTER (WHERE x.created_at < today), 0)::bigint
                AS cost_yesterday,
            coalesce(sum(x.tokens_in + x.tokens_out) FILTER (WHERE x.created_at >= today), 0)::bigint
                AS tokens_today,
            coalesce(sum(x.tokens_in + x.tokens_out) FILTER (WHERE x.created_at < today), 0)::bigint
                AS tokens_yesterday
          FROM public.ai_usage_log AS x
          WHERE x.created_at >= today - interval '1 day'
            AND x.month >= date_trunc('month', (today - interval '1 day') AT TIME ZONE 'UTC')::date
         ) AS u;
END
$$;

-- Sets the context and asks the guard in one statement: what each request sends first.
CREATE FUNCTION app.enter(context text, session uuid, permission integer) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    RETURN app.guard(session, permission);
END
$$;
CREATE FUNCTION app.enter_platform(context text, session uuid, permission integer) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    RETURN app.guard_platform(session, permission);
END
$$;
CREATE FUNCTION app.enter_session(context text, session uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    RETURN app.guard_session(session);
END
$$;

GRANT EXECUTE ON FUNCTION app.enter(text, uuid, integer),
    app.enter_platform(text, uuid, integer), app.enter_session(text, uuid)
    TO authenticated_users;
GRANT EXECUTE ON FUNCTION app.guard_otherwise(uuid, integer) TO ghostworks_guard;
GRANT EXECUTE ON FUNCTION app.guard_session(uuid), app.guard(uuid, integer),
    app.guard_platform(uuid, integer), app.find_credentials(text),
    app.find_session(uuid, bytea), app.member_names(uuid[]), app.find_user(text),
    app.my_workspaces(), app.resolve_slug(text), app.platform_overview()
    TO authenticated_users;
GRANT EXECUTE ON FUNCTION app.ensure_user(uuid, text, text, text),
    app.refresh_tenant_stats(uuid[]) TO ghostworks_app;
GRANT EXECUTE ON FUNCTION app.guard_session(uuid), app.holds(integer) TO ghostworks_guard;
GRANT INSERT ON users TO ghostworks_guard;
CREATE POLICY ghostworks_guard_insert ON users FOR INSERT TO ghostworks_guard WITH CHECK (true);

RESET ROLE;
ALTER FUNCTION app.guard_session(uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.guard_otherwise(uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.guard(uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.guard_platform(uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.find_credentials(text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.find_session(uuid, bytea) OWNER TO ghostworks_guard;
ALTER FUNCTION app.member_names(uuid[]) OWNER TO ghostworks_guard;
ALTER FUNCTION app.find_user(text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.holds(integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.ensure_user(uuid, text, text, text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.my_workspaces() OWNER TO ghostworks_guard;
ALTER FUNCTION app.resolve_slug(text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.refresh_tenant_stats(uuid[]) OWNER TO ghostworks_stats;
ALTER FUNCTION app.platform_overview() OWNER TO ghostworks_stats;
