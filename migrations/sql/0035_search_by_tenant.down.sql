-- Ids of the artifacts of the context's tenant that match, best first. The newest 1,000 matches
-- are ranked; older ones follow by date (`ranked` is false for them). The tenant comes from the
-- context, never from an argument. `after_…` is the last row of the page before.
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
    wanted tsquery := app.search_query(query);
    matches text;
    found integer := 0;
    edge record;
    newest CONSTANT integer := 1000;
BEGIN
    IF tenant IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'search has no tenant';
    END IF;
    IF wanted IS NULL THEN
        RETURN;
    END IF;
    -- Built as text so that each call is planned for its own tenant and words: a generic plan
    -- cannot know whether the words are rare (GIN) or common (newest first).
    matches := 'SELECT a.id, a.created_at, a.words FROM public.artifacts AS a'
        ' WHERE a.tenant_id = $1 AND a.deleted_at IS NULL AND a.words @@ $2';
    IF created_from IS NOT NULL THEN
        matches := matches || ' AND a.created_at >= $4';
    END IF;
    IF created_to IS NOT NULL THEN
        matches := matches || ' AND a.created_at < $5';
    END IF;
    IF author IS NOT NULL THEN
        matches := matches || ' AND a.created_by = $6';
    END IF;
    IF coalesce(cardinality(tags), 0) > 0 THEN
        matches := matches || ' AND NOT EXISTS (SELECT FROM unnest($3) AS t (tag) WHERE NOT EXISTS'
            ' (SELECT FROM public.artifact_tags AS g WHERE g.tenant_id = $1'
            ' AND g.artifact_id = a.id AND g.tag = t.tag COLLATE "C"))';
    END IF;
    IF coalesce(after_ranked, true) THEN
        RETURN QUERY EXECUTE 'SELECT r.id, true, r.rank, r.created_at FROM ('
            'SELECT m.id, (ts_rank(m.words, $2) * 1000000)::integer AS rank, m.created_at FROM ('
            || matches || ' ORDER BY a.created_at DESC, a.id DESC LIMIT ' || newest || ') AS m'
            ') AS r WHERE $7 IS NULL OR (r.rank, r.created_at, r.id) < ($7, $8, $9)'
            ' ORDER BY r.rank DESC, r.created_at DESC, r.id DESC LIMIT $10'
            USING tenant, wanted, tags, created_from, created_to, author, after_rank,
                after_created, after_id, page_size;
        GET DIAGNOSTICS found = ROW_COUNT;
        IF found >= page_size THEN
            RETURN;
        END IF;
        EXECUTE 'SELECT m.created_at, m.id FROM (' || matches
            || ' ORDER BY a.created_at DESC, a.id DESC LIMIT 1 OFFSET ' || newest - 1 || ') AS m'
            INTO edge USING tenant, wanted, tags, created_from, created_to, author;
        IF edge.id IS NULL THEN
            RETURN;
        END IF;
        after_created := edge.created_at;
        after_id := edge.id;
    END IF;
    RETURN QUERY EXECUTE 'SELECT m.id, false, 0, m.created_at FROM (' || matches
        || ' AND (a.created_at, a.id) < ($7, $8)'
        ' ORDER BY a.created_at DESC, a.id DESC LIMIT $9) AS m'
        USING tenant, wanted, tags, created_from, created_to, author, after_created, after_id,
            page_size - found;
END
$$;

SET ROLE ghostworks_owner;
SET row_security = off;
DROP FUNCTION app.newest_matches(
    uuid, tsquery, text[], timestamptz, timestamptz, uuid, timestamptz, uuid, integer);
DROP INDEX artifacts_words_idx;
CREATE INDEX artifacts_words_idx ON artifacts USING gin (tenant_id, words)
    WHERE deleted_at IS NULL;
DROP FUNCTION app.marked_query(uuid, integer, integer, tsquery);
DROP FUNCTION app.marked_words(uuid, timestamptz, tsvector);
DROP FUNCTION app.word_mark(uuid, integer);
DROP FUNCTION app.word_period(timestamptz);
RESET ROLE;
