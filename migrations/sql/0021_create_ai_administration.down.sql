SET ROLE ghostworks_owner;
SET row_security = off;
DROP FUNCTION app.add_ai_price(text, timestamptz, bigint, bigint, bigint, bigint, bigint, bigint,
    uuid, uuid);
DROP FUNCTION app.set_ai_model_status(text, text);
DROP FUNCTION app.add_ai_model(text, text, text, bigint, bigint);
DROP FUNCTION app.add_ai_provider(text, text, text);
DROP FUNCTION app.require_platform();
DROP TABLE ai_prompt_labels, ai_prompt_versions, ai_prompts, ai_routes, ai_price_proposals;
DELETE FROM app.walls WHERE table_name IN ('public.ai_prompt_labels',
    'public.ai_prompt_versions', 'public.ai_prompts', 'public.ai_routes',
    'public.ai_price_proposals');
ALTER TABLE ai_price_versions DROP CONSTRAINT ai_price_versions_four_eyes;
ALTER TABLE ai_price_versions DROP CONSTRAINT ai_price_versions_sanity;
REVOKE DELETE ON ai_budgets FROM ghostworks_app;
ALTER TABLE ai_budgets DROP CONSTRAINT ai_budgets_thresholds;
DROP INDEX ai_requests_reserved_at_idx, ai_requests_user_id_idx, ai_alerts_raised_at_idx;
RESET ROLE;
