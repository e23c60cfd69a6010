-- Providers stay as they are.
SET ROLE ghostworks_owner;
DROP FUNCTION app.set_ai_provider_status(text, text);
RESET ROLE;
