-- Conversations with models and their messages, and answers that are kept to be given again.
SET ROLE ghostworks_owner;
SET row_security = off;

-- One person's; `expires_at` moves with each message.
CREATE TABLE ai_conversations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    message_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT ai_conversations_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT ai_conversations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT ai_conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT ai_conversations_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT ai_conversations_message_count CHECK (message_count >= 0)
);
CREATE INDEX ai_conversations_list_idx
    ON ai_conversations (tenant_id, created_at DESC, id DESC);
CREATE INDEX ai_conversations_user_id_idx
    ON ai_conversations (tenant_id, user_id, created_at DESC, id DESC);
CREATE INDEX ai_conversations_expires_at_idx ON ai_conversations (expires_at);
CALL app.wall('ai_conversations');
GRANT SELECT ON ai_conversations TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON ai_conversations TO ghostworks_app;
GRANT UPDATE (message_count, updated_at, expires_at) ON ai_conversations TO ghostworks_app;

CREATE TABLE ai_messages (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq integer NOT NULL,
    role text NOT NULL,
    content text NOT NULL,
    tool_calls jsonb NOT NULL DEFAULT '[]',
    tool_call_id text,
    request_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ai_messages_pkey PRIMARY KEY (tenant_id, conversation_id, seq),
    CONSTRAINT ai_messages_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id)
        REFERENCES ai_conversations (tenant_id, id),
    CONSTRAINT ai_messages_seq CHECK (seq > 0),
    CONSTRAINT ai_messages_role CHECK (role IN ('system', 'user', 'assistant', 'tool'))
);
CALL app.wall('ai_messages');
GRANT SELECT ON ai_messages TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON ai_messages TO ghostworks_app;

-- `cache_key` says who may have the answer: it is made of the person, too.
CREATE TABLE ai_response_cache (
    tenant_id uuid NOT NULL,
    cache_key bytea NOT NULL,
    user_id uuid NOT NULL,
    model text NOT NULL,
    reply jsonb NOT NULL,
    saved_nano bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT ai_response_cache_pkey PRIMARY KEY (tenant_id, cache_key),
    CONSTRAINT ai_response_cache_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT ai_response_cache_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT ai_response_cache_key_size CHECK (octet_length(cache_key) = 32),
    CONSTRAINT ai_response_cache_saved CHECK (saved_nano >= 0)
);
CREATE INDEX ai_response_cache_expires_at_idx ON ai_response_cache (expires_at);
CALL app.wall('ai_response_cache');
GRANT SELECT ON ai_response_cache TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON ai_response_cache TO ghostworks_app;

-- They go with their person; messages before what they belong to.
CALL app.erase_with_person('ai_messages', '(tenant_id, conversation_id) IN (SELECT c.tenant_id,'
    ' c.id FROM public.ai_conversations AS c WHERE c.user_id = $1)');
CALL app.erase_with_person('ai_conversations');
CALL app.erase_with_person('ai_response_cache');

-- Deletes what is past its end, a batch of each kind; how much it was.
CREATE FUNCTION app.prune_ai_chat(batch integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_count integer;
    total integer := 0;
BEGIN
    IF NOT app.is_system() THEN
        RAISE insufficient_privilege USING MESSAGE = 'pruning needs a system context';
    END IF;
    DELETE FROM public.ai_response_cache AS r
    WHERE (r.tenant_id, r.cache_key) IN (
        SELECT x.tenant_id, x.cache_key FROM public.ai_response_cache AS x
        WHERE x.expires_at <= statement_timestamp()
        ORDER BY x.expires_at LIMIT batch);
    GET DIAGNOSTICS found_count = ROW_COUNT;
    total := total + found_count;
    DELETE FROM public.ai_messages AS m
    WHERE (m.tenant_id, m.conversation_id) IN (
        SELECT x.tenant_id, x.id FROM public.ai_conversations AS x
        WHERE x.expires_at <= statement_timestamp()
        ORDER BY x.expires_at LIMIT batch);
    DELETE FROM public.ai_conversations AS c
    WHERE c.expires_at <= statement_timestamp() AND NOT EXISTS (
        SELECT FROM public.ai_messages AS m
        WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id);
    GET DIAGNOSTICS found_count = ROW_COUNT;
    RETURN total + found_count;
END
$$;

-- Opens the storefront of the context's tenant to the public, or closes it; whether that changed
-- anything. For somebody who may change the storefront there (permission 12).
CREATE POLICY ghostworks_guard_storefront ON tenant_directory FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);
GRANT UPDATE (storefront_enabled) ON tenant_directory TO ghostworks_guard;
CREATE FUNCTION app.set_storefront(is_open boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
BEGIN
    IF app.member_may(tenant, app.user_id(), 12) IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a storefront is opened by those who may';
    END IF;
    UPDATE public.tenant_directory AS d SET storefront_enabled = is_open
    WHERE d.tenant_id = tenant AND d.storefront_enabled <> is_open;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION app.prune_ai_chat(integer), app.set_storefront(boolean)
    TO ghostworks_app;

RESET ROLE;
ALTER FUNCTION app.prune_ai_chat(integer) OWNER TO ghostworks_guard;
ALTER FUNCTION app.set_storefront(boolean) OWNER TO ghostworks_guard;
