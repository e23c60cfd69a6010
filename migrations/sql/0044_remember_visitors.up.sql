-- A storefront's visitors have conversations, too: nobody's account, known by the hash of their token.
SET ROLE ghostworks_owner;

ALTER TABLE ai_conversations
    ALTER COLUMN user_id DROP NOT NULL,
    ADD COLUMN visitor text,
    ADD CONSTRAINT ai_conversations_owner CHECK ((user_id IS NULL) <> (visitor IS NULL));
CREATE INDEX ai_conversations_visitor_idx
    ON ai_conversations (tenant_id, visitor, created_at DESC, id DESC) WHERE visitor IS NOT NULL;

RESET ROLE;
