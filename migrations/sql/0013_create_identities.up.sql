-- Who somebody is elsewhere, and the second thing that proves them. Only the process itself sees
-- either: a person asks through it, after the guard has proven the session.
SET ROLE ghostworks_owner;
SET row_security = off;

-- By provider and subject, never by mail. The issuer stands beside the provider's name, so that a
-- name that is given to another issuer opens nobody's account.
CREATE TABLE identities (
    provider text NOT NULL,
    subject text NOT NULL,
    issuer text NOT NULL,
    user_id uuid NOT NULL,
    claims jsonb NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT identities_pkey PRIMARY KEY (provider, subject),
    CONSTRAINT identities_user_id_provider_key UNIQUE (user_id, provider),
    CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT identities_provider_format CHECK (provider ~ '^[a-z][a-z0-9]{0,31}$'),
    CONSTRAINT identities_subject_length CHECK (octet_length(subject) BETWEEN 1 AND 255),
    CONSTRAINT identities_claims_size CHECK (octet_length(claims::text) <= 4096)
);
CALL app.wall_global('identities');
GRANT SELECT ON identities TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON identities TO ghostworks_app;
GRANT UPDATE (claims, last_used_at) ON identities TO ghostworks_app;

-- The secret is sealed for its person. A step is used once: `last_step` only grows.
CREATE TABLE second_factors (
    user_id uuid NOT NULL,
    secret bytea NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT second_factors_pkey PRIMARY KEY (user_id),
    CONSTRAINT second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT second_factors_failures CHECK (failures >= 0)
);
CALL app.wall_global('second_factors');
GRANT SELECT, INSERT, DELETE ON second_factors TO ghostworks_app;
GRANT UPDATE (secret, confirmed_at, last_step, failures, retry_at, created_at)
    ON second_factors TO ghostworks_app;
GRANT SELECT (user_id, confirmed_at, failures, retry_at, created_at) ON second_factors
    TO ghostworks_reader;

-- 120 random bits each, so that SHA-256 alone keeps them.
CREATE TABLE recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id)
        REFERENCES second_factors (user_id) ON DELETE CASCADE,
    CONSTRAINT recovery_codes_hash_size CHECK (octet_length(code_hash) = 32)
);
CALL app.wall_global('recovery_codes');
GRANT SELECT, INSERT, DELETE ON recovery_codes TO ghostworks_app;
GRANT UPDATE (used_at) ON recovery_codes TO ghostworks_app;
GRANT SELECT (user_id, used_at, created_at) ON recovery_codes TO ghostworks_reader;

RESET ROLE;
