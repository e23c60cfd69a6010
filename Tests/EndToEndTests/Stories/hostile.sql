-- Fills every field of text that people or programs can fill with what `hostile` holds, as long as
-- the constraints let it be, in the newest rows of each table. Says which fields, and how much.
CREATE TEMPORARY TABLE wanted (name text, kind text, newest text);
INSERT INTO wanted VALUES
    ('tenants.name', 'text', 'created_at'), ('tenant_directory.name', 'text', 'created_at'),
    ('users.display_name', 'text', 'created_at'), ('users.email', 'text', 'created_at'),
    ('artifacts.name', 'text', 'updated_at'), ('artifacts.description', 'text', 'updated_at'),
    ('artifacts.tags', 'list', 'updated_at'), ('artifacts.metadata', 'object', 'updated_at'),
    ('artifact_revisions.changes', 'change', 'created_at'), ('audit_events.action', 'text', 'seq'),
    ('audit_events.resource_type', 'text', 'seq'), ('audit_events.resource_id', 'text', 'seq'),
    ('audit_events.request_id', 'text', 'seq'), ('audit_events.changes', 'change', 'seq'),
    ('sessions.user_agent', 'text', 'created_at'), ('api_keys.name', 'text', 'created_at'),
    ('invitations.email', 'text', 'created_at'), ('invitations.role_name', 'text', 'created_at'),
    ('legal_holds.reason', 'text', 'created_at'), ('support_sessions.reason', 'text', 'id'),
    ('support_sessions.ticket', 'text', 'id'), ('support_consents.note', 'text', 'created_at'),
    ('roles.name', 'text', 'created_at'), ('ai_models.name', 'text', 'id'),
    ('ai_providers.name', 'text', 'id'), ('ai_usage_hourly.purpose', 'text', 'purpose'),
    ('ai_budgets.scope_id', 'text', 'created_at'), ('plans.name', 'text', 'id');
CREATE TEMPORARY TABLE filled (name text, size integer, rows integer);
DO $fill$
DECLARE
    hostile CONSTANT text := current_setting('story.hostile');
    one record;
    place text[];
    size integer;
    value text;
    meant text;
    rows integer;
BEGIN
    FOR one IN SELECT * FROM wanted LOOP
        place := string_to_array(one.name, '.');
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', place[1]);
        FOREACH size IN ARRAY ARRAY[65536, 4096, 500, 150, 60] LOOP
            BEGIN
                value := left(repeat(hostile, 1 + size / length(hostile)), size - 12);
                meant := CASE one.kind
                    WHEN 'list' THEN format('ARRAY[left(%L, 40) || ctid::text]', value)
                    WHEN 'object' THEN
                        format('jsonb_build_object(%L, %L)', left(value, 40), value)
                    WHEN 'change' THEN format(
                        'json_build_object(%L, json_build_array(%L, %L))::text',
                        left(value, 40), left(value, 200), value)
                    ELSE format('%L || ctid::text', value)
                END;
                EXECUTE format(
                    'UPDATE %1$I SET %2$I = %3$s WHERE ctid IN '
                    '(SELECT ctid FROM %1$I ORDER BY %4$I DESC LIMIT 60)',
                    place[1], place[2], meant, one.newest);
                GET DIAGNOSTICS rows = ROW_COUNT;
                INSERT INTO filled VALUES (one.name, size, rows);
                EXIT;
            EXCEPTION WHEN check_violation OR unique_violation OR program_limit_exceeded THEN
                NULL;
            END;
        END LOOP;
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', place[1]);
    END LOOP;
END $fill$;
SELECT string_agg(name || ' ' || size, E'\n') FROM filled WHERE rows > 0;
