-- A whole provider is taken out of use, and back into it, as a model is.
SET ROLE ghostworks_owner;

CREATE FUNCTION app.set_ai_provider_status(provider text, wanted text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.require_platform();
    UPDATE public.ai_providers AS p SET status = wanted
    WHERE p.id = provider AND p.status <> wanted;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION app.set_ai_provider_status(text, text) TO ghostworks_app;

RESET ROLE;
