DROP FUNCTION app.prune_ai_chat(integer);
SET ROLE ghostworks_owner;
DELETE FROM app.erasures
WHERE table_name IN ('ai_messages', 'ai_conversations', 'ai_response_cache');
DROP TABLE ai_response_cache;
DROP TABLE ai_messages;
DROP TABLE ai_conversations;
DELETE FROM app.walls WHERE table_name IN
    ('public.ai_conversations', 'public.ai_messages', 'public.ai_response_cache');
RESET ROLE;
