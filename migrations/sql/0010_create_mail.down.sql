DROP FUNCTION app.queue_mail(uuid, text, text, text, bytea);
SET ROLE ghostworks_owner;
DROP TABLE mail_outbox;
DELETE FROM app.walls WHERE table_name = 'public.mail_outbox';
RESET ROLE;
