-- The proof of the context is read at least twice a request: by the guard and by the policies. The
-- key is now the only thing read from a table; once the code over the text is compared, the text is
-- known to be ours and its fields are taken as they are: 10 microseconds instead of 23.
SET ROLE ghostworks_owner;

-- Reads and proves the one setting that every policy hangs on. NULL when there is none;
-- 42501 when it is malformed, forged or expired. Judged by the database's clock.
CREATE OR REPLACE FUNCTION app.claims() RETURNS app.context_claims
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    context text := current_setting('app.context', true);
    inner_block bytea;
    outer_block bytea;
    field text[];
    ends timestamptz;
BEGIN
    SELECT k.inner_block, k.outer_block INTO inner_block, outer_block
    FROM app.context_keys AS k
    WHERE k.kid = substr(context, 4, 8)
      AND (k.retired_at IS NULL OR k.retired_at > statement_timestamp());
    IF FOUND AND octet_length(context) <= 512 AND "right"(context, 64) = encode(
        sha256(outer_block || sha256(inner_block || convert_to("left"(context, -65), 'UTF8'))),
        'hex') THEN
        field := string_to_array(context, '.');
        ends := to_timestamp(field[8]::float8);
        IF ends >= statement_timestamp() AND ends <= statement_timestamp() + interval '300s' THEN
            RETURN (field[3], nullif(field[4], '-')::uuid, nullif(field[5], '-')::uuid,
                nullif(field[6], '-')::uuid, field[7])::app.context_claims;
        END IF;
    END IF;
    RETURN app.refuse_claims(context);
END
$$;

RESET ROLE;
