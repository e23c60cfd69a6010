DROP FUNCTION app.prune_ai_chat(integer);
DROP FUNCTION app.set_storefront(boolean);
SET ROLE ghostworks_owner;
DROP POLICY ghostworks_guard_storefront ON tenant_directory;
REVOKE UPDATE (storefront_enabled) ON tenant_directory FROM ghostworks_guard;
DELETE FROM app.erasures
WHERE table_name IN ('ai_messages', 'ai_conversations', 'ai_response_cache');
DROP TABLE ai_response_cache;
DROP TABLE ai_messages;
DROP TABLE ai_conversations;
DELETE FROM app.walls WHERE table_name IN
    ('public.ai_conversations', 'public.ai_messages', 'public.ai_response_cache');
RESET ROLE;
