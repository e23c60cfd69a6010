SET ROLE ghostworks_owner;
REVOKE UPDATE (not_after) ON signing_keys FROM ghostworks_app;
DROP TABLE resealings;
DROP TABLE installed_keys;
DROP FUNCTION app.rotate_refresh_token(bytea, bytea, bytea, interval);
DROP TABLE refresh_tokens;
DELETE FROM app.walls
WHERE table_name IN ('public.resealings', 'public.installed_keys', 'public.refresh_tokens');
DROP INDEX sessions_user_created_idx;
ALTER TABLE sessions
    DROP CONSTRAINT sessions_ends_at,
    DROP CONSTRAINT sessions_sliding,
    DROP CONSTRAINT sessions_idle_seconds,
    DROP COLUMN ends_at,
    DROP COLUMN idle_seconds;
RESET ROLE;
