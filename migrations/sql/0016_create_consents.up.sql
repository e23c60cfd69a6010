-- What operators do with people, with each other and inside tenants: platform roles that never run
-- out, an owner's consent to support, and what the serving processes measured last.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The last-super-admin guard. Whoever changes who is a super-admin locks this row first and counts
-- anew under the lock, so the second of two who revoke each other fails the check. Only grants
-- without an end to people who are not disabled count: the others run out by themselves.
CREATE TABLE platform_counters (
    single boolean NOT NULL DEFAULT true,
    super_admins bigint NOT NULL,
    opened boolean NOT NULL,
    CONSTRAINT platform_counters_pkey PRIMARY KEY (single),
    CONSTRAINT platform_counters_single CHECK (single),
    CONSTRAINT platform_counters_last_super_admin CHECK (super_admins >= 1 OR NOT opened)
);
ALTER TABLE platform_roles NO FORCE ROW LEVEL SECURITY;
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
INSERT INTO platform_counters (super_admins, opened)
SELECT count(*), count(*) > 0
FROM platform_roles AS p
JOIN users AS u ON u.id = p.user_id AND u.status = 'active'
WHERE p.role = 'super_admin' AND p.expires_at IS NULL;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE platform_roles FORCE ROW LEVEL SECURITY;
CALL app.wall_global('platform_counters');
GRANT SELECT ON platform_counters TO ghostworks_app, ghostworks_reader;
GRANT UPDATE ON platform_counters TO ghostworks_app;

-- A grant ends by its time: revoking one sets the time, so that the row still tells who gave it.
GRANT UPDATE (granted_by, granted_at, expires_at) ON platform_roles TO ghostworks_app;
CREATE INDEX platform_roles_granted_at_idx
    ON platform_roles (granted_at DESC, user_id DESC, role DESC);
CREATE INDEX users_created_at_idx ON users (created_at DESC, id DESC);
CREATE INDEX sessions_created_at_idx ON sessions (user_id, created_at DESC, id DESC);
CREATE INDEX support_sessions_staff_user_id_idx ON support_sessions (staff_user_id)
    WHERE ended_at IS NULL;

-- An owner's consent to support sessions that write, for a while. The token is shown once.
CREATE TABLE support_consents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    note text,
    personal_data boolean NOT NULL,
    granted_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by uuid,
    CONSTRAINT support_consents_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT support_consents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT support_consents_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES users (id),
    CONSTRAINT support_consents_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES users (id),
    CONSTRAINT support_consents_token_hash_size CHECK (octet_length(token_hash) = 32),
    CONSTRAINT support_consents_note_length CHECK (char_length(note) BETWEEN 1 AND 200),
    CONSTRAINT support_consents_life
        CHECK (expires_at > created_at AND expires_at <= created_at + interval '7 days')
);
CREATE INDEX support_consents_created_at_idx
    ON support_consents (tenant_id, created_at DESC, id DESC);
CALL app.wall('support_consents');
GRANT SELECT ON support_consents TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE (revoked_at, revoked_by) ON support_consents TO ghostworks_app;

-- Whether the consent that a session rests on opens personal data as well.
ALTER TABLE support_sessions ADD COLUMN personal_data boolean NOT NULL DEFAULT false;
CREATE INDEX support_sessions_consent_token_id_idx
    ON support_sessions (tenant_id, consent_token_id) WHERE consent_token_id IS NOT NULL;

-- What each serving process measured in its last minute. It is written every few seconds and
-- worth nothing after a crash.
CREATE UNLOGGED TABLE node_figures (
    node_id uuid NOT NULL,
    host text NOT NULL,
    started_at timestamptz NOT NULL,
    measured_at timestamptz NOT NULL,
    requests bigint NOT NULL,
    errors bigint NOT NULL,
    p50_us bigint,
    p99_us bigint,
    pool_size bigint NOT NULL,
    pool_in_use bigint NOT NULL,
    pool_waiting bigint NOT NULL,
    pool_timeouts bigint NOT NULL,
    CONSTRAINT node_figures_pkey PRIMARY KEY (node_id)
);
CALL app.wall_global('node_figures');
GRANT SELECT ON node_figures TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON node_figures TO ghostworks_app;

-- Where a person is a member, for operators who manage people.
CREATE FUNCTION app.user_places(person uuid)
    RETURNS TABLE (tenant_id uuid, slug text, name text, role_key text, status text,
        joined_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_platform() THEN
        RAISE insufficient_privilege USING MESSAGE = 'a person''s places need a platform context';
    END IF;
    RETURN QUERY SELECT d.tenant_id, d.slug, d.name, coalesce(m.role_key, r.name),
        m.status, m.joined_at
    FROM public.memberships AS m
    JOIN public.tenant_directory AS d ON d.tenant_id = m.tenant_id AND d.status <> 'deleted'
    LEFT JOIN public.roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
    WHERE m.user_id = person AND m.status <> 'removed'
    ORDER BY d.name_norm, d.tenant_id;
END
$$;

-- The tenants that would be left without an owner who can sign in.
CREATE FUNCTION app.sole_ownerships(person uuid) RETURNS TABLE (slug text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_global() THEN
        RAISE insufficient_privilege USING MESSAGE = 'ownerships need a platform context';
    END IF;
    RETURN QUERY SELECT d.slug
    FROM public.memberships AS m
    JOIN public.tenant_directory AS d ON d.tenant_id = m.tenant_id AND d.status <> 'deleted'
    WHERE m.user_id = person AND m.role_key = 'owner' AND m.status = 'active'
      AND NOT EXISTS (
          SELECT FROM public.memberships AS o
          JOIN public.users AS u ON u.id = o.user_id AND u.status = 'active'
          WHERE o.tenant_id = m.tenant_id AND o.user_id <> person AND o.role_key = 'owner'
            AND o.status = 'active')
    ORDER BY d.slug;
END
$$;

-- The owners of the context's tenant: for operators, and for whoever sees all its members.
CREATE FUNCTION app.tenant_owners() RETURNS TABLE (user_id uuid, display_name text, email text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    IF NOT coalesce(CASE
        WHEN claims.mode = 'key' THEN false
        WHEN claims.kind IS DISTINCT FROM 'tenant' THEN app.is_global()
        WHEN claims.support_session_id IS NOT NULL THEN app.holds(15)
        ELSE app.member_may(claims.tenant_id, claims.user_id, 15) NOT LIKE '%:own'
    END, false) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT u.id, u.display_name, u.email
    FROM public.memberships AS m
    JOIN public.users AS u ON u.id = m.user_id
    WHERE m.tenant_id = claims.tenant_id AND m.role_key = 'owner' AND m.status = 'active'
    ORDER BY m.joined_at, u.id;
END
$$;

-- Whether an operator may bring somebody into the tenant during a support session: neither
-- themselves nor anybody with a role on the platform, who would stay when the session is over.
CREATE FUNCTION app.support_may_bring(address text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
BEGIN
    IF claims.support_session_id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is asked in a support session only';
    END IF;
    RETURN NOT EXISTS (SELECT FROM public.users AS u
        WHERE u.email_norm = address AND (
            u.id = claims.user_id
            OR EXISTS (SELECT FROM public.platform_roles AS p
                WHERE p.user_id = u.id
                  AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp()))));
END
$$;

-- Whether an operator who invited somebody to the context's tenant is one still.
CREATE FUNCTION app.support_still_may(inviter uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF app.tenant_id() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is asked in a tenant only';
    END IF;
    RETURN EXISTS (SELECT FROM public.platform_roles AS p
        JOIN public.users AS u ON u.id = p.user_id AND u.status = 'active'
        WHERE p.user_id = inviter
          AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp()));
END
$$;

GRANT EXECUTE ON FUNCTION app.user_places(uuid), app.sole_ownerships(uuid), app.tenant_owners(),
    app.support_may_bring(text), app.support_still_may(uuid) TO authenticated_users;

RESET ROLE;
ALTER FUNCTION app.user_places(uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.sole_ownerships(uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.tenant_owners() OWNER TO ghostworks_guard;
ALTER FUNCTION app.support_may_bring(text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.support_still_may(uuid) OWNER TO ghostworks_guard;
