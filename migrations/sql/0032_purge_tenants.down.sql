DROP FUNCTION app.purge_tenant(integer);
DROP FUNCTION app.tenants_to_purge(integer);
SET ROLE ghostworks_owner;
SET row_security = off;
DROP POLICY ghostworks_retention_lock ON tenants;
REVOKE UPDATE (purged_at) ON tenants FROM ghostworks_retention;
DROP POLICY ghostworks_retention_purge ON user_tenants;
REVOKE DELETE ON user_tenants FROM ghostworks_retention;
DROP POLICY ghostworks_retention ON user_tenants;
REVOKE SELECT ON user_tenants FROM ghostworks_retention;
DO $$
DECLARE
    purged record;
BEGIN
    FOR purged IN SELECT p.table_name FROM app.purges AS p LOOP
        EXECUTE format('DROP POLICY ghostworks_retention_purge ON public.%I', purged.table_name);
        EXECUTE format('REVOKE DELETE ON public.%I FROM ghostworks_retention', purged.table_name);
        EXECUTE format('DROP POLICY ghostworks_retention ON public.%I', purged.table_name);
        EXECUTE format('REVOKE SELECT ON public.%I FROM ghostworks_retention', purged.table_name);
    END LOOP;
END
$$;
DROP PROCEDURE app.purge_with_tenant(text, text);
DROP TABLE app.purges;
DELETE FROM app.walls WHERE table_name = 'app.purges';
ALTER TABLE tenants
    DROP CONSTRAINT tenants_purge,
    DROP COLUMN purged_at,
    DROP COLUMN purge_began_at;
RESET ROLE;
