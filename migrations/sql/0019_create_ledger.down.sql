DROP FUNCTION app.ai_standing();
DROP FUNCTION app.ai_differences();
DROP FUNCTION app.ai_roll_up(timestamptz);
DROP FUNCTION app.ai_tenants_with_replies(timestamptz);
DROP FUNCTION app.ai_tenants_to_alert();
DROP FUNCTION app.ai_overdue(integer);
DROP FUNCTION app.ai_beat(uuid, uuid[], interval);
SET ROLE ghostworks_owner;
DROP FUNCTION app.ai_settle(uuid, uuid, text, text, bigint, bigint, bigint, bigint, bigint, boolean,
    text, text, integer, bytea, jsonb);
DROP FUNCTION app.ai_raise_alerts(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint,
    integer[]);
DROP FUNCTION app.ai_extend(uuid, uuid, boolean, bigint, bigint, interval);
DROP FUNCTION app.ai_lock_holds(uuid, uuid);
DROP FUNCTION app.ai_reserve(uuid, uuid, text, uuid, uuid, text, text, text, text, text, uuid,
    integer, uuid, text[], bigint, bigint, bigint, text, bytea, uuid, interval);
DROP FUNCTION app.ai_nano(bigint);
DROP TYPE app.ai_limit;
DROP TYPE app.ai_target;
DELETE FROM app.erasures WHERE table_name = 'ai_replies';
DROP TABLE ai_nodes, ai_usage_hourly, ai_alerts, ai_replies, ai_attempts, ai_holds, ai_requests;
DELETE FROM app.walls WHERE table_name IN ('public.ai_nodes', 'public.ai_usage_hourly',
    'public.ai_alerts', 'public.ai_replies', 'public.ai_attempts', 'public.ai_holds',
    'public.ai_requests');
ALTER TABLE ai_usage_log DROP COLUMN tokens_cache_write, DROP COLUMN saved_nano,
    DROP COLUMN api_key_id, DROP COLUMN storefront;
DROP POLICY ghostworks_stats ON ai_budgets;
REVOKE SELECT ON ai_budgets FROM ghostworks_stats;
DROP POLICY ghostworks_stats ON ai_budget_periods;
REVOKE SELECT ON ai_budget_periods FROM ghostworks_stats;
ALTER TABLE ai_budget_periods DROP COLUMN carried;
RESET ROLE;
