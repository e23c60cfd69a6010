-- Workspaces are renamed, closed and opened again by their own people, besides the platform's.
SET ROLE ghostworks_owner;
SET row_security = off;

-- Who closed it: what an operator closed is for an operator to open.
ALTER TABLE tenants ADD COLUMN closed_by text,
    ADD CONSTRAINT tenants_closed_by CHECK (closed_by IN ('owner', 'operator'));

-- Lets the directory show the name that the context's tenant has now. A tenant writes nothing into
-- the directory: this copies one value that it may write anyway, and takes none.
CREATE FUNCTION app.follow_name() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant uuid := app.tenant_id();
BEGIN
    IF tenant IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no tenant has a name to follow';
    END IF;
    UPDATE public.tenant_directory AS d
    SET name = t.name
    FROM public.tenants AS t
    WHERE t.id = tenant AND d.tenant_id = tenant AND d.name <> t.name;
END
$$;
GRANT EXECUTE ON FUNCTION app.follow_name() TO ghostworks_app;
GRANT EXECUTE ON FUNCTION app.fold(text) TO ghostworks_guard;
GRANT UPDATE (name) ON tenant_directory TO ghostworks_guard;
CREATE POLICY ghostworks_guard_update ON tenant_directory FOR UPDATE TO ghostworks_guard
    USING (true) WITH CHECK (true);

RESET ROLE;
ALTER FUNCTION app.follow_name() OWNER TO ghostworks_guard;
