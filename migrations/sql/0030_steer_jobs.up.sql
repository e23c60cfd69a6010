-- What a worker does can be steered: a job is cancelled or tried again by an operator, and says why
-- it failed. Alerts of the platform are acknowledged.
SET ROLE ghostworks_owner;
SET row_security = off;

ALTER TABLE mail_outbox
    DROP CONSTRAINT mail_outbox_status,
    ADD CONSTRAINT mail_outbox_status
        CHECK (status IN ('pending', 'sent', 'failed', 'cancelled'));
CREATE INDEX mail_outbox_created_at_idx ON mail_outbox (created_at DESC, id DESC);

-- A try's number is what makes an overtaken worker count for nothing, so it only grows: whoever has
-- an export tried again gives it more tries.
ALTER TABLE data_subject_requests
    ADD COLUMN tries_allowed integer NOT NULL DEFAULT 5,
    ADD COLUMN last_error text,
    ADD CONSTRAINT data_subject_requests_last_error_length
        CHECK (char_length(last_error) <= 300),
    DROP CONSTRAINT data_subject_requests_status,
    ADD CONSTRAINT data_subject_requests_status CHECK (status IN ('pending', 'queued', 'running',
        'done', 'failed', 'expired', 'cancelled'));
GRANT UPDATE (tries_allowed, last_error) ON data_subject_requests TO ghostworks_app;
CREATE INDEX data_subject_requests_created_at_idx
    ON data_subject_requests (created_at DESC, id DESC);

-- Who watches the platform sees jobs come and go. A row at a time: a worker that looks for work and
-- finds none changes nothing.
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF status, attempts, next_attempt_at ON mail_outbox
    FOR EACH ROW EXECUTE FUNCTION app.ring('platform');
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF status, steps_done ON data_subject_requests
    FOR EACH ROW EXECUTE FUNCTION app.ring('platform');

-- What somebody has seen to: an alert is quiet until it gets worse than it was then.
CREATE TABLE platform_alert_marks (
    kind text NOT NULL,
    subject text NOT NULL,
    level bigint NOT NULL,
    marked_by uuid NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT platform_alert_marks_pkey PRIMARY KEY (kind, subject),
    CONSTRAINT platform_alert_marks_marked_by_fkey FOREIGN KEY (marked_by) REFERENCES users (id),
    CONSTRAINT platform_alert_marks_kind
        CHECK (kind IN ('silent', 'failing', 'slow', 'waiting', 'mails', 'copies')),
    CONSTRAINT platform_alert_marks_subject_length CHECK (char_length(subject) <= 300)
);
CALL app.wall_global('platform_alert_marks');
GRANT SELECT ON platform_alert_marks TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE, DELETE ON platform_alert_marks TO ghostworks_app;

RESET ROLE;
