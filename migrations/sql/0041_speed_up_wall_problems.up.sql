-- The unique indexes of a wall's table and of its partitions are looked up table by table. Asked
-- the other way round, whether an index belongs to one of a table's partitions, the whole index list
-- stood against each table: three quarters of a check that every console and server waits for.
SET ROLE ghostworks_owner;

DO $patch$
DECLARE
    before CONSTANT text := $sql$
    FROM walled AS w
    JOIN pg_index AS i ON (i.indisunique OR i.indisexclusion) AND (i.indrelid = w.oid
        OR i.indrelid IN (SELECT t.relid FROM pg_partition_tree(w.oid) AS t))
    WHERE$sql$;
    after CONSTANT text := $sql$
    FROM walled AS w
    CROSS JOIN LATERAL (SELECT w.oid AS relid
        UNION SELECT t.relid FROM pg_partition_tree(w.oid) AS t) AS own
    JOIN pg_index AS i ON i.indrelid = own.relid AND (i.indisunique OR i.indisexclusion)
    WHERE$sql$;
    definition CONSTANT text := pg_get_functiondef('app.wall_problems()'::regprocedure);
BEGIN
    ASSERT (length(definition) - length(replace(definition, before, ''))) = length(before),
        'app.wall_problems() is not as 0009 made it';
    EXECUTE replace(definition, before, after);
END
$patch$;

RESET ROLE;
