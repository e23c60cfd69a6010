DROP FUNCTION app.touch_members(uuid[], uuid[], timestamptz[]);
SET ROLE ghostworks_owner;
DROP INDEX tenant_stats_cost_idx;
DROP POLICY ghostworks_guard_update ON memberships;
ALTER TABLE memberships DROP COLUMN last_seen_at;
RESET ROLE;
