-- What visitors said goes: an older version knows conversations of members only.
SET ROLE ghostworks_owner;
SET row_security = off;

ALTER TABLE ai_messages NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ai_conversations NO FORCE ROW LEVEL SECURITY;
DELETE FROM ai_messages AS m
USING ai_conversations AS c
WHERE c.tenant_id = m.tenant_id AND c.id = m.conversation_id AND c.visitor IS NOT NULL;
DELETE FROM ai_conversations WHERE visitor IS NOT NULL;
ALTER TABLE ai_conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE ai_messages FORCE ROW LEVEL SECURITY;
ALTER TABLE ai_conversations
    DROP COLUMN visitor,
    ALTER COLUMN user_id SET NOT NULL;

RESET ROLE;
