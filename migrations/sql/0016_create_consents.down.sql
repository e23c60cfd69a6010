DROP FUNCTION app.support_still_may(uuid);
DROP FUNCTION app.support_may_bring(text);
DROP FUNCTION app.tenant_owners();
DROP FUNCTION app.sole_ownerships(uuid);
DROP FUNCTION app.user_places(uuid);
SET ROLE ghostworks_owner;
DROP TABLE node_figures;
DROP INDEX support_sessions_consent_token_id_idx;
ALTER TABLE support_sessions DROP COLUMN personal_data;
DROP TABLE support_consents;
DROP INDEX support_sessions_staff_user_id_idx;
DROP INDEX sessions_created_at_idx;
DROP INDEX users_created_at_idx;
DROP INDEX platform_roles_granted_at_idx;
REVOKE UPDATE (granted_by, granted_at, expires_at) ON platform_roles FROM ghostworks_app;
DROP TABLE platform_counters;
DELETE FROM app.walls WHERE table_name IN
    ('public.node_figures', 'public.support_consents', 'public.platform_counters');
RESET ROLE;
