-- What a tenant decides about its own people: roles of its own making, grants of single objects,
-- and invitations.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Bit n of `permissions` (counted from the low end of each byte) is permission n on everything,
-- bit n of `own` the same on what the holder made or was given. `coded` is the role as the guard
-- answers it: rank, id, both sets and the name, which therefore holds no colon.
CREATE TABLE roles (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_norm text COLLATE "C" GENERATED ALWAYS AS (app.fold(name)) STORED,
    rank integer NOT NULL,
    permissions bytea NOT NULL,
    own bytea NOT NULL,
    coded text GENERATED ALWAYS AS (
        'custom/' || rank::text || '/' || id::text || '/' || encode(permissions, 'hex') || '/'
            || encode(own, 'hex') || '/' || name) STORED,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT roles_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT roles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT roles_name_key UNIQUE (tenant_id, name_norm),
    CONSTRAINT roles_name_length CHECK (char_length(name) BETWEEN 1 AND 50 AND name !~ ':'),
    CONSTRAINT roles_rank CHECK (rank BETWEEN 1 AND 79),
    CONSTRAINT roles_permissions_size
        CHECK (octet_length(permissions) = 16 AND octet_length(own) = 16),
    -- The platform's permissions (0 to 8), workspace.delete and owner.manage are in no such role.
    CONSTRAINT roles_permissions_reserved CHECK (
        get_byte(permissions, 0) = 0 AND get_byte(own, 0) = 0
        AND get_byte(permissions, 1) & 97 = 0 AND get_byte(own, 1) & 97 = 0)
);
CREATE INDEX roles_rank_idx ON roles (tenant_id, rank DESC, id);
CALL app.wall('roles');
CALL app.open_to('ghostworks_guard', 'roles');
GRANT SELECT ON roles TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON roles TO ghostworks_app;

-- Exactly one role, of the platform's or of the tenant's making. Removed members fall back to
-- guest, so that a role which nobody holds can be deleted.
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships ALTER COLUMN role_key DROP NOT NULL;
ALTER TABLE memberships ADD COLUMN role_id uuid;
ALTER TABLE memberships
    ADD CONSTRAINT memberships_one_role CHECK (num_nonnulls(role_key, role_id) = 1),
    ADD CONSTRAINT memberships_role_id_fkey
        FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id);
CREATE INDEX memberships_role_id_idx ON memberships (tenant_id, role_id)
    WHERE role_id IS NOT NULL;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE roles FORCE ROW LEVEL SECURITY;

-- Single objects that a member was given, beyond what the role reaches.
CREATE TABLE member_grants (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    resource_kind text NOT NULL,
    resource_id uuid NOT NULL,
    permissions bytea NOT NULL,
    granted_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT member_grants_pkey PRIMARY KEY (tenant_id, user_id, resource_kind, resource_id),
    CONSTRAINT member_grants_user_id_fkey
        FOREIGN KEY (tenant_id, user_id) REFERENCES memberships (tenant_id, user_id),
    CONSTRAINT member_grants_kind CHECK (resource_kind IN ('artifact')),
    CONSTRAINT member_grants_permissions_size CHECK (octet_length(permissions) = 16)
);
CALL app.wall('member_grants');
GRANT SELECT ON member_grants TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON member_grants TO ghostworks_app;

-- Invitations, by mail address; the token's SHA-256 only. A pending one holds a seat of
-- tenant_quotas(users).reserved and keeps its role from being deleted; a settled one keeps the
-- role's name alone.
CREATE TABLE invitations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    email_norm text NOT NULL,
    role_key text,
    role_id uuid,
    role_name text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    token_hash bytea NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    invited_by uuid NOT NULL,
    by_support boolean NOT NULL DEFAULT false,
    accepted_by uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    settled_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT invitations_role_key_fkey FOREIGN KEY (role_key) REFERENCES roles_system (key),
    CONSTRAINT invitations_role_id_fkey
        FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id),
    CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users (id),
    CONSTRAINT invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES users (id),
    CONSTRAINT invitations_token_hash_key UNIQUE (tenant_id, token_hash),
    CONSTRAINT invitations_token_hash_size CHECK (octet_length(token_hash) = 32),
    CONSTRAINT invitations_status
        CHECK (status IN ('pending', 'accepted', 'declined', 'revoked', 'expired')),
    CONSTRAINT invitations_language CHECK (language IN ('en', 'ar')),
    CONSTRAINT invitations_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    CONSTRAINT invitations_one_role
        CHECK (num_nonnulls(role_key, role_id) = CASE WHEN status = 'pending' THEN 1 ELSE 0 END),
    CONSTRAINT invitations_settled CHECK ((settled_at IS NULL) = (status = 'pending')),
    CONSTRAINT invitations_accepted CHECK ((accepted_by IS NULL) = (status <> 'accepted'))
);
CREATE UNIQUE INDEX invitations_pending_key ON invitations (tenant_id, email_norm)
    WHERE status = 'pending';
CREATE INDEX invitations_created_at_idx
    ON invitations (tenant_id, status, created_at DESC, id DESC);
CREATE INDEX invitations_role_id_idx ON invitations (tenant_id, role_id)
    WHERE role_id IS NOT NULL;
CREATE INDEX invitations_email_norm_idx ON invitations (email_norm) WHERE status = 'pending';
CREATE INDEX invitations_expires_at_idx ON invitations (expires_at) WHERE status = 'pending';
CALL app.wall('invitations');
CALL app.open_to('ghostworks_guard', 'invitations');
GRANT SELECT ON invitations TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON invitations TO ghostworks_app;

-- What a role of the tenant's own making lets an active member do: the role's code, with ':own'
-- behind it; NULL for the platform's roles and when the permission is not held.
CREATE FUNCTION app.custom_role_may(tenant uuid, member uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT CASE WHEN get_bit(r.permissions, permission) = 1 THEN r.coded
            ELSE r.coded || ':own' END
    FROM public.memberships AS m
    JOIN public.roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
    WHERE m.tenant_id = tenant AND m.user_id = member AND m.status = 'active'
      AND (get_bit(r.permissions, permission) = 1 OR get_bit(r.own, permission) = 1));
END
$$;

-- What an active member may do in a tenant: the role, with ':own' behind it when it reaches only
-- what the member made; NULL when the permission is not held. For other definers.
CREATE FUNCTION app.member_may(tenant uuid, member uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    role text;
    custom boolean;
    own boolean;
BEGIN
    SELECT m.role_key, m.role_id IS NOT NULL, g.own INTO role, custom, own
    FROM public.memberships AS m
    JOIN public.users AS u ON u.id = m.user_id AND u.status = 'active'
    JOIN public.tenants AS t ON t.id = m.tenant_id AND t.status = 'active'
    LEFT JOIN public.role_permissions AS g
        ON g.role_key = m.role_key AND g.permission_id = permission
    WHERE m.tenant_id = tenant AND m.user_id = member AND m.status = 'active';
    RETURN CASE
        WHEN custom THEN app.custom_role_may(tenant, member, permission)
        WHEN own THEN role || ':own'
        WHEN NOT own THEN role
    END;
END
$$;

-- The same for a member of the context's tenant: whether who invited somebody still may.
CREATE FUNCTION app.colleague_may(member uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN app.member_may(app.tenant_id(), member, permission);
END
$$;

-- What the acting user's mail address is invited to.
CREATE FUNCTION app.my_invitations()
    RETURNS TABLE (tenant_id uuid, id uuid, workspace text, slug text, role_name text,
        inviter text, created_at timestamptz, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    acting uuid := app.user_id();
BEGIN
    RETURN QUERY SELECT i.tenant_id, i.id, d.name, d.slug, i.role_name, b.display_name,
        i.created_at, i.expires_at
    FROM public.users AS u
    JOIN public.invitations AS i ON i.email_norm = u.email_norm AND i.status = 'pending'
        AND i.expires_at > statement_timestamp()
    JOIN public.tenant_directory AS d ON d.tenant_id = i.tenant_id AND d.status = 'active'
    JOIN public.users AS b ON b.id = i.invited_by
    WHERE u.id = acting
    ORDER BY i.created_at DESC, i.id DESC
    LIMIT 100;
END
$$;

-- The tenants in which an invitation has run out and still holds its seat; for housekeeping.
CREATE FUNCTION app.tenants_with_overdue_invitations() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'overdue invitations need a system context';
    END IF;
    RETURN QUERY SELECT DISTINCT i.tenant_id FROM public.invitations AS i
    WHERE i.status = 'pending' AND i.expires_at <= statement_timestamp()
    LIMIT 1000;
END
$$;

GRANT EXECUTE ON FUNCTION app.custom_role_may(uuid, uuid, integer),
    app.member_may(uuid, uuid, integer) TO ghostworks_guard;
GRANT EXECUTE ON FUNCTION app.colleague_may(uuid, integer),
    app.tenants_with_overdue_invitations() TO ghostworks_app;
GRANT EXECUTE ON FUNCTION app.my_invitations() TO authenticated_users;

RESET ROLE;
ALTER FUNCTION app.custom_role_may(uuid, uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.member_may(uuid, uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.colleague_may(uuid, integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.my_invitations() OWNER TO ghostworks_guard;
ALTER FUNCTION app.tenants_with_overdue_invitations() OWNER TO ghostworks_guard;

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
    ) OR (claims.support_session_id IS NULL
        AND app.custom_role_may(claims.tenant_id, claims.user_id, permission) IS NOT NULL
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

-- The workspaces of the acting user; `role_key` is the code of a role of the tenant's own making.
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
    RETURN QUERY SELECT d.tenant_id, d.slug, d.name, d.status, d.plan_id,
        coalesce(m.role_key, r.coded), d.created_at
    FROM public.user_tenants AS t
    JOIN public.tenant_directory AS d ON d.tenant_id = t.tenant_id AND d.status <> 'deleted'
    JOIN public.memberships AS m
        ON m.tenant_id = t.tenant_id AND m.user_id = acting AND m.status = 'active'
    LEFT JOIN public.roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
    WHERE t.user_id = acting
    ORDER BY d.name_norm, d.tenant_id;
END
$$;
