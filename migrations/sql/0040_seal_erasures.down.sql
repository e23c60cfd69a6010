-- Addresses that were composed stay so: an older version finds them as they are written then.
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
        default_tenant_id = NULL, locale = 'en', time_zone = NULL, version = u.version + 1,
        updated_at = clock_timestamp(), erased_at = clock_timestamp()
    WHERE u.id = subject;
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION app.ensure_user(new_id uuid, address text, shown_address text, name text)
    RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_id uuid;
BEGIN
    IF NOT (app.is_global() OR app.holds(16)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'people are made by those who add members';
    END IF;
    INSERT INTO public.users (id, email, email_norm, display_name)
    VALUES (new_id, shown_address, address, name)
    ON CONFLICT ON CONSTRAINT users_email_norm_key DO NOTHING;
    SELECT u.id INTO found_id FROM public.users AS u WHERE u.email_norm = address;
    RETURN found_id;
END
$$;

SET ROLE ghostworks_owner;
SET row_security = off;

DROP TRIGGER keep_erased ON users;
DROP FUNCTION app.keep_erased();
DROP TRIGGER refuse_erased ON second_factors;
DROP TRIGGER refuse_erased ON identities;
DROP TRIGGER refuse_erased ON one_time_tokens;
DROP TRIGGER refuse_erased ON known_devices;
DROP TRIGGER refuse_erased ON sessions;
DROP TRIGGER refuse_erased ON memberships;

UPDATE app.erasures SET condition = 'lower(recipient) = $2' WHERE table_name = 'mail_outbox';

RESET ROLE;
DROP FUNCTION app.barred_makers();
DROP FUNCTION app.refuse_erased();
