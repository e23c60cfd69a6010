-- Artifacts, their tags, their history and their search.
SET ROLE ghostworks_owner;
SET row_security = off;

-- The words of an artifact, by weight: name, tags, description.
CREATE FUNCTION app.artifact_words(name text, tags text[], description text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple'::regconfig, app.fold($1)), 'A')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig,
            app.fold(array_to_string($2, ' '))), 'B')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig, app.fold($3)), 'C')
$$;
GRANT EXECUTE ON FUNCTION app.artifact_words(text, text[], text) TO authenticated_users;

CREATE TABLE artifacts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_norm text COLLATE "C" GENERATED ALWAYS AS (app.fold(name)) STORED,
    description text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'active',
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_by uuid NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    version bigint NOT NULL DEFAULT 1,
    words tsvector NOT NULL GENERATED ALWAYS AS (app.artifact_words(name, tags, description))
        STORED,
    deleted_at timestamptz,
    deleted_by uuid,
    CONSTRAINT artifacts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT artifacts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT artifacts_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT artifacts_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users (id),
    CONSTRAINT artifacts_status CHECK (status IN ('active', 'archived')),
    CONSTRAINT artifacts_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
    CONSTRAINT artifacts_description_size CHECK (octet_length(description) <= 65536),
    CONSTRAINT artifacts_metadata_size CHECK (octet_length(metadata::text) <= 65536),
    CONSTRAINT artifacts_metadata_object CHECK (jsonb_typeof(metadata) = 'object'),
    CONSTRAINT artifacts_tags_count CHECK (cardinality(tags) <= 20)
);
CREATE INDEX artifacts_created_at_idx
    ON artifacts (tenant_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX artifacts_updated_at_idx
    ON artifacts (tenant_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX artifacts_name_norm_idx
    ON artifacts (tenant_id, name_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX artifacts_created_by_idx
    ON artifacts (tenant_id, created_by, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX artifacts_deleted_at_idx
    ON artifacts (tenant_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX artifacts_words_idx ON artifacts USING gin (tenant_id, words)
    WHERE deleted_at IS NULL;
CALL app.wall('artifacts');
CALL app.open_to('ghostworks_search', 'artifacts');
CALL app.open_to('ghostworks_stats', 'artifacts');
GRANT SELECT ON artifacts TO ghostworks_app, ghostworks_reader;
GRANT INSERT, UPDATE ON artifacts TO ghostworks_app;

-- The tags of live artifacts, for filtering by index: no operator on arrays is leakproof.
CREATE TABLE artifact_tags (
    tenant_id uuid NOT NULL,
    tag text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    artifact_id uuid NOT NULL,
    CONSTRAINT artifact_tags_pkey PRIMARY KEY (tenant_id, tag, created_at, artifact_id),
    CONSTRAINT artifact_tags_artifact_id_fkey
        FOREIGN KEY (tenant_id, artifact_id) REFERENCES artifacts (tenant_id, id),
    CONSTRAINT artifact_tags_tag_length CHECK (char_length(tag) BETWEEN 1 AND 50)
);
CREATE INDEX artifact_tags_artifact_id_idx ON artifact_tags (tenant_id, artifact_id);
CALL app.wall('artifact_tags');
CALL app.open_to('ghostworks_search', 'artifact_tags');
GRANT SELECT ON artifact_tags TO ghostworks_app, ghostworks_reader;
GRANT INSERT, DELETE ON artifact_tags TO ghostworks_app;

-- One row a version: who made it and what it changed. Append only.
CREATE TABLE artifact_revisions (
    tenant_id uuid NOT NULL,
    artifact_id uuid NOT NULL,
    version bigint NOT NULL,
    month date NOT NULL,
    actor_id uuid NOT NULL,
    action text NOT NULL,
    changes text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT artifact_revisions_pkey PRIMARY KEY (tenant_id, artifact_id, version, month),
    CONSTRAINT artifact_revisions_artifact_id_fkey
        FOREIGN KEY (tenant_id, artifact_id) REFERENCES artifacts (tenant_id, id),
    CONSTRAINT artifact_revisions_action
        CHECK (action IN ('created', 'updated', 'deleted', 'restored'))
) PARTITION BY RANGE (month);
CREATE TABLE artifact_revisions_default PARTITION OF artifact_revisions DEFAULT;
ALTER TABLE artifact_revisions_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE artifact_revisions_default FORCE ROW LEVEL SECURITY;
CALL app.wall('artifact_revisions');
GRANT SELECT, INSERT ON artifact_revisions TO ghostworks_app;
GRANT SELECT ON artifact_revisions TO ghostworks_reader;
INSERT INTO app.partitioned (table_name) VALUES ('artifact_revisions');

-- A query as people type it: every word must occur, the last one may be the beginning of a word.
-- NULL when nothing searchable is left.
CREATE FUNCTION app.search_query(query text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    word text[];
    piece tsquery;
    built tsquery;
BEGIN
    word := regexp_split_to_array(
        btrim(regexp_replace(app.fold(query), '[^[:alnum:]]+', ' ', 'g')), ' ');
    FOR i IN 1 .. coalesce(array_length(word, 1), 0) LOOP
        CONTINUE WHEN word[i] = '';
        piece := to_tsquery('pg_catalog.simple'::regconfig, quote_literal(word[i])
            || CASE WHEN i = array_length(word, 1) THEN ':*' ELSE '' END);
        built := CASE WHEN built IS NULL THEN piece ELSE built && piece END;
    END LOOP;
    RETURN CASE WHEN numnode(built) > 0 THEN built END;
END
$$;
GRANT EXECUTE ON FUNCTION app.search_query(text) TO authenticated_users, ghostworks_search;

-- Ids of the artifacts of the context's tenant that match, best first. The newest 1,000 matches
-- are ranked; older ones follow by date (`ranked` is false for them). The tenant comes from the
-- context, never from an argument. `after_…` is the last row of the page before.
CREATE FUNCTION app.search_artifacts(
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
GRANT EXECUTE ON FUNCTION app.search_artifacts(
    text, text[], timestamptz, timestamptz, uuid, integer, boolean, integer, timestamptz, uuid)
    TO authenticated_users;
RESET ROLE;
ALTER FUNCTION app.search_artifacts(
    text, text[], timestamptz, timestamptz, uuid, integer, boolean, integer, timestamptz, uuid)
    OWNER TO ghostworks_search;
