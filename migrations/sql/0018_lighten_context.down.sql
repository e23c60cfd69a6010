SET ROLE ghostworks_owner;
DROP FUNCTION app.wall_problems();
ALTER FUNCTION app.wall_findings() RENAME TO wall_problems;
CREATE OR REPLACE FUNCTION app.claims() RETURNS app.context_claims
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    context text := current_setting('app.context', true);
    field text[];
    key record;
    expiry bigint;
    present bigint := extract(epoch FROM statement_timestamp())::bigint;
    claims app.context_claims;
BEGIN
    -- After a transaction with a local setting the value is '', not NULL.
    IF context IS NULL OR context = '' THEN
        RETURN NULL;
    END IF;
    field := string_to_array(context, '.');
    IF array_length(field, 1) IS DISTINCT FROM 9 OR field[1] <> 'v1'
        OR field[8] !~ '^[0-9]{1,15}$' OR octet_length(context) > 512 THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is malformed';
    END IF;
    SELECT k.inner_block, k.outer_block INTO key
    FROM app.context_keys AS k
    WHERE k.kid = field[2] AND (k.retired_at IS NULL OR k.retired_at > statement_timestamp());
    IF NOT FOUND OR field[9] IS DISTINCT FROM encode(
        sha256(key.outer_block || sha256(key.inner_block
            || convert_to(left(context, -(length(field[9]) + 1)), 'UTF8'))), 'hex') THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is forged';
    END IF;
    expiry := field[8]::bigint;
    IF expiry < present OR expiry > present + 300 THEN
        RAISE insufficient_privilege USING MESSAGE = 'context is expired';
    END IF;
    claims.kind := field[3];
    claims.tenant_id := nullif(field[4], '-')::uuid;
    claims.user_id := nullif(field[5], '-')::uuid;
    claims.support_session_id := nullif(field[6], '-')::uuid;
    claims.mode := field[7];
    RETURN claims;
END
$$;
DROP FUNCTION app.refuse_claims(text);
RESET ROLE;
