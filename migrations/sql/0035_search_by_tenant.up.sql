-- The full-text index gets tenant and time into its keys. Before, the beginning of a word was looked up
-- among the words of all tenants, what it found was intersected with all artifacts of one, and all
-- of that was read and sorted for the newest.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The four weeks in which something was made, counted from the year 2000.
CREATE FUNCTION app.word_period(created_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (timezone('UTC', least(greatest($1, '2000-01-01Z'), '7000-01-01Z'))::date
        - '2000-01-01'::date) / 28
$$;

-- What stands before each word in the index. Two tenants with the same end of their ids would read
-- each other's entries in vain; the rows tell them apart.
CREATE FUNCTION app.word_mark(tenant uuid, period integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT right($1::text, 8) || lpad(to_hex($2), 4, '0')
$$;

-- The words of an artifact as the index keeps them: behind their mark, without weights and places.
-- Dear, so that no plan reads them without the index.
CREATE FUNCTION app.marked_words(tenant uuid, created_at timestamptz, words tsvector)
    RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT array_to_tsvector(string_to_array(app.word_mark($1, app.word_period($2))
        || array_to_string(tsvector_to_array($3), ' ' || app.word_mark($1, app.word_period($2))),
        ' '))
$$;

-- What is searched in some periods, likewise marked. Words that must stand side by side are looked
-- up as words that must occur, because the index keeps no places.
CREATE FUNCTION app.marked_query(tenant uuid, first_period integer, last_period integer,
    query tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg('(' || regexp_replace(regexp_replace($4::text,
            '''((?:[^'']|'''')*)''', '''' || app.word_mark($1, p) || '\1''', 'g'),
            '<(-|\d+)>', '&', 'g') || ')', ' | ')::tsquery
    FROM generate_series($2, $3) AS p
$$;
GRANT EXECUTE ON FUNCTION app.word_period(timestamptz), app.word_mark(uuid, integer),
    app.marked_words(uuid, timestamptz, tsvector) TO authenticated_users, ghostworks_search;
GRANT EXECUTE ON FUNCTION app.marked_query(uuid, integer, integer, tsquery) TO ghostworks_search;

DROP INDEX artifacts_words_idx;
CREATE INDEX artifacts_words_idx
    ON artifacts USING gin (app.marked_words(tenant_id, created_at, words))
    WHERE deleted_at IS NULL;
-- No plan depends on how often a word occurs, so nobody need count.
ALTER INDEX artifacts_words_idx ALTER COLUMN 1 SET STATISTICS 0;

-- The newest matches in a tenant, newest first, at most `wanted` of them, before a place in the list.
--
-- A common word is soon found among the newest artifacts, a rare one in the index, and no statistics
-- over all tenants tell which it is in this one. So the newest 500 are looked at. Where they let hope
-- for enough matches among 8,000, those are looked at. What is missing then comes from the index, of
-- four weeks at first and of twice as many each time, so that old matches cost nothing.
CREATE FUNCTION app.newest_matches(
    tenant uuid, query tsquery, tags text[], created_from timestamptz, created_to timestamptz,
    author uuid, before_created timestamptz, before_id uuid, wanted integer)
    RETURNS TABLE (id uuid, created_at timestamptz, words tsvector)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    reaches CONSTANT integer[] := ARRAY[500, 8000];
    -- Built as text so that each call is planned for the filters that it has.
    filters text := ' AND a.tenant_id = $1 AND (a.created_at, a.id) < ($7, $8)';
    matching text := ' WHERE a.words @@ $2';
    source CONSTANT text := 'SELECT a.id, a.created_at, a.words FROM (SELECT a.* FROM'
        ' public.artifacts AS a WHERE a.deleted_at IS NULL';
    newest CONSTANT text := ' ORDER BY a.created_at DESC, a.id DESC LIMIT ';
    oldest timestamptz;
    rest timestamptz;
    stage record;
    hit record;
    hits integer := 0;
BEGIN
    IF created_from IS NOT NULL THEN
        filters := filters || ' AND a.created_at >= $4';
    END IF;
    IF created_to IS NOT NULL THEN
        filters := filters || ' AND a.created_at < $5';
    END IF;
    IF author IS NOT NULL THEN
        filters := filters || ' AND a.created_by = $6';
    END IF;
    IF coalesce(cardinality(tags), 0) > 0 THEN
        matching := matching || ' AND NOT EXISTS (SELECT FROM unnest($3) AS t (tag)'
            ' WHERE NOT EXISTS (SELECT FROM public.artifact_tags AS g WHERE g.tenant_id = $1'
            ' AND g.artifact_id = a.id AND g.tag = t.tag COLLATE "C"))';
    END IF;
    before_created := coalesce(before_created, 'infinity');
    before_id := coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
    SELECT min(a.created_at) INTO oldest FROM public.artifacts AS a
        WHERE a.tenant_id = tenant AND a.deleted_at IS NULL;
    SELECT a.created_at INTO rest FROM public.artifacts AS a
        WHERE a.tenant_id = tenant AND a.deleted_at IS NULL
        ORDER BY a.created_at DESC, a.id DESC OFFSET reaches[1] LIMIT 1;
    FOR stage IN
        SELECT r.reach, 0 AS first_period, 0 AS last_period,
            source || filters || newest || r.reach || ') AS a' || matching || ' LIMIT $9' AS search
        FROM unnest(reaches) AS r (reach)
        UNION ALL
        SELECT NULL, greatest(s.last_period - (2 << k) + 2, s.first_period),
            s.last_period - (1 << k) + 1,
            source || ' AND app.marked_words(a.tenant_id, a.created_at, a.words) @@ $10 OFFSET 0'
            ') AS a' || matching || filters || newest || '$9'
        FROM generate_series(0, 16) AS k,
            (SELECT app.word_period(greatest(oldest, created_from)) AS first_period,
                app.word_period(least(rest, created_to, before_created)) AS last_period) AS s
        WHERE rest IS NOT NULL AND s.last_period - (1 << k) + 1 >= s.first_period
        ORDER BY reach, last_period DESC
    LOOP
        CONTINUE WHEN stage.reach > reaches[1] AND hits * stage.reach < wanted * reaches[1];
        FOR hit IN EXECUTE stage.search
            USING tenant, query, tags, created_from, created_to, author, before_created, before_id,
                wanted - hits,
                app.marked_query(tenant, stage.first_period, stage.last_period, query)
        LOOP
            id := hit.id;
            created_at := hit.created_at;
            words := hit.words;
            RETURN NEXT;
            hits := hits + 1;
            before_created := hit.created_at;
            before_id := hit.id;
        END LOOP;
        EXIT WHEN hits >= wanted;
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION app.newest_matches(
    uuid, tsquery, text[], timestamptz, timestamptz, uuid, timestamptz, uuid, integer)
    TO ghostworks_search;
RESET ROLE;

-- Ids of the artifacts of the context's tenant that match, best first. The newest 250 matches are
-- ranked; older ones follow by date (`ranked` is false for them). The tenant comes from the context,
-- never from an argument. `after_…` is the last row of the page before.
CREATE OR REPLACE FUNCTION app.search_artifacts(
    query text, tags text[], created_from timestamptz, created_to timestamptz, author uuid,
    page_size integer, after_ranked boolean, after_rank integer, after_created timestamptz,
    after_id uuid)
    RETURNS TABLE (id uuid, ranked boolean, rank integer, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    tenant uuid := app.tenant_id();
    sought tsquery := app.search_query(query);
    ranked_matches CONSTANT integer := 250;
BEGIN
    IF tenant IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'search has no tenant';
    END IF;
    IF sought IS NULL THEN
        RETURN;
    END IF;
    IF NOT after_ranked THEN
        RETURN QUERY SELECT m.id, false, 0, m.created_at
            FROM app.newest_matches(tenant, sought, tags, created_from, created_to, author,
                after_created, after_id, page_size) AS m;
        RETURN;
    END IF;
    RETURN QUERY
        WITH newest AS MATERIALIZED (
            SELECT m.id, (ts_rank(m.words, sought) * 1000000)::integer AS rank, m.created_at
            FROM app.newest_matches(tenant, sought, tags, created_from, created_to, author, NULL,
                NULL, ranked_matches) AS m
        ), best AS MATERIALIZED (
            SELECT n.id, n.rank, n.created_at FROM newest AS n
            WHERE after_rank IS NULL
                OR (n.rank, n.created_at, n.id) < (after_rank, after_created, after_id)
            ORDER BY n.rank DESC, n.created_at DESC, n.id DESC LIMIT page_size
        )
        SELECT b.id, true, b.rank, b.created_at FROM best AS b
        UNION ALL
        SELECT m.id, false, 0, m.created_at
        FROM (SELECT n.created_at, n.id FROM newest AS n
                ORDER BY n.created_at DESC, n.id DESC OFFSET ranked_matches - 1 LIMIT 1) AS edge,
            app.newest_matches(tenant, sought, tags, created_from, created_to, author,
                edge.created_at, edge.id, page_size - (SELECT count(*)::integer FROM best)) AS m
        WHERE (SELECT count(*) FROM best) < page_size;
END
$$;
