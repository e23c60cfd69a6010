-- The audit ledger and the product feed: two ledgers, one lock.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The one row that every mutation locks, last before COMMIT. Moved by app.record alone.
CREATE TABLE tenant_heads (
    tenant_id uuid NOT NULL,
    event_seq bigint NOT NULL DEFAULT 0,
    audit_seq bigint NOT NULL DEFAULT 0,
    audit_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    audit_at timestamptz NOT NULL DEFAULT 'epoch',
    CONSTRAINT tenant_heads_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_heads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT tenant_heads_audit_hash_size CHECK (octet_length(audit_hash) = 32),
    CONSTRAINT tenant_heads_seqs CHECK (event_seq >= 0 AND audit_seq >= 0)
) WITH (fillfactor = 40);
CALL app.wall('tenant_heads');
GRANT SELECT ON tenant_heads TO ghostworks_app, ghostworks_reader;
GRANT SELECT, INSERT, UPDATE ON tenant_heads TO ghostworks_audit;

-- No DEFAULT partition: a missing partition must refuse the write, not hide it.
CREATE TABLE audit_events (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    month date NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    act_id uuid,
    session_id uuid,
    support_session_id uuid,
    action text NOT NULL,
    op text NOT NULL,
    resource_type text NOT NULL,
    resource_id text,
    outcome text NOT NULL,
    request_id text,
    changes text NOT NULL,
    pii_commit bytea,
    payload_hash bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_events_pkey PRIMARY KEY (tenant_id, seq, month),
    CONSTRAINT audit_events_actor_kind CHECK (
        actor_kind IN ('user', 'api_key', 'support', 'system', 'visitor', 'anonymous')),
    CONSTRAINT audit_events_op CHECK (op IN ('create', 'read', 'update', 'delete', 'other')),
    CONSTRAINT audit_events_outcome CHECK (outcome IN ('success', 'denied', 'failed')),
    CONSTRAINT audit_events_changes_size CHECK (octet_length(changes) <= 8192),
    CONSTRAINT audit_events_hash_size CHECK (
        octet_length(payload_hash) = 32 AND octet_length(prev_hash) = 32
        AND octet_length(hash) = 32 AND octet_length(pii_commit) = 32)
) PARTITION BY RANGE (month);
CREATE INDEX audit_events_actor_id_idx ON audit_events (tenant_id, actor_id, seq);
CREATE INDEX audit_events_action_idx ON audit_events (tenant_id, action, seq);
CREATE INDEX audit_events_resource_idx
    ON audit_events (tenant_id, resource_type, resource_id, seq);
CALL app.wall('audit_events');
GRANT SELECT ON audit_events TO ghostworks_app, ghostworks_reader;
GRANT SELECT, INSERT ON audit_events TO ghostworks_audit;

CREATE TABLE tenant_events (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    month date NOT NULL,
    event text NOT NULL,
    data jsonb NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    visibility text NOT NULL DEFAULT 'members',
    v integer NOT NULL DEFAULT 1,
    at timestamptz NOT NULL,
    CONSTRAINT tenant_events_pkey PRIMARY KEY (tenant_id, seq, month),
    CONSTRAINT tenant_events_visibility CHECK (visibility IN ('members', 'admins')),
    CONSTRAINT tenant_events_data_size CHECK (octet_length(data::text) <= 8192)
) PARTITION BY RANGE (month);
CALL app.wall('tenant_events');
GRANT SELECT ON tenant_events TO ghostworks_app, ghostworks_reader;
GRANT SELECT, INSERT ON tenant_events TO ghostworks_audit;

-- The platform's own trail: the same shape, tenant zero.
CREATE TABLE platform_chain_head (
    tenant_id uuid NOT NULL,
    audit_seq bigint NOT NULL DEFAULT 0,
    audit_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    audit_at timestamptz NOT NULL DEFAULT 'epoch',
    CONSTRAINT platform_chain_head_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT platform_chain_head_single
        CHECK (tenant_id = '00000000-0000-0000-0000-000000000000')
) WITH (fillfactor = 40);
INSERT INTO platform_chain_head (tenant_id) VALUES ('00000000-0000-0000-0000-000000000000');
CALL app.wall_global('platform_chain_head');
GRANT SELECT ON platform_chain_head TO ghostworks_app, ghostworks_reader;
GRANT SELECT, UPDATE ON platform_chain_head TO ghostworks_audit;

CREATE TABLE platform_audit_events (
    LIKE audit_events INCLUDING CONSTRAINTS,
    CONSTRAINT platform_audit_events_pkey PRIMARY KEY (tenant_id, seq, month),
    CONSTRAINT platform_audit_events_tenant
        CHECK (tenant_id = '00000000-0000-0000-0000-000000000000')
) PARTITION BY RANGE (month);
CREATE INDEX platform_audit_events_actor_id_idx ON platform_audit_events (actor_id, seq);
CALL app.wall_global('platform_audit_events');
GRANT SELECT ON platform_audit_events TO ghostworks_app, ghostworks_reader;
GRANT SELECT, INSERT ON platform_audit_events TO ghostworks_audit;

INSERT INTO app.partitioned (table_name)
VALUES ('audit_events'), ('tenant_events'), ('platform_audit_events');

-- A length-prefixed field of the canonical encoding; -1 for NULL.
CREATE FUNCTION app.encode_field(bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT CASE WHEN $1 IS NULL THEN int4send(-1) ELSE int4send(octet_length($1)) || $1 END$$;

-- SHA-256 over "gw.audit.v1" and the length-prefixed fields of one event, in this order. The
-- commitment to personal data is a field from version 1 on: 32 zero bytes while there is none.
CREATE FUNCTION app.audit_payload_hash(
    id uuid, actor_kind text, actor_id uuid, act_id uuid, session_id uuid,
    support_session_id uuid, action text, op text, resource_type text, resource_id text,
    outcome text, request_id text, changes text, pii_commit bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN sha256(convert_to('gw.audit.v1', 'UTF8')
        || app.encode_field(uuid_send(id))
        || app.encode_field(convert_to(actor_kind, 'UTF8'))
        || app.encode_field(uuid_send(actor_id))
        || app.encode_field(uuid_send(act_id))
        || app.encode_field(uuid_send(session_id))
        || app.encode_field(uuid_send(support_session_id))
        || app.encode_field(convert_to(action, 'UTF8'))
        || app.encode_field(convert_to(op, 'UTF8'))
        || app.encode_field(convert_to(resource_type, 'UTF8'))
        || app.encode_field(convert_to(resource_id, 'UTF8'))
        || app.encode_field(convert_to(outcome, 'UTF8'))
        || app.encode_field(convert_to(request_id, 'UTF8'))
        || app.encode_field(convert_to(changes, 'UTF8'))
        || app.encode_field(coalesce(pii_commit, decode(repeat('00', 32), 'hex'))));
END
$$;

-- SHA-256(0x01, previous hash, seq, tenant, time in microseconds, payload hash).
CREATE FUNCTION app.audit_hash(
    prev_hash bytea, seq bigint, tenant_id uuid, created_at timestamptz, payload_hash bytea)
    RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256('\x01'::bytea || $1 || int8send($2) || uuid_send($3)
        || int8send((extract(epoch FROM $4) * 1000000)::bigint) || $5)
$$;

-- Who acts, by the proven context alone: no caller can write another name into the trail.
CREATE FUNCTION app.actor_kind(claims app.context_claims) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ($1).kind LIKE 'system-%' AND ($1).user_id IS NULL THEN 'system'
        WHEN ($1).kind = 'platform' OR ($1).support_session_id IS NOT NULL THEN 'support'
        WHEN ($1).user_id IS NULL THEN 'anonymous'
        ELSE 'user'
    END
$$;

GRANT USAGE ON TYPE app.context_claims TO ghostworks_audit;
GRANT EXECUTE ON FUNCTION app.encode_field(bytea), app.actor_kind(app.context_claims),
    app.audit_hash(bytea, bigint, uuid, timestamptz, bytea),
    app.audit_payload_hash(uuid, text, uuid, uuid, uuid, uuid, text, text, text, text, text,
        text, text, bytea) TO authenticated_users;

-- Opens the ledger of the context's tenant: the genesis of its chain. Once.
CREATE FUNCTION app.open_ledger() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenant_heads (tenant_id) VALUES (app.tenant_id());
END
$$;

-- Writes one audit event and, when `event` is given, one tenant event under the head lock of the
-- context's tenant. The last statement of a mutation. Returns the audit sequence number.
CREATE FUNCTION app.record(
    id uuid, session_id uuid, action text, op text, resource_type text, resource_id text,
    outcome text, request_id text, changes text, event text, data jsonb, visibility text)
    RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    claims app.context_claims := app.claims();
    kind text := app.actor_kind(claims);
    acting uuid := CASE WHEN claims.support_session_id IS NOT NULL THEN claims.user_id END;
    head public.tenant_heads;
    at timestamptz;
    payload bytea;
    chained bytea;
BEGIN
    IF claims.tenant_id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'audit event has no tenant';
    END IF;
    payload := app.audit_payload_hash(id, kind, claims.user_id, acting, session_id,
        claims.support_session_id, action, op, resource_type, resource_id, outcome, request_id,
        changes, NULL);
    SELECT * INTO head FROM public.tenant_heads AS h
    WHERE h.tenant_id = claims.tenant_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'tenant has no ledger';
    END IF;
    -- Under the head lock, so that time never runs backwards within a chain.
    at := greatest(clock_timestamp(), head.audit_at);
    chained := app.audit_hash(
        head.audit_hash, head.audit_seq + 1, claims.tenant_id, at, payload);
    INSERT INTO public.audit_events (tenant_id, seq, month, id, created_at, actor_kind, actor_id,
        act_id, session_id, support_session_id, action, op, resource_type, resource_id, outcome,
        request_id, changes, pii_commit, payload_hash, prev_hash, hash)
    VALUES (claims.tenant_id, head.audit_seq + 1,
        date_trunc('month', at AT TIME ZONE 'UTC')::date, id, at, kind, claims.user_id,
        acting, session_id, claims.support_session_id, action, op, resource_type, resource_id,
        outcome, request_id, changes, NULL, payload, head.audit_hash, chained);
    IF event IS NOT NULL THEN
        INSERT INTO public.tenant_events
            (tenant_id, seq, month, event, data, actor_kind, actor_id, visibility, at)
        VALUES (claims.tenant_id, head.event_seq + 1,
            date_trunc('month', at AT TIME ZONE 'UTC')::date, event, coalesce(data, '{}'), kind,
            claims.user_id, coalesce(visibility, 'members'), at);
    END IF;
    UPDATE public.tenant_heads AS h
    SET audit_seq = head.audit_seq + 1, audit_hash = chained, audit_at = at,
        event_seq = head.event_seq + CASE WHEN event IS NULL THEN 0 ELSE 1 END
    WHERE h.tenant_id = claims.tenant_id;
    RETURN head.audit_seq + 1;
END
$$;

-- The same for the platform's trail, under its own head; after the tenant's where both are due.
CREATE FUNCTION app.record_platform(
    id uuid, session_id uuid, action text, op text, resource_type text, resource_id text,
    outcome text, request_id text, changes text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    zero constant uuid := '00000000-0000-0000-0000-000000000000';
    claims app.context_claims := app.claims();
    kind text := app.actor_kind(claims);
    acting uuid := CASE WHEN claims.support_session_id IS NOT NULL THEN claims.user_id END;
    head public.platform_chain_head;
    at timestamptz;
    payload bytea;
    chained bytea;
BEGIN
    IF NOT app.is_global() THEN
        RAISE insufficient_privilege USING MESSAGE = 'platform audit event has a tenant context';
    END IF;
    payload := app.audit_payload_hash(id, kind, claims.user_id, acting, session_id,
        claims.support_session_id, action, op, resource_type, resource_id, outcome, request_id,
        changes, NULL);
    SELECT * INTO head FROM public.platform_chain_head AS h
    WHERE h.tenant_id = zero FOR NO KEY UPDATE;
    at := greatest(clock_timestamp(), head.audit_at);
    chained := app.audit_hash(head.audit_hash, head.audit_seq + 1, zero, at, payload);
    INSERT INTO public.platform_audit_events (tenant_id, seq, month, id, created_at, actor_kind,
        actor_id, act_id, session_id, support_session_id, action, op, resource_type, resource_id,
        outcome, request_id, changes, pii_commit, payload_hash, prev_hash, hash)
    VALUES (zero, head.audit_seq + 1, date_trunc('month', at AT TIME ZONE 'UTC')::date, id, at,
        kind, claims.user_id, acting, session_id, claims.support_session_id, action, op,
        resource_type, resource_id, outcome, request_id, changes, NULL, payload, head.audit_hash,
        chained);
    UPDATE public.platform_chain_head AS h
    SET audit_seq = head.audit_seq + 1, audit_hash = chained, audit_at = at
    WHERE h.tenant_id = zero;
    RETURN head.audit_seq + 1;
END
$$;

-- Loads past events into the chain of the context's tenant: demo data and imports. Only into an
-- empty chain, or one that this very transaction has begun. Times must not run backwards.
CREATE FUNCTION app.audit_load(
    ids uuid[], created timestamptz[], actors uuid[], actions text[], ops text[],
    resource_types text[], resource_ids text[], outcomes text[], changes text[],
    events text[], datas jsonb[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
    head public.tenant_heads;
    fresh boolean;
    kind text;
    payload bytea;
    chained bytea;
    seqs bigint[] := '{}';
    payloads bytea[] := '{}';
    prevs bytea[] := '{}';
    hashes bytea[] := '{}';
    event_base bigint;
BEGIN
    SELECT h.xmin = pg_current_xact_id()::xid INTO fresh FROM public.tenant_heads AS h
    WHERE h.tenant_id = tenant FOR NO KEY UPDATE;
    SELECT * INTO head FROM public.tenant_heads AS h WHERE h.tenant_id = tenant;
    IF NOT FOUND OR NOT (head.audit_seq = 0 OR fresh) THEN
        RAISE insufficient_privilege USING MESSAGE = 'chain is not empty';
    END IF;
    event_base := head.event_seq;
    FOR i IN 1 .. coalesce(array_length(ids, 1), 0) LOOP
        IF created[i] < head.audit_at OR created[i] > clock_timestamp() THEN
            RAISE invalid_parameter_value USING MESSAGE = 'times must not run backwards';
        END IF;
        kind := CASE WHEN actors[i] IS NULL THEN 'system' ELSE 'user' END;
        payload := app.audit_payload_hash(ids[i], kind, actors[i], NULL, NULL, NULL, actions[i],
            ops[i], resource_types[i], resource_ids[i], outcomes[i], NULL, changes[i], NULL);
        chained := app.audit_hash(
            head.audit_hash, head.audit_seq + 1, tenant, created[i], payload);
        seqs[i] := head.audit_seq + 1;
        payloads[i] := payload;
        prevs[i] := head.audit_hash;
        hashes[i] := chained;
        head.audit_seq := head.audit_seq + 1;
        head.audit_hash := chained;
        head.audit_at := created[i];
    END LOOP;
    INSERT INTO public.audit_events (tenant_id, seq, month, id, created_at, actor_kind, actor_id,
        act_id, session_id, support_session_id, action, op, resource_type, resource_id, outcome,
        request_id, changes, pii_commit, payload_hash, prev_hash, hash)
    SELECT tenant, e.seq, date_trunc('month', e.at AT TIME ZONE 'UTC')::date, e.id, e.at,
        CASE WHEN e.actor IS NULL THEN 'system' ELSE 'user' END, e.actor, NULL, NULL, NULL,
        e.action, e.op, e.resource_type, e.resource_id, e.outcome, NULL, e.changes, NULL,
        e.payload, e.prev, e.hash
    FROM unnest(seqs, ids, created, actors, actions, ops, resource_types, resource_ids, outcomes,
        changes, payloads, prevs, hashes)
        AS e (seq, id, at, actor, action, op, resource_type, resource_id, outcome, changes,
            payload, prev, hash);
    INSERT INTO public.tenant_events
        (tenant_id, seq, month, event, data, actor_kind, actor_id, visibility, at)
    SELECT tenant, event_base + row_number() OVER (ORDER BY e.seq),
        date_trunc('month', e.at AT TIME ZONE 'UTC')::date, e.event, coalesce(e.data, '{}'),
        CASE WHEN e.actor IS NULL THEN 'system' ELSE 'user' END, e.actor, 'members', e.at
    FROM unnest(seqs, created, actors, events, datas) AS e (seq, at, actor, event, data)
    WHERE e.event IS NOT NULL;
    UPDATE public.tenant_heads AS h
    SET audit_seq = head.audit_seq, audit_hash = head.audit_hash, audit_at = head.audit_at,
        event_seq = event_base
            + (SELECT count(*) FROM unnest(events) AS given (event) WHERE event IS NOT NULL)
    WHERE h.tenant_id = tenant;
    RETURN head.audit_seq;
END
$$;

-- A second fence behind the grants, against the owner's own mistakes.
CREATE FUNCTION app.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = format('%s is append only', TG_TABLE_NAME);
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON platform_audit_events
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON platform_audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

GRANT EXECUTE ON FUNCTION app.open_ledger(),
    app.record(uuid, uuid, text, text, text, text, text, text, text, text, jsonb, text),
    app.record_platform(uuid, uuid, text, text, text, text, text, text, text)
    TO ghostworks_app;
RESET ROLE;
-- The definers: only ghostworks_audit may write the trails, and only through these.
ALTER FUNCTION app.open_ledger() OWNER TO ghostworks_audit;
ALTER FUNCTION app.record(
    uuid, uuid, text, text, text, text, text, text, text, text, jsonb, text)
    OWNER TO ghostworks_audit;
ALTER FUNCTION app.record_platform(uuid, uuid, text, text, text, text, text, text, text)
    OWNER TO ghostworks_audit;
ALTER FUNCTION app.audit_load(uuid[], timestamptz[], uuid[], text[], text[], text[], text[],
    text[], text[], text[], jsonb[]) OWNER TO ghostworks_audit;
-- After the change of owner, which takes the old owner's right away.
GRANT EXECUTE ON FUNCTION app.audit_load(uuid[], timestamptz[], uuid[], text[], text[], text[],
    text[], text[], text[], text[], jsonb[]) TO ghostworks_owner;
