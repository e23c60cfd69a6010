-- A session carries a stamp that changes with whatever its person may do. A process that was once
-- told what a member may do, and under which stamp, asks from then on whether the stamp is still
-- the same: one row instead of five tables in every read.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Random, so that no stamp comes back, not even when a backup does.
ALTER TABLE sessions ADD COLUMN access_stamp uuid NOT NULL DEFAULT gen_random_uuid();
GRANT UPDATE (access_stamp) ON sessions TO ghostworks_guard;
CREATE POLICY ghostworks_guard_update ON sessions FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);

-- Gives new stamps to the sessions of whom a change may take rights from. Rows are locked in the
-- order of their keys, whatever changes at the same time.
CREATE FUNCTION app.restamp() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    people uuid[];
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'memberships' THEN people := ARRAY[OLD.user_id];
        WHEN 'users' THEN people := ARRAY[OLD.id];
        WHEN 'tenants' THEN
            people := ARRAY(SELECT m.user_id FROM public.memberships AS m
                WHERE m.tenant_id = OLD.id AND m.status = 'active');
        ELSE people := ARRAY(SELECT DISTINCT s.user_id FROM public.sessions AS s
            WHERE s.revoked_at IS NULL);
    END CASE;
    UPDATE public.sessions AS s SET access_stamp = gen_random_uuid()
    FROM (SELECT l.id FROM public.sessions AS l
        WHERE l.user_id = ANY (people) AND l.revoked_at IS NULL ORDER BY l.id FOR UPDATE) AS held
    WHERE s.id = held.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER restamp_on_update AFTER UPDATE OF status, role_key, role_id ON memberships
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status
        OR OLD.role_key IS DISTINCT FROM NEW.role_key OR OLD.role_id IS DISTINCT FROM NEW.role_id)
    EXECUTE FUNCTION app.restamp();
CREATE TRIGGER restamp_on_delete AFTER DELETE ON memberships
    FOR EACH ROW EXECUTE FUNCTION app.restamp();
CREATE TRIGGER restamp AFTER UPDATE OF status ON users
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION app.restamp();
CREATE TRIGGER restamp AFTER UPDATE OF status ON tenants
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION app.restamp();
CREATE TRIGGER restamp AFTER UPDATE OR DELETE ON role_permissions
    FOR EACH STATEMENT EXECUTE FUNCTION app.restamp();

-- What app.guard answers, with the session's stamp for a member with one of the platform's roles:
-- both of one snapshot. Roles of a tenant's own making and support sessions have no stamp, because
-- more than the tables above decides about them.
CREATE FUNCTION app.guard_stamped(session uuid, permission integer,
    OUT role_key text, OUT access_stamp uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    IF claims.kind = 'tenant' AND claims.support_session_id IS NULL THEN
        SELECT m.role_key || CASE WHEN g.own THEN ':own' ELSE '' END, s.access_stamp
        INTO role_key, access_stamp
        FROM public.sessions AS s, public.users AS u, public.memberships AS m,
            public.tenants AS t, public.role_permissions AS g
        WHERE s.id = session AND s.user_id = claims.user_id AND s.revoked_at IS NULL
          AND s.expires_at > statement_timestamp()
          AND u.id = claims.user_id AND u.status = 'active'
          AND m.tenant_id = claims.tenant_id AND m.user_id = claims.user_id
          AND m.status = 'active'
          AND t.id = claims.tenant_id AND t.status = 'active'
          AND g.role_key = m.role_key AND g.permission_id = permission;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    role_key := app.guard_otherwise(session, permission);
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

-- Is what was answered under this stamp still so? 'GW419' when not. It opens nothing: rows come
-- through the walls, which prove the context themselves.
CREATE FUNCTION app.confirm_stamp(session uuid, stamp uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM public.sessions AS s
    WHERE s.id = session AND s.access_stamp = stamp AND s.revoked_at IS NULL
      AND s.expires_at > statement_timestamp();
    IF NOT FOUND THEN
        RAISE SQLSTATE 'GW419' USING MESSAGE = 'access_changed';
    END IF;
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION app.enter_stamped(text, uuid, integer),
    app.guard_stamped(uuid, integer), app.confirm_stamp(uuid, uuid) TO authenticated_users;

RESET ROLE;
ALTER FUNCTION app.restamp() OWNER TO ghostworks_guard;
ALTER FUNCTION app.guard_stamped(uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.confirm_stamp(uuid, uuid) OWNER TO ghostworks_guard;
