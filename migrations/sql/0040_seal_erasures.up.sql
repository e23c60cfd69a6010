-- An erasure is final, whatever happens at the same time; lists of keys say which are refused
-- because their maker's account is; and an address is one in whichever form its letters came.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Addresses were compared as they came: é as one sign and as two were two. From now on they are
-- composed (NFC) before they are compared. Those that are here follow, unless another account has
-- the composed one: nobody is merged with anybody.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations NO FORCE ROW LEVEL SECURITY;
UPDATE users AS u SET email = normalize(u.email, NFC), email_norm = normalize(u.email_norm, NFC)
WHERE (u.email IS NOT NFC NORMALIZED OR u.email_norm IS NOT NFC NORMALIZED)
  AND NOT EXISTS (SELECT FROM users AS o
      WHERE o.id <> u.id AND normalize(o.email_norm, NFC) = normalize(u.email_norm, NFC));
UPDATE invitations AS i
SET email = normalize(i.email, NFC), email_norm = normalize(i.email_norm, NFC)
WHERE (i.email IS NOT NFC NORMALIZED OR i.email_norm IS NOT NFC NORMALIZED)
  AND NOT EXISTS (SELECT FROM invitations AS o
      WHERE o.tenant_id = i.tenant_id AND o.id <> i.id
        AND o.status = 'pending' AND i.status = 'pending'
        AND normalize(o.email_norm, NFC) = normalize(i.email_norm, NFC));
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;

UPDATE app.erasures
SET condition = '$2 IN (lower(recipient), normalize(lower(recipient), NFC))'
WHERE table_name = 'mail_outbox';

-- Lets nothing be written about a person who is erased. An erasure holds the person's row FOR
-- UPDATE until it is over: whoever writes first is seen by it, and whoever comes later waits here
-- and then sees it. The arguments are SQLSTATE and message.
CREATE FUNCTION app.refuse_erased() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM public.users AS u
    WHERE u.id = NEW.user_id AND u.status <> 'erased'
    FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = TG_ARGV[0], MESSAGE = TG_ARGV[1];
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER refuse_erased BEFORE INSERT OR UPDATE OF status ON memberships
    FOR EACH ROW WHEN (NEW.status <> 'removed')
    EXECUTE FUNCTION app.refuse_erased('GW409', 'erased');
-- What the person alone writes, or a sign-in for them.
CREATE TRIGGER refuse_erased BEFORE INSERT ON sessions
    FOR EACH ROW EXECUTE FUNCTION app.refuse_erased('GW401', 'session_revoked');
CREATE TRIGGER refuse_erased BEFORE INSERT ON known_devices
    FOR EACH ROW EXECUTE FUNCTION app.refuse_erased('GW401', 'session_revoked');
CREATE TRIGGER refuse_erased BEFORE INSERT ON one_time_tokens
    FOR EACH ROW EXECUTE FUNCTION app.refuse_erased('GW401', 'session_revoked');
CREATE TRIGGER refuse_erased BEFORE INSERT ON identities
    FOR EACH ROW EXECUTE FUNCTION app.refuse_erased('GW401', 'session_revoked');
CREATE TRIGGER refuse_erased BEFORE INSERT ON second_factors
    FOR EACH ROW EXECUTE FUNCTION app.refuse_erased('GW401', 'session_revoked');

-- A change that waited for the erasure gives the pseudonym no name.
CREATE FUNCTION app.keep_erased() RETURNS trigger
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE SQLSTATE 'GW409' USING MESSAGE = 'erased';
END
$$;
CREATE TRIGGER keep_erased BEFORE UPDATE OF email, email_norm, display_name, password_hash,
    email_verified_at, status, default_tenant_id, locale, time_zone ON users
    FOR EACH ROW WHEN (OLD.status = 'erased') EXECUTE FUNCTION app.keep_erased();

-- Who made keys of the context's tenant, is an active member there, and cannot act all the same:
-- the platform keeps the account out. It takes no name, so nobody else can be asked about.
CREATE FUNCTION app.barred_makers() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
BEGIN
    RETURN QUERY SELECT DISTINCT k.created_by
    FROM public.api_keys AS k
    JOIN public.memberships AS m
        ON m.tenant_id = k.tenant_id AND m.user_id = k.created_by AND m.status = 'active'
    JOIN public.users AS u ON u.id = k.created_by AND u.status <> 'active'
    WHERE k.tenant_id = tenant;
END
$$;
GRANT EXECUTE ON FUNCTION app.barred_makers() TO authenticated_users;

RESET ROLE;
ALTER FUNCTION app.refuse_erased() OWNER TO ghostworks_guard;
ALTER FUNCTION app.barred_makers() OWNER TO ghostworks_guard;

-- As before; whoever it finds is not erased until the end of the transaction.
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
    LOOP
        INSERT INTO public.users (id, email, email_norm, display_name)
        VALUES (new_id, shown_address, address, name)
        ON CONFLICT ON CONSTRAINT users_email_norm_key DO NOTHING;
        SELECT u.id INTO found_id FROM public.users AS u
        WHERE u.email_norm = address
        FOR KEY SHARE;
        -- Whoever had the address was erased in between, and it is free.
        EXIT WHEN FOUND;
    END LOOP;
    RETURN found_id;
END
$$;

-- As before; refused as well while the person is a member of an open workspace: who joined one
-- since the person left them all is to leave it first.
CREATE OR REPLACE FUNCTION app.erase_person(subject uuid, replacement text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    obstacle text;
    address text;
    entry record;
BEGIN
    -- A hold on the person and a membership refer to this row, so none comes between the question
    -- and the end.
    PERFORM FROM public.users AS u WHERE u.id = subject FOR UPDATE;
    obstacle := app.erasure_obstacle(subject);
    IF obstacle IS NULL AND EXISTS (SELECT FROM public.memberships AS m
        JOIN public.tenant_directory AS d ON d.tenant_id = m.tenant_id AND d.status <> 'deleted'
        WHERE m.user_id = subject AND m.status <> 'removed') THEN
        obstacle := 'member';
    END IF;
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
