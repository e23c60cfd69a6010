-- Mails on their way out: a row is written in the transaction that causes the mail, and sent by
-- the worker. The values of the text hold links that open accounts, so they are sealed.
SET ROLE ghostworks_owner;
SET row_security = off;

CREATE TABLE mail_outbox (
    id uuid NOT NULL,
    tenant_id uuid,
    template text NOT NULL,
    language text NOT NULL,
    recipient text NOT NULL,
    payload bytea,
    status text NOT NULL DEFAULT 'pending',
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    locked_until timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz,
    CONSTRAINT mail_outbox_pkey PRIMARY KEY (id),
    CONSTRAINT mail_outbox_status CHECK (status IN ('pending', 'sent', 'failed')),
    CONSTRAINT mail_outbox_language CHECK (language IN ('en', 'ar')),
    CONSTRAINT mail_outbox_recipient_length CHECK (char_length(recipient) BETWEEN 3 AND 254),
    CONSTRAINT mail_outbox_attempts CHECK (attempts >= 0),
    CONSTRAINT mail_outbox_last_error_length CHECK (char_length(last_error) <= 300),
    -- What was sent is forgotten.
    CONSTRAINT mail_outbox_payload CHECK ((payload IS NULL) = (status <> 'pending'))
);
CREATE INDEX mail_outbox_due_idx ON mail_outbox (next_attempt_at, id) WHERE status = 'pending';
CALL app.wall_global('mail_outbox');
GRANT SELECT ON mail_outbox TO ghostworks_app, ghostworks_reader;
GRANT UPDATE (status, attempts, next_attempt_at, locked_until, last_error, payload, sent_at)
    ON mail_outbox TO ghostworks_app;
-- A tenant's context sees no row, so it deletes none.
GRANT DELETE ON mail_outbox TO ghostworks_app;

-- Queues a mail; for any proven context, because a member's invitation and a stranger's
-- registration both send one. What is queued cannot be read back by whoever queued it.
CREATE FUNCTION app.queue_mail(new_id uuid, template text, language text, recipient text,
    payload bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.is_global() AND app.user_id() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a mail needs a context';
    END IF;
    INSERT INTO public.mail_outbox (id, tenant_id, template, language, recipient, payload)
    VALUES (new_id, app.tenant_id(), template, language, recipient, payload);
END
$$;
GRANT EXECUTE ON FUNCTION app.queue_mail(uuid, text, text, text, bytea) TO ghostworks_app;
GRANT INSERT ON mail_outbox TO ghostworks_guard;
CREATE POLICY ghostworks_guard_insert ON mail_outbox FOR INSERT TO ghostworks_guard
    WITH CHECK (true);

RESET ROLE;
ALTER FUNCTION app.queue_mail(uuid, text, text, text, bytea) OWNER TO ghostworks_guard;
