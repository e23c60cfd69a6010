-- What people may ask about their data: to have a copy, to be forgotten; and what forbids to
-- forget them.
SET ROLE ghostworks_owner;
SET row_security = off;

-- A request of a person about everything has no tenant; a tenant's is about what the tenant has.
-- An export is carried out by a worker under a lease, an erasure in the request that approves it.
CREATE TABLE data_subject_requests (
    id uuid NOT NULL,
    tenant_id uuid,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    requested_by uuid NOT NULL,
    approved_by uuid,
    status text NOT NULL,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '30 days',
    attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    steps_done integer NOT NULL DEFAULT 0,
    steps_total integer NOT NULL DEFAULT 0,
    file_bytes bigint,
    file_sha256 bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    expires_at timestamptz,
    CONSTRAINT data_subject_requests_pkey PRIMARY KEY (id),
    CONSTRAINT data_subject_requests_subject_id_fkey FOREIGN KEY (subject_id)
        REFERENCES users (id),
    CONSTRAINT data_subject_requests_requested_by_fkey FOREIGN KEY (requested_by)
        REFERENCES users (id),
    CONSTRAINT data_subject_requests_approved_by_fkey FOREIGN KEY (approved_by)
        REFERENCES users (id),
    CONSTRAINT data_subject_requests_kind CHECK (kind IN ('export', 'erase')),
    CONSTRAINT data_subject_requests_status CHECK (status IN ('pending', 'queued', 'running',
        'done', 'failed', 'expired')),
    CONSTRAINT data_subject_requests_steps CHECK (steps_done BETWEEN 0 AND steps_total),
    CONSTRAINT data_subject_requests_attempts CHECK (attempts >= 0),
    CONSTRAINT data_subject_requests_file CHECK ((file_bytes IS NULL) = (file_sha256 IS NULL)
        AND octet_length(file_sha256) = 32)
);
CREATE INDEX data_subject_requests_due_idx ON data_subject_requests (created_at, id)
    WHERE kind = 'export' AND status IN ('queued', 'running');
CREATE INDEX data_subject_requests_list_idx
    ON data_subject_requests (tenant_id, created_at DESC, id DESC);
-- One at a time: asking twice makes no second file.
CREATE UNIQUE INDEX data_subject_requests_active_key ON data_subject_requests (subject_id, kind,
    coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'::uuid))
    WHERE status IN ('pending', 'queued', 'running');
CALL app.wall_global('data_subject_requests', user_column => 'subject_id',
    tenant_column => 'tenant_id',
    tenant_writes => 'tenant_id = (SELECT app.tenant_id())'
        ' OR (tenant_id IS NULL AND subject_id = (SELECT app.user_id()))');
GRANT SELECT ON data_subject_requests TO ghostworks_app, ghostworks_reader;
GRANT INSERT (id, tenant_id, kind, subject_id, requested_by, approved_by, status, finished_at)
    ON data_subject_requests TO ghostworks_app;
GRANT UPDATE (approved_by, status, attempts, locked_until, steps_done, steps_total, file_bytes,
    file_sha256, finished_at, expires_at) ON data_subject_requests TO ghostworks_app;

-- While a hold is on, nobody whom it names is erased; one without a name is on everybody who is or
-- was a member.
CREATE TABLE legal_holds (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_id uuid,
    reason text NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    released_by uuid,
    released_at timestamptz,
    CONSTRAINT legal_holds_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT legal_holds_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT legal_holds_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES users (id),
    CONSTRAINT legal_holds_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT legal_holds_released_by_fkey FOREIGN KEY (released_by) REFERENCES users (id),
    CONSTRAINT legal_holds_reason_length CHECK (char_length(reason) BETWEEN 3 AND 500),
    CONSTRAINT legal_holds_released CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE INDEX legal_holds_created_at_idx ON legal_holds (tenant_id, created_at DESC, id DESC);
CALL app.wall('legal_holds');
CALL app.open_to('ghostworks_guard', 'legal_holds');
GRANT SELECT ON legal_holds TO ghostworks_app, ghostworks_reader;
GRANT INSERT (tenant_id, id, subject_id, reason, created_by), UPDATE (released_by, released_at)
    ON legal_holds TO ghostworks_app;

-- The tables whose rows go with the person they belong to, in the order in which they go.
-- `condition` says which: $1 is the person, $2 their mail address as it is compared. `opened`: the
-- eraser could not read the table before.
CREATE TABLE app.erasures (
    position integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    table_name text NOT NULL,
    condition text NOT NULL,
    opened boolean NOT NULL,
    CONSTRAINT erasures_pkey PRIMARY KEY (position),
    CONSTRAINT erasures_table_name_key UNIQUE (table_name)
);
INSERT INTO app.walls (table_name, kind) VALUES ('app.erasures', 'reference');
GRANT SELECT ON app.erasures TO authenticated_users, ghostworks_guard;

-- Has a table's rows go with their person. A later migration that makes such a table calls it.
CREATE PROCEDURE app.erase_with_person(erased_table text, condition text DEFAULT 'user_id = $1')
LANGUAGE plpgsql AS $$
DECLARE
    opens boolean := NOT EXISTS (SELECT FROM pg_policy AS p
        WHERE p.polrelid = format('public.%I', erased_table)::regclass
          AND p.polname = 'ghostworks_guard');
BEGIN
    IF opens THEN
        CALL app.open_to('ghostworks_guard', erased_table);
    END IF;
    EXECUTE format('CREATE POLICY ghostworks_guard_erase ON public.%I FOR DELETE'
        ' TO ghostworks_guard USING (true)', erased_table);
    EXECUTE format('GRANT DELETE ON public.%I TO ghostworks_guard', erased_table);
    INSERT INTO app.erasures (table_name, condition, opened)
    VALUES (erased_table, condition, opens);
END
$$;
-- What refers to a row goes before it.
CALL app.erase_with_person('one_time_tokens');
CALL app.erase_with_person('known_devices');
CALL app.erase_with_person('recovery_codes');
CALL app.erase_with_person('second_factors');
CALL app.erase_with_person('identities');
CALL app.erase_with_person('refresh_tokens',
    'session_id IN (SELECT s.id FROM public.sessions AS s WHERE s.user_id = $1)');
CALL app.erase_with_person('sessions');
CALL app.erase_with_person('mail_outbox', 'lower(recipient) = $2');
-- One that waits reserves a seat and expires by itself; app.erase_person takes its address away.
CALL app.erase_with_person('invitations', $$email_norm = $2 AND status <> 'pending'$$);

CREATE POLICY ghostworks_guard_forget ON invitations FOR UPDATE TO ghostworks_guard
    USING (status = 'pending');
GRANT UPDATE (email, email_norm) ON invitations TO ghostworks_guard;

-- Everything else that an erasure touches: the person, and, in one tenant, the place that a removed
-- member had.
CREATE POLICY ghostworks_guard_erase ON users FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (status = 'erased');
GRANT UPDATE (email, email_norm, display_name, password_hash, email_verified_at, status,
    default_tenant_id, locale, version, updated_at, erased_at) ON users TO ghostworks_guard;
CREATE POLICY ghostworks_guard_erase ON memberships FOR DELETE TO ghostworks_guard
    USING (status = 'removed');
GRANT DELETE ON memberships TO ghostworks_guard;

-- Why a person cannot be erased now; NULL when nothing forbids it.
CREATE FUNCTION app.erasure_obstacle(subject uuid) RETURNS text
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

-- Where a person is or was a member.
CREATE FUNCTION app.subject_tenants(subject uuid)
    RETURNS TABLE (tenant_id uuid, slug text, name text, role_key text, status text,
        joined_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'a person needs a system context';
    END IF;
    RETURN QUERY SELECT d.tenant_id, d.slug, d.name, coalesce(m.role_key, r.name),
        m.status, m.joined_at
    FROM public.memberships AS m
    JOIN public.tenant_directory AS d ON d.tenant_id = m.tenant_id AND d.status <> 'deleted'
    LEFT JOIN public.roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
    WHERE m.user_id = subject
    ORDER BY d.tenant_id;
END
$$;

-- Makes a person nobody: what is theirs alone goes, what others refer to keeps an id without a
-- name. False when that was done before. 'GW409' with the obstacle when there is one.
CREATE FUNCTION app.erase_person(subject uuid, replacement text) RETURNS boolean
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

-- Takes the name of a removed member out of the context's tenant: their id stays in its trails,
-- and says nothing. For somebody who may erase anybody there (permission 34).
CREATE FUNCTION app.forget_member(subject uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
    may text := app.member_may(tenant, app.user_id(), 34);
BEGIN
    IF may IS NULL OR may LIKE '%:own' THEN
        RAISE insufficient_privilege USING MESSAGE = 'members are erased by those who may';
    END IF;
    DELETE FROM public.memberships AS m
    WHERE m.tenant_id = tenant AND m.user_id = subject AND m.status = 'removed';
END
$$;

GRANT EXECUTE ON FUNCTION app.erasure_obstacle(uuid), app.subject_tenants(uuid),
    app.erase_person(uuid, text), app.forget_member(uuid) TO ghostworks_app;

RESET ROLE;
ALTER FUNCTION app.erasure_obstacle(uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.subject_tenants(uuid) OWNER TO ghostworks_guard;
ALTER FUNCTION app.erase_person(uuid, text) OWNER TO ghostworks_guard;
ALTER FUNCTION app.forget_member(uuid) OWNER TO ghostworks_guard;
