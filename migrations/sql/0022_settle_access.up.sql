-- What was open about sign-in and access: a sign-in's token that opens one session, a pause between
-- the mails of an invitation, what every member may ask about themselves, and legal holds that keep
-- what their workspace has of a person, and not the person's account.
SET ROLE ghostworks_owner;
SET row_security = off;

-- `mfa`: a token of a sign-in that was used; it was never mailed, and its row is made by its use.
ALTER TABLE one_time_tokens DROP CONSTRAINT one_time_tokens_kind;
ALTER TABLE one_time_tokens
    ADD CONSTRAINT one_time_tokens_kind CHECK (kind IN ('verify', 'reset', 'mfa'));

-- How often the invitation was mailed on the day of sent_at, by UTC.
ALTER TABLE invitations
    ADD COLUMN sends integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT invitations_sends CHECK (sends > 0);
CREATE INDEX invitations_recipient_idx ON invitations (tenant_id, email_norm, sent_at);

-- Everybody may ask for a copy of what a workspace has about them, and to be forgotten there.
INSERT INTO role_permissions (role_key, permission_id, own, support_mode) VALUES
    ('admin', 34, true, NULL),
    ('brand_creator', 33, true, NULL),
    ('brand_creator', 34, true, NULL);

-- What a workspace on hold knew a person by whose account is gone. Whoever releases the last hold
-- lets it go.
CREATE TABLE held_names (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT held_names_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT held_names_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT held_names_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CALL app.wall('held_names');
CALL app.open_to('ghostworks_guard', 'held_names');
GRANT SELECT ON held_names TO ghostworks_app, ghostworks_reader;
GRANT DELETE ON held_names TO ghostworks_app;
CREATE POLICY ghostworks_guard_keep ON held_names FOR INSERT TO ghostworks_guard
    WITH CHECK (true);
GRANT INSERT ON held_names TO ghostworks_guard;

RESET ROLE;
-- As before; what is about one's own person (33, 34, 82) comes with every role.
CREATE OR REPLACE FUNCTION app.custom_role_may(tenant uuid, member uuid, permission integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT CASE WHEN get_bit(r.permissions, permission) = 1 THEN r.coded
            ELSE r.coded || ':own' END
    FROM public.memberships AS m
    JOIN public.roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
    WHERE m.tenant_id = tenant AND m.user_id = member AND m.status = 'active'
      AND (get_bit(r.permissions, permission) = 1 OR get_bit(r.own, permission) = 1
          OR permission IN (33, 34, 82)));
END
$$;

-- As before, without the holds of workspaces.
CREATE OR REPLACE FUNCTION app.erasure_obstacle(subject uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'an erasure needs a system context';
    END IF;
    RETURN CASE
        WHEN EXISTS (SELECT FROM public.platform_roles AS p
            WHERE p.user_id = subject
              AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp()))
            THEN 'operator'
        WHEN EXISTS (SELECT FROM public.memberships AS m
            JOIN public.tenants AS t ON t.id = m.tenant_id AND t.status <> 'deleted'
            WHERE m.user_id = subject AND m.role_key = 'owner' AND m.status = 'active'
              AND NOT EXISTS (SELECT FROM public.memberships AS o
                  WHERE o.tenant_id = m.tenant_id AND o.user_id <> subject
                    AND o.role_key = 'owner' AND o.status = 'active'))
            THEN 'sole_owner'
    END;
END
$$;

-- As before; what a workspace on hold knew the person by stays with it.
CREATE OR REPLACE FUNCTION app.erase_person(subject uuid, replacement text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    obstacle text;
    address text;
    entry record;
BEGIN
    -- A hold on the person refers to this row, so none comes between the question and the end.
    PERFORM FROM public.users AS u WHERE u.id = subject FOR UPDATE;
    obstacle := app.erasure_obstacle(subject);
    IF obstacle IS NOT NULL THEN
        RAISE SQLSTATE 'GW409' USING MESSAGE = obstacle;
    END IF;
    SELECT u.email_norm INTO address FROM public.users AS u
    WHERE u.id = subject AND u.status <> 'erased';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.held_names (tenant_id, user_id, email, display_name)
    SELECT m.tenant_id, m.user_id, u.email, u.display_name
    FROM public.memberships AS m
    JOIN public.users AS u ON u.id = m.user_id
    WHERE m.user_id = subject AND EXISTS (SELECT FROM public.legal_holds AS h
        WHERE h.tenant_id = m.tenant_id AND h.released_at IS NULL
          AND (h.subject_id IS NULL OR h.subject_id = subject));
    FOR entry IN SELECT e.table_name, e.condition FROM app.erasures AS e ORDER BY e.position LOOP
        EXECUTE format('DELETE FROM public.%I WHERE %s', entry.table_name, entry.condition)
            USING subject, address;
    END LOOP;
    UPDATE public.invitations AS i SET email = replacement, email_norm = replacement
    WHERE i.email_norm = address AND i.status = 'pending';
    UPDATE public.users AS u
    SET email = replacement, email_norm = replacement, display_name = 'Erased person',
        password_hash = NULL, email_verified_at = NULL, status = 'erased',
        default_tenant_id = NULL, locale = 'en', version = u.version + 1,
        updated_at = clock_timestamp(), erased_at = clock_timestamp()
    WHERE u.id = subject;
    RETURN true;
END
$$;
