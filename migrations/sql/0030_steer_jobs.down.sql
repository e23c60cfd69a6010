SET ROLE ghostworks_owner;
SET row_security = off;
DROP TABLE platform_alert_marks;
DELETE FROM app.walls WHERE table_name = 'public.platform_alert_marks';
DROP TRIGGER ring ON data_subject_requests;
DROP TRIGGER ring ON mail_outbox;
DROP INDEX data_subject_requests_created_at_idx;
ALTER TABLE data_subject_requests NO FORCE ROW LEVEL SECURITY;
UPDATE data_subject_requests SET status = 'failed' WHERE status = 'cancelled';
ALTER TABLE data_subject_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE data_subject_requests
    DROP CONSTRAINT data_subject_requests_status,
    ADD CONSTRAINT data_subject_requests_status CHECK (status IN ('pending', 'queued', 'running',
        'done', 'failed', 'expired')),
    DROP CONSTRAINT data_subject_requests_last_error_length,
    DROP COLUMN last_error,
    DROP COLUMN tries_allowed;
DROP INDEX mail_outbox_created_at_idx;
ALTER TABLE mail_outbox NO FORCE ROW LEVEL SECURITY;
UPDATE mail_outbox SET status = 'failed' WHERE status = 'cancelled';
ALTER TABLE mail_outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE mail_outbox
    DROP CONSTRAINT mail_outbox_status,
    ADD CONSTRAINT mail_outbox_status CHECK (status IN ('pending', 'sent', 'failed'));
RESET ROLE;
