-- The look-up of unique indexes as 0009 wrote it.
SET ROLE ghostworks_owner;

DO $patch$
DECLARE
    before CONSTANT text := $sql$
    FROM walled AS w
    CROSS JOIN LATERAL (SELECT w.oid AS relid
        UNION SELECT t.relid FROM pg_partition_tree(w.oid) AS t) AS own
    JOIN pg_index AS i ON i.indrelid = own.relid AND (i.indisunique OR i.indisexclusion)
    WHERE$sql$;
    after CONSTANT text := $sql$
    FROM walled AS w
    JOIN pg_index AS i ON (i.indisunique OR i.indisexclusion) AND (i.indrelid = w.oid
        OR i.indrelid IN (SELECT t.relid FROM pg_partition_tree(w.oid) AS t))
    WHERE$sql$;
    definition CONSTANT text := pg_get_functiondef('app.wall_problems()'::regprocedure);
BEGIN
    ASSERT (length(definition) - length(replace(definition, before, ''))) = length(before),
        'app.wall_problems() is not as 0041 made it';
    EXECUTE replace(definition, before, after);
END
$patch$;

RESET ROLE;
