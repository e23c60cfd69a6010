DROP FUNCTION app.follow_name();
SET ROLE ghostworks_owner;
DROP POLICY ghostworks_guard_update ON tenant_directory;
REVOKE UPDATE (name) ON tenant_directory FROM ghostworks_guard;
REVOKE EXECUTE ON FUNCTION app.fold(text) FROM ghostworks_guard;
ALTER TABLE tenants DROP COLUMN closed_by;
RESET ROLE;
