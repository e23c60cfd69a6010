-- Sessions that end when nobody uses them, refresh tokens that rotate, and a register of keys.
SET ROLE ghostworks_owner;
SET row_security = off;

-- expires_at slides with use, by idle_seconds, and never beyond ends_at. Where both are NULL it
-- stands still. The guard looks at expires_at alone.
ALTER TABLE sessions
    ADD COLUMN idle_seconds integer,
    ADD COLUMN ends_at timestamptz,
    ADD CONSTRAINT sessions_idle_seconds CHECK (idle_seconds > 0),
    ADD CONSTRAINT sessions_sliding CHECK ((idle_seconds IS NULL) = (ends_at IS NULL)),
    ADD CONSTRAINT sessions_ends_at CHECK (expires_at <= ends_at);
CREATE INDEX sessions_user_created_idx ON sessions (user_id, created_at DESC, id DESC)
    WHERE revoked_at IS NULL;

-- Only the hash of a token is kept. `successor` is the token that a rotation gave out, sealed: a
-- client whose answer was lost gets the same one again for some seconds.
CREATE TABLE refresh_tokens (
    token_hash bytea NOT NULL,
    family_id uuid NOT NULL,
    session_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    rotated_at timestamptz,
    successor_hash bytea,
    successor bytea,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions (id)
        ON DELETE CASCADE,
    CONSTRAINT refresh_tokens_hash_size CHECK (octet_length(token_hash) = 32
        AND (successor_hash IS NULL OR octet_length(successor_hash) = 32)),
    CONSTRAINT refresh_tokens_rotation CHECK ((rotated_at IS NULL) = (successor_hash IS NULL)
        AND (successor IS NULL OR rotated_at IS NOT NULL))
);
CREATE INDEX refresh_tokens_family_id_idx ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_successor_idx ON refresh_tokens (rotated_at)
    WHERE successor IS NOT NULL;
-- One family has one head: the token that nobody has used yet.
CREATE UNIQUE INDEX refresh_tokens_head_key ON refresh_tokens (family_id)
    WHERE rotated_at IS NULL;
CALL app.wall_global('refresh_tokens');
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO ghostworks_app;
GRANT SELECT (family_id, session_id, created_at, rotated_at, expires_at, revoked_at)
    ON refresh_tokens TO ghostworks_reader;

-- Uses a refresh token. The first use rotates it; a second one within `grace` gets the same
-- successor, as long as nobody has used that; any other use of a rotated token is theft, and ends
-- the family with its session. Of several at once one rotates: the others wait for its row.
CREATE FUNCTION app.rotate_refresh_token(presented bytea, next_hash bytea, next_sealed bytea,
    grace interval)
    RETURNS TABLE (outcome text, session_id uuid, user_id uuid, tenant_id uuid, email text,
        display_name text, platform_role text, expires_at timestamptz, successor bytea)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    present timestamptz := clock_timestamp();
    token public.refresh_tokens;
    result text := 'rotated';
    until timestamptz;
BEGIN
    UPDATE public.refresh_tokens AS r
    SET rotated_at = present, successor_hash = next_hash, successor = next_sealed
    WHERE r.token_hash = presented AND r.rotated_at IS NULL AND r.revoked_at IS NULL
      AND r.expires_at > present
      AND EXISTS (SELECT FROM public.sessions AS s
          JOIN public.users AS u ON u.id = s.user_id AND u.status = 'active'
          WHERE s.id = r.session_id AND s.revoked_at IS NULL AND s.expires_at > present)
    RETURNING r.* INTO token;
    IF FOUND THEN
        UPDATE public.sessions AS s
        SET last_seen_at = present,
            expires_at = least(s.ends_at, present + make_interval(secs => s.idle_seconds))
        WHERE s.id = token.session_id AND s.ends_at IS NOT NULL;
        SELECT s.expires_at INTO until FROM public.sessions AS s WHERE s.id = token.session_id;
        INSERT INTO public.refresh_tokens (token_hash, family_id, session_id, expires_at)
        VALUES (next_hash, token.family_id, token.session_id, until);
        UPDATE public.refresh_tokens AS r SET successor = NULL
        WHERE r.family_id = token.family_id AND r.successor_hash = presented;
    ELSE
        -- A new look: what another transaction did meanwhile is seen now.
        SELECT r.* INTO token
        FROM public.refresh_tokens AS r
        JOIN public.sessions AS s ON s.id = r.session_id AND s.revoked_at IS NULL
            AND s.expires_at > present
        JOIN public.users AS u ON u.id = s.user_id AND u.status = 'active'
        WHERE r.token_hash = presented AND r.rotated_at IS NOT NULL AND r.revoked_at IS NULL;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF token.successor IS NOT NULL AND token.rotated_at > present - grace
            AND EXISTS (SELECT FROM public.refresh_tokens AS h
                WHERE h.token_hash = token.successor_hash AND h.rotated_at IS NULL) THEN
            result := 'repeated';
        ELSE
            result := 'reused';
            UPDATE public.refresh_tokens AS r SET revoked_at = present, successor = NULL
            WHERE r.family_id = token.family_id AND r.revoked_at IS NULL;
            UPDATE public.sessions AS s SET revoked_at = present
            WHERE s.id = token.session_id AND s.revoked_at IS NULL;
            -- Of several at once one has ended it; to the others the token is one like any.
            IF NOT FOUND THEN
                RETURN;
            END IF;
        END IF;
    END IF;
    RETURN QUERY SELECT result, s.id, u.id, s.tenant_id, u.email, u.display_name,
        (SELECT p.role FROM public.platform_roles AS p
         WHERE p.user_id = u.id
           AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
         ORDER BY p.role LIMIT 1),
        s.expires_at, CASE WHEN result = 'repeated' THEN token.successor END
    FROM public.sessions AS s
    JOIN public.users AS u ON u.id = s.user_id
    WHERE s.id = token.session_id;
END
$$;
GRANT EXECUTE ON FUNCTION app.rotate_refresh_token(bytea, bytea, bytea, interval)
    TO ghostworks_app;

-- Which keys this installation has used, and since when: names, never keys. `proof` is something
-- that only the sealing key of that name opens.
CREATE TABLE installed_keys (
    kind text NOT NULL,
    kid text NOT NULL,
    proof bytea,
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at timestamptz,
    retired_at timestamptz,
    CONSTRAINT installed_keys_pkey PRIMARY KEY (kind, kid),
    CONSTRAINT installed_keys_kind CHECK (kind IN ('signing', 'context', 'sealing')),
    CONSTRAINT installed_keys_order
        CHECK (retired_at IS NULL OR superseded_at IS NOT NULL)
);
CALL app.wall_global('installed_keys');
GRANT SELECT ON installed_keys TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON installed_keys TO ghostworks_app;

-- What is still sealed with an older key: how far the sealing anew has come.
CREATE TABLE resealings (
    id uuid NOT NULL,
    kid text NOT NULL,
    done bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    CONSTRAINT resealings_pkey PRIMARY KEY (id),
    CONSTRAINT resealings_done CHECK (done >= 0)
);
CALL app.wall_global('resealings');
GRANT SELECT ON resealings TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON resealings TO ghostworks_app;
GRANT UPDATE (not_after) ON signing_keys TO ghostworks_app;

RESET ROLE;
