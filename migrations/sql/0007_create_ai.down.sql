SET ROLE ghostworks_owner;
DROP TABLE ai_usage_log, ai_budget_periods, ai_budgets, ai_price_versions, ai_models,
    ai_providers;
DELETE FROM app.partitioned WHERE table_name = 'ai_usage_log';
DELETE FROM app.walls WHERE table_name IN ('public.ai_usage_log', 'public.ai_budget_periods',
    'public.ai_budgets', 'public.ai_price_versions', 'public.ai_models', 'public.ai_providers');
RESET ROLE;
