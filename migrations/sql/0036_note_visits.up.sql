-- When a member was last seen in the workspace. It stands at the membership, not at the person or
-- the session: what somebody does in another workspace is not told here.
SET ROLE ghostworks_owner;
SET row_security = off;

ALTER TABLE memberships ADD COLUMN last_seen_at timestamptz;
CREATE POLICY ghostworks_guard_update ON memberships FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);
GRANT UPDATE (last_seen_at) ON memberships TO ghostworks_guard;

-- The operators' overview names the tenants that cost most.
CREATE INDEX tenant_stats_cost_idx ON tenant_stats (ai_cost_nano DESC, tenant_id DESC)
    WHERE ai_cost_nano > 0;

-- Notes which members were seen where, a minute's accuracy; for the process, which samples. A row
-- that somebody is changing is left: who is there is seen again a minute later.
CREATE FUNCTION app.touch_members(tenants uuid[], people uuid[], moments timestamptz[])
    RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    touched bigint;
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'visits need a system context';
    END IF;
    UPDATE public.memberships AS m
    SET last_seen_at = v.moment
    FROM (SELECT l.tenant_id, l.user_id, u.moment
        FROM unnest(tenants, people, moments) AS u (tenant_id, user_id, moment)
        JOIN public.memberships AS l ON l.tenant_id = u.tenant_id AND l.user_id = u.user_id
        WHERE l.status = 'active'
          AND (l.last_seen_at IS NULL OR l.last_seen_at <= u.moment - interval '1 minute')
        FOR NO KEY UPDATE OF l SKIP LOCKED) AS v
    WHERE m.tenant_id = v.tenant_id AND m.user_id = v.user_id;
    GET DIAGNOSTICS touched = ROW_COUNT;
    RETURN touched;
END
$$;
GRANT EXECUTE ON FUNCTION app.touch_members(uuid[], uuid[], timestamptz[]) TO ghostworks_app;

RESET ROLE;
ALTER FUNCTION app.touch_members(uuid[], uuid[], timestamptz[]) OWNER TO ghostworks_guard;
