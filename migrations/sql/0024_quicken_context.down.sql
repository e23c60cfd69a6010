SET ROLE ghostworks_owner;

-- Reads and proves the one setting that every policy hangs on. NULL when there is none;
-- 42501 when it is malformed, forged or expired. Judged by the database's clock. The form
-- of a field is asked before it is read, because the planner may read constants before the code
-- over all of them is compared.
CREATE OR REPLACE FUNCTION app.claims() RETURNS app.context_claims
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    context pg_catalog.text := pg_catalog.current_setting('app.context', true);
    claims app.context_claims;
BEGIN
    SELECT pg_catalog.split_part(context, '.', 3),
        CASE WHEN pg_catalog.split_part(context, '.', 4) OPERATOR(pg_catalog.~)
            '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            THEN pg_catalog.split_part(context, '.', 4)::pg_catalog.uuid END,
        CASE WHEN pg_catalog.split_part(context, '.', 5) OPERATOR(pg_catalog.~)
            '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            THEN pg_catalog.split_part(context, '.', 5)::pg_catalog.uuid END,
        CASE WHEN pg_catalog.split_part(context, '.', 6) OPERATOR(pg_catalog.~)
            '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            THEN pg_catalog.split_part(context, '.', 6)::pg_catalog.uuid END,
        pg_catalog.split_part(context, '.', 7)
    INTO claims
    FROM app.context_keys AS k
    WHERE k.kid OPERATOR(pg_catalog.=) pg_catalog.substr(context, 4, 8)
      AND (k.retired_at IS NULL
          OR k.retired_at OPERATOR(pg_catalog.>) pg_catalog.statement_timestamp())
      AND CASE WHEN pg_catalog.split_part(context, '.', 8) OPERATOR(pg_catalog.!~) '^[0-9]{1,15}$'
          THEN false
          WHEN pg_catalog.octet_length(context) OPERATOR(pg_catalog.<=) 512
          AND pg_catalog."right"(context, 64) OPERATOR(pg_catalog.=) pg_catalog.encode(
              pg_catalog.sha256(k.outer_block OPERATOR(pg_catalog.||) pg_catalog.sha256(
                  k.inner_block OPERATOR(pg_catalog.||) pg_catalog.convert_to(
                      pg_catalog."left"(context, -65), 'UTF8'))), 'hex')
          THEN pg_catalog.to_timestamp(pg_catalog.split_part(context, '.', 8)::pg_catalog.float8)
                  OPERATOR(pg_catalog.>=) pg_catalog.statement_timestamp()
              AND pg_catalog.to_timestamp(
                  pg_catalog.split_part(context, '.', 8)::pg_catalog.float8)
                  OPERATOR(pg_catalog.<=) (pg_catalog.statement_timestamp()
                      OPERATOR(pg_catalog.+) '300s'::pg_catalog.interval)
          END;
    IF FOUND THEN
        RETURN claims;
    END IF;
    RETURN app.refuse_claims(context);
END
$$;

RESET ROLE;
