-- The functions of the guard as they were before roles of the tenant's own making. Their holders
-- become guests.
CREATE OR REPLACE FUNCTION app.guard_otherwise(session uuid, permission integer) RETURNS text
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

CREATE OR REPLACE FUNCTION app.holds(permission integer) RETURNS boolean
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

CREATE OR REPLACE FUNCTION app.my_workspaces()
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

DROP FUNCTION app.tenants_with_overdue_invitations();
DROP FUNCTION app.my_invitations();
DROP FUNCTION app.colleague_may(uuid, integer);
DROP FUNCTION app.member_may(uuid, uuid, integer);
DROP FUNCTION app.custom_role_may(uuid, uuid, integer);

SET ROLE ghostworks_owner;
SET row_security = off;
DROP TABLE invitations;
DROP TABLE member_grants;
ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships DROP CONSTRAINT memberships_one_role;
UPDATE memberships SET role_key = 'guest' WHERE role_key IS NULL;
ALTER TABLE memberships DROP COLUMN role_id;
ALTER TABLE memberships ALTER COLUMN role_key SET NOT NULL;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
DROP TABLE roles;
DELETE FROM app.walls
WHERE table_name IN ('public.roles', 'public.member_grants', 'public.invitations');
RESET ROLE;
