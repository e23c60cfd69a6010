SET ROLE ghostworks_owner;
SET row_security = off;

-- What an active member may do in a tenant: the role, with ':own' behind it when it reaches only
-- what the member made; NULL when the permission is not held. For other definers.
CREATE FUNCTION app.member_may(tenant uuid, member uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT CASE WHEN g.own THEN m.role_key || ':own' ELSE m.role_key END
    FROM public.memberships AS m
    JOIN public.users AS u ON u.id = m.user_id AND u.status = 'active'
    JOIN public.tenants AS t ON t.id = m.tenant_id AND t.status = 'active'
    JOIN public.role_permissions AS g ON g.role_key = m.role_key AND g.permission_id = permission
    WHERE m.tenant_id = tenant AND m.user_id = member AND m.status = 'active');
END
$$;
GRANT EXECUTE ON FUNCTION app.member_may(uuid, uuid, integer) TO ghostworks_guard;

RESET ROLE;
ALTER FUNCTION app.member_may(uuid, uuid, integer) OWNER TO ghostworks_guard;
