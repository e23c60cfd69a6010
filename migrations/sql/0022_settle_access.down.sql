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

CREATE OR REPLACE FUNCTION app.erasure_obstacle(subject uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'an erasure needs a system context';
    END IF;
    RETURN CASE
        WHEN EXISTS (SELECT FROM public.legal_holds AS h
            WHERE h.released_at IS NULL AND (h.subject_id = subject
                OR (h.subject_id IS NULL AND EXISTS (SELECT FROM public.memberships AS m
                    WHERE m.tenant_id = h.tenant_id AND m.user_id = subject))))
            THEN 'legal_hold'
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
      AND (get_bit(r.permissions, permission) = 1 OR get_bit(r.own, permission) = 1));
END
$$;

SET ROLE ghostworks_owner;
DROP TABLE held_names;
DELETE FROM app.walls WHERE table_name = 'public.held_names';
DELETE FROM role_permissions
WHERE (role_key, permission_id) IN (('admin', 34), ('brand_creator', 33), ('brand_creator', 34));
DROP INDEX invitations_recipient_idx;
ALTER TABLE invitations DROP COLUMN sends;
ALTER TABLE one_time_tokens NO FORCE ROW LEVEL SECURITY;
DELETE FROM one_time_tokens WHERE kind = 'mfa';
ALTER TABLE one_time_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE one_time_tokens DROP CONSTRAINT one_time_tokens_kind;
ALTER TABLE one_time_tokens
    ADD CONSTRAINT one_time_tokens_kind CHECK (kind IN ('verify', 'reset'));
RESET ROLE;
