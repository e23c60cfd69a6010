-- A bell for screens: who watches a place hears that something changed there, and nothing else.
-- The bell says no word: what changed is asked of the tables, through the walls.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Names of channels are made with this, so that nobody can listen at a place by knowing its id.
CREATE TABLE app.bell_keys (
    secret bytea NOT NULL,
    CONSTRAINT bell_keys_pkey PRIMARY KEY (secret),
    CONSTRAINT bell_keys_secret_size CHECK (octet_length(secret) = 32)
);
INSERT INTO app.walls (table_name, kind) VALUES ('app.bell_keys', 'internal');

-- Makes the key where there is none: a copy of the database without it has no bells.
CREATE FUNCTION app.ensure_bell_key() RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO app.bell_keys (secret)
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    WHERE NOT EXISTS (SELECT FROM app.bell_keys)
$$;
SELECT app.ensure_bell_key();

-- Whether bells can ring, for who examines the database.
CREATE FUNCTION app.has_bell_key() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$SELECT EXISTS (SELECT FROM app.bell_keys)$$;
GRANT EXECUTE ON FUNCTION app.has_bell_key() TO authenticated_users;

-- The channel of a place; for the two functions below alone, whose plans it becomes a part of.
CREATE FUNCTION app.bell(secret bytea, place text) RETURNS text
LANGUAGE sql STABLE
AS $$SELECT 'gw_' || left(encode(sha256(secret || convert_to(place, 'UTF8')), 'hex'), 40)$$;

-- The lock that the watchers of a channel hold together.
CREATE FUNCTION app.bell_lock(channel text) RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$SELECT ('x' || substr(channel, 4, 16))::bit(64)::bigint$$;

-- Which channel to listen to, and which lock to share while doing so, for a place of the context:
-- its tenant, the calls to models of its tenant, its person, or the platform.
CREATE FUNCTION app.find_bell(topic text, OUT channel text, OUT watch_key bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claims app.context_claims := app.claims();
    place text;
BEGIN
    place := CASE
        WHEN topic IN ('tenant', 'calls') AND claims.kind = 'tenant'
            THEN topic || ':' || claims.tenant_id
        WHEN topic = 'person' AND claims.kind = 'tenant' THEN topic || ':' || claims.user_id
        WHEN topic = 'platform' AND claims.kind = 'platform' THEN topic
    END;
    IF place IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this context hears no such bell';
    END IF;
    SELECT app.bell(k.secret, place) INTO channel FROM app.bell_keys AS k;
    watch_key := app.bell_lock(channel);
END
$$;
GRANT EXECUTE ON FUNCTION app.find_bell(text) TO authenticated_users;

-- Rings with the COMMIT of the change, and only where somebody watches: all commits that notify
-- wait for each other, so a change that nobody looks at must not be one of them. Two that ring at
-- one moment may take each other for a watcher: a ring too many, never one too few.
CREATE FUNCTION app.ring() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    place text := TG_ARGV[0];
    channel text;
    watch_key bigint;
BEGIN
    IF place = 'person' THEN
        place := place || ':' || NEW.user_id;
    ELSIF place <> 'platform' THEN
        place := place || ':' || NEW.tenant_id;
    END IF;
    SELECT app.bell(k.secret, place) INTO channel FROM app.bell_keys AS k;
    -- Without a key nobody can watch, and no change may fail for it.
    IF channel IS NULL THEN
        RETURN NULL;
    END IF;
    watch_key := app.bell_lock(channel);
    -- In one expression: nothing can interrupt it with the lock in hand.
    IF (CASE WHEN pg_try_advisory_lock(watch_key) THEN pg_advisory_unlock(watch_key) END) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_notify(channel, '');
    RETURN NULL;
END
$$;

-- Each mutation moves its tenant's head, or the platform's.
CREATE TRIGGER ring AFTER UPDATE OF audit_seq, event_seq ON tenant_heads
    FOR EACH ROW EXECUTE FUNCTION app.ring('tenant');
CREATE TRIGGER ring AFTER UPDATE OF audit_seq ON platform_chain_head
    FOR EACH STATEMENT EXECUTE FUNCTION app.ring('platform');
CREATE TRIGGER ring AFTER INSERT OR UPDATE ON node_figures
    FOR EACH STATEMENT EXECUTE FUNCTION app.ring('platform');
-- Calls to models and sign-ins are no mutations of a ledger.
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF state, cancel_requested_at ON ai_requests
    FOR EACH ROW EXECUTE FUNCTION app.ring('calls');
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF revoked_at ON sessions
    FOR EACH ROW EXECUTE FUNCTION app.ring('person');

RESET ROLE;
