DROP FUNCTION app.search_artifacts(
    text, text[], timestamptz, timestamptz, uuid, integer, boolean, integer, timestamptz, uuid);
SET ROLE ghostworks_owner;
DROP FUNCTION app.search_query(text);
DROP TABLE artifact_revisions, artifact_tags, artifacts;
DROP FUNCTION app.artifact_words(text, text[], text);
DELETE FROM app.partitioned WHERE table_name = 'artifact_revisions';
DELETE FROM app.walls WHERE table_name IN
    ('public.artifact_revisions', 'public.artifact_tags', 'public.artifacts');
RESET ROLE;
