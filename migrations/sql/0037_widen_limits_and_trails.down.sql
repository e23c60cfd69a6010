SET ROLE ghostworks_owner;

-- Takes so much of a limit, or refuses with 'GW429' and what a larger plan would be. One UPDATE
-- decides: of callers who race for the last one, one gets it. A negative amount gives back, which
-- a limit below the use cannot refuse.
CREATE OR REPLACE FUNCTION app.take_quota(tenant uuid, wanted text, amount bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    refusal text;
BEGIN
    UPDATE public.tenant_quotas AS q
    SET used = greatest(q.used + amount, 0)
    WHERE q.tenant_id = tenant AND q.resource = wanted AND q.period_start = timestamptz 'epoch'
      AND (amount <= 0 OR q.used + q.reserved + amount <= q.hard);
    IF FOUND THEN
        RETURN;
    END IF;
    SELECT format('plan_limit_reached:%s:%s:%s', wanted, q.hard, coalesce((
        SELECT l.plan_id FROM public.plan_limits AS l
        JOIN public.plans AS p ON p.id = l.plan_id
        WHERE l.resource = wanted AND l.hard > q.hard AND p.rank > own.rank
        ORDER BY p.rank LIMIT 1), '')) INTO refusal
    FROM public.tenant_quotas AS q
    JOIN public.tenants AS t ON t.id = q.tenant_id
    JOIN public.plans AS own ON own.id = t.plan_id
    WHERE q.tenant_id = tenant AND q.resource = wanted AND q.period_start = timestamptz 'epoch';
    RAISE SQLSTATE 'GW429' USING MESSAGE = coalesce(refusal, 'plan_limit_reached:' || wanted || ':0:');
END
$$;

RESET ROLE;

-- The usual case of app.guard stays as it is: one join over the platform's roles. A member with a
-- role of the tenant's own making takes the slow road, which is this function, in the same call.
CREATE OR REPLACE FUNCTION app.guard_otherwise(session uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    claims app.context_claims := app.claims();
    status text;
    staff record;
    member boolean;
    granted text;
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
    IF status = 'active' THEN
        granted := app.custom_role_may(claims.tenant_id, claims.user_id, permission);
        IF granted IS NOT NULL THEN
            RETURN granted;
        END IF;
    END IF;
    SELECT true INTO member FROM public.memberships AS m
    WHERE m.tenant_id = claims.tenant_id AND m.user_id = claims.user_id AND m.status = 'active';
    RAISE SQLSTATE 'GW403' USING MESSAGE = CASE
        WHEN member IS NULL OR status IS NULL THEN 'tenant_access_denied'
        WHEN status = 'suspended' THEN 'tenant_suspended'
        ELSE 'permission_denied'
    END;
END
$$;

-- The tenant that has a slug, for platform and system contexts, for operators, and for people who
-- are or were its members. To anybody else it is as if there were none.
CREATE OR REPLACE FUNCTION app.resolve_slug(wanted text) RETURNS uuid
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
