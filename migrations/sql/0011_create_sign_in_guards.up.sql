-- What stands before a session: links that are sent by mail, counters of failed tries, devices that
-- an account knows. All of it belongs to sign-in alone: a tenant's context sees none.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Until now people with a password got it from the machine itself, which proved them well enough.
-- From now on a password without a verified address is one from the public door.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
UPDATE users SET email_verified_at = created_at
WHERE password_hash IS NOT NULL AND email_verified_at IS NULL;
ALTER TABLE users FORCE ROW LEVEL SECURITY;

-- `used_at`: when the link was used, or gave way to a newer one.
CREATE TABLE one_time_tokens (
    token_hash bytea NOT NULL,
    kind text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT one_time_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT one_time_tokens_kind CHECK (kind IN ('verify', 'reset')),
    CONSTRAINT one_time_tokens_hash_size CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX one_time_tokens_user_id_idx ON one_time_tokens (user_id, kind);
CREATE INDEX one_time_tokens_expires_at_idx ON one_time_tokens (expires_at);
CALL app.wall_global('one_time_tokens');
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_tokens TO ghostworks_app;
GRANT SELECT ON one_time_tokens TO ghostworks_reader;

-- Counters are worth less than their writing: after a crash they begin anew.
CREATE UNLOGGED TABLE auth_throttle (
    key text NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL DEFAULT 'epoch',
    blocked_until timestamptz NOT NULL DEFAULT 'epoch',
    locked boolean NOT NULL DEFAULT false,
    CONSTRAINT auth_throttle_pkey PRIMARY KEY (key),
    CONSTRAINT auth_throttle_failures CHECK (failures >= 0)
) WITH (fillfactor = 50);
CALL app.wall_global('auth_throttle');
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_throttle TO ghostworks_app;
GRANT SELECT ON auth_throttle TO ghostworks_reader;

CREATE TABLE auth_attempts (
    month date NOT NULL,
    minute timestamptz NOT NULL,
    email_hash bytea NOT NULL,
    ip_prefix text NOT NULL,
    count integer NOT NULL,
    last_reason text NOT NULL,
    CONSTRAINT auth_attempts_pkey PRIMARY KEY (email_hash, minute, ip_prefix, month),
    CONSTRAINT auth_attempts_reason CHECK (last_reason IN ('wrong_password', 'unknown_address',
        'no_password', 'disabled', 'unverified', 'locked', 'delayed')),
    CONSTRAINT auth_attempts_count CHECK (count > 0)
) PARTITION BY RANGE (month);
CREATE TABLE auth_attempts_default PARTITION OF auth_attempts DEFAULT;
ALTER TABLE auth_attempts_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth_attempts_default FORCE ROW LEVEL SECURITY;
INSERT INTO app.partitioned (table_name) VALUES ('auth_attempts');
CALL app.wall_global('auth_attempts');
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_attempts TO ghostworks_app;
GRANT SELECT ON auth_attempts TO ghostworks_reader;

CREATE TABLE known_devices (
    user_id uuid NOT NULL,
    device_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT known_devices_pkey PRIMARY KEY (user_id, device_hash),
    CONSTRAINT known_devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT known_devices_hash_size CHECK (octet_length(device_hash) = 32)
);
CALL app.wall_global('known_devices');
GRANT SELECT, INSERT, UPDATE, DELETE ON known_devices TO ghostworks_app;
GRANT SELECT ON known_devices TO ghostworks_reader;

RESET ROLE;
