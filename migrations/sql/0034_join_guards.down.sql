SET ROLE ghostworks_owner;
DROP FUNCTION app.enter(text, uuid, integer);
RESET ROLE;
ALTER FUNCTION app.guard(uuid, integer) RENAME TO guard_stamped;
SET ROLE ghostworks_owner;

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

-- Sets the context and asks the guard in one statement: what each request sends first.
CREATE FUNCTION app.enter(context text, session uuid, permission integer) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    RETURN app.guard(session, permission);
END
$$;

-- Sets the context and asks the guard in one statement, for whoever remembers the answer.
CREATE FUNCTION app.enter_stamped(context text, session uuid, permission integer,
    OUT role_key text, OUT access_stamp uuid)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    SELECT g.role_key, g.access_stamp INTO role_key, access_stamp
    FROM app.guard_stamped(session, permission) AS g;
END
$$;

GRANT EXECUTE ON FUNCTION app.enter(text, uuid, integer), app.guard(uuid, integer),
    app.enter_stamped(text, uuid, integer) TO authenticated_users;
RESET ROLE;
ALTER FUNCTION app.guard(uuid, integer) OWNER TO ghostworks_guard;
