/// What somebody who can write into a statement of ours would try, as tenant A, against B.
struct Payload: Sendable {
    let name: String
    let sql: String

    init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }

    static let all: [Payload] =
        contexts + roles + exports + files + definitions + catalogues + oracles + functions
        + sessions + writes

    private static let b = Side.b
    private static let a = Side.a

    /// Everything that is worth stealing, as one statement.
    private static let loot = "SELECT * FROM artifacts"

    /// A context of B that nobody signed.
    private static let forged =
        "v1.00000000.tenant.\(b.tenant).\(b.owner).-.rw.9999999999.\(String(repeating: "0", count: 64))"

    private static let contexts = [
        Payload(
            "everything at once",
            "SELECT * FROM users; SELECT * FROM sessions; SELECT * FROM tenant_directory; SELECT * FROM audit_events; SELECT * FROM memberships; SELECT * FROM tenant_events"
        ),
        Payload("set a forged context", "SET app.context = '\(forged)'; \(loot)"),
        Payload("set a forged context locally", "SET LOCAL app.context = '\(forged)'; \(loot)"),
        Payload(
            "forge in a function",
            "SELECT set_config('app.context', '\(forged)', false); \(loot)"
        ),
        Payload(
            "forge in a CTE",
            """
            WITH s AS MATERIALIZED (SELECT set_config('app.context', '\(forged)', true) AS x)
            SELECT artifacts.* FROM s, artifacts WHERE s.x <> ''
            """
        ),
        Payload(
            "forge before the scan",
            """
            SELECT * FROM artifacts
            WHERE (SELECT set_config('app.context', '\(forged)', true)) <> ''
            """
        ),
        Payload(
            "exchange the tenant and keep the MAC",
            """
            SELECT set_config('app.context', replace(current_setting('app.context', true),
                '\(a.tenant)', '\(b.tenant)'), true);
            \(loot); SELECT * FROM tenants
            """
        ),
        Payload(
            "become the platform and keep the MAC",
            """
            SELECT set_config('app.context', replace(current_setting('app.context', true),
                '.tenant.', '.platform.'), true);
            SELECT * FROM tenant_directory; SELECT * FROM users
            """
        ),
        Payload(
            "become the process and keep the MAC",
            """
            SELECT set_config('app.context', replace(current_setting('app.context', true),
                '.tenant.', '.system-signin.'), true);
            SELECT * FROM app.find_credentials('\(b.mail)')
            """
        ),
        Payload("an empty context", "SET app.context = ''; \(loot); SELECT * FROM users"),
        Payload("no context", "RESET app.context; \(loot); SELECT * FROM users"),
        Payload("reset all", "RESET ALL; \(loot); SELECT * FROM users"),
        Payload("discard all", "DISCARD ALL; \(loot)"),
        Payload(
            "enter with a forged context",
            "SELECT app.enter('\(forged)', '\(b.session)', 36); \(loot)"
        ),
        Payload("read the keys", "SELECT * FROM app.context_keys"),
        Payload("copy the keys", "COPY app.context_keys TO STDOUT"),
        Payload(
            "make a key",
            """
            INSERT INTO app.context_keys (kid, inner_block, outer_block)
            VALUES ('00000000', decode(repeat('36', 64), 'hex'), decode(repeat('5c', 64), 'hex'))
            """
        ),
    ]

    private static let roles = [
        Payload("be the owner", "SET ROLE ghostworks_owner; \(loot)"),
        Payload("be the superuser", "SET ROLE postgres; \(loot)"),
        Payload("be the search", "SET ROLE ghostworks_search; \(loot)"),
        Payload("be the guard", "SET ROLE ghostworks_guard; SELECT * FROM users"),
        Payload("be the group", "SET ROLE authenticated_users; SELECT * FROM app.walls; \(loot)"),
        Payload(
            "be somebody by set_config",
            "SELECT set_config('role', 'ghostworks_stats', false); \(loot)"
        ),
        Payload("be somebody else's session", "SET SESSION AUTHORIZATION postgres; \(loot)"),
        Payload("reset the session", "RESET SESSION AUTHORIZATION; RESET ROLE; \(loot)"),
        Payload("row security off", "SET row_security = off; \(loot)"),
        Payload("row security off for users", "SET row_security = off; SELECT * FROM users"),
        Payload("replica", "SET session_replication_role = replica; \(loot)"),
        Payload("be a superuser", "ALTER ROLE ghostworks_app SUPERUSER"),
        Payload("pass by row security", "ALTER ROLE CURRENT_USER BYPASSRLS"),
        Payload("join the guard", "GRANT ghostworks_guard TO ghostworks_app"),
        Payload("join those who read files", "GRANT pg_read_server_files TO CURRENT_USER"),
        Payload("a role of one's own", "CREATE ROLE thief SUPERUSER LOGIN"),
        Payload("grant", "GRANT SELECT ON ALL TABLES IN SCHEMA app TO PUBLIC"),
        Payload("drop what is owned", "REASSIGN OWNED BY ghostworks_owner TO ghostworks_app"),
    ]

    private static let exports = [
        Payload("query_to_xml", "SELECT query_to_xml('SELECT * FROM artifacts', true, false, '')"),
        Payload("table_to_xml", "SELECT table_to_xml('users'::regclass, true, false, '')"),
        Payload("schema_to_xml", "SELECT schema_to_xml('public', true, false, '')"),
        Payload("database_to_xml", "SELECT database_to_xml(true, false, '')"),
        Payload(
            "cursor_to_xml",
            "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM artifacts; "
                + "SELECT cursor_to_xml('c', 100, true, false, '')"
        ),
        Payload(
            "query_to_xml on a partition",
            "SELECT query_to_xml('SELECT * FROM ai_usage_log_default', true, false, '')"
        ),
        Payload("ts_stat", "SELECT * FROM ts_stat('SELECT words FROM artifacts')"),
        Payload("COPY a table", "COPY artifacts TO STDOUT"),
        Payload("COPY a partition", "COPY artifact_revisions_default TO STDOUT"),
        Payload("COPY a query", "COPY (SELECT * FROM users) TO STDOUT"),
        Payload("COPY in", "COPY artifacts FROM '/etc/passwd'"),
        Payload("COPY to a program", "COPY artifacts TO PROGRAM 'cat > /tmp/gw-stolen'"),
        Payload("COPY from a program", "COPY artifact_tags FROM PROGRAM 'id'"),
        Payload("COPY to a file", "COPY artifacts TO '/tmp/gw-stolen'"),
        Payload("dblink", "SELECT * FROM dblink('dbname=postgres', 'SELECT 1') AS t (x int)"),
        Payload("dblink's extension", "CREATE EXTENSION dblink"),
        Payload("a trusted extension", "CREATE EXTENSION hstore"),
        Payload(
            "a foreign server",
            "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"
        ),
    ]

    private static let files = [
        Payload("lo_import", "SELECT lo_import('/etc/passwd')"),
        Payload("lo_export", "SELECT lo_export(1, '/tmp/gw-stolen')"),
        Payload("lo_get", "SELECT lo_get(loid) FROM pg_largeobject_metadata AS m (loid, a, b)"),
        Payload("a large object of one's own", "SELECT lo_from_bytea(0, 'stash'), lo_create(0)"),
        Payload("pg_largeobject", "SELECT * FROM pg_largeobject"),
        Payload("pg_read_file", "SELECT pg_read_file('PG_VERSION')"),
        Payload("pg_read_binary_file", "SELECT pg_read_binary_file('global/pg_control')"),
        Payload("pg_ls_dir", "SELECT pg_ls_dir('.')"),
        Payload("pg_stat_file", "SELECT pg_stat_file('PG_VERSION')"),
        Payload("pg_ls_logdir", "SELECT pg_ls_logdir(), pg_ls_waldir()"),
        Payload(
            "the settings of the server",
            "SELECT pg_show_all_file_settings(), pg_hba_file_rules()"
        ),
        Payload("pages", "SELECT get_raw_page('artifacts', 0)"),
    ]

    private static let definitions = [
        Payload(
            "a definer",
            """
            CREATE FUNCTION public.steal() RETURNS SETOF artifacts LANGUAGE sql SECURITY DEFINER
                AS 'SELECT * FROM artifacts'; SELECT * FROM public.steal()
            """
        ),
        Payload(
            "a function of a definer's name",
            "CREATE FUNCTION public.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS 'SELECT 1'"
        ),
        Payload(
            "an operator before ours",
            """
            CREATE FUNCTION pg_temp.eq(uuid, uuid) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR pg_temp.= (FUNCTION = pg_temp.eq, LEFTARG = uuid, RIGHTARG = uuid);
            SET search_path = pg_temp, pg_catalog, public; \(loot)
            """
        ),
        Payload(
            "another tenant_id()",
            "CREATE OR REPLACE FUNCTION app.tenant_id() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'"
        ),
        Payload(
            "a temporary table in the place of ours",
            "CREATE TEMP TABLE context_keys (kid text); SELECT * FROM pg_temp.context_keys"
        ),
        Payload("a table", "CREATE TABLE public.stash AS SELECT * FROM artifacts"),
        Payload(
            "a view",
            "CREATE VIEW public.peek AS SELECT * FROM artifacts; SELECT * FROM public.peek"
        ),
        Payload("a schema", "CREATE SCHEMA mine; SET search_path = mine"),
        Payload(
            "a DO block",
            """
            DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM artifacts LOOP
            RAISE NOTICE '%', r; END LOOP; END $$
            """
        ),
        Payload("another language", "CREATE LANGUAGE plpython3u"),
        Payload("take the wall down", "ALTER TABLE artifacts DISABLE ROW LEVEL SECURITY; \(loot)"),
        Payload("another policy", "CREATE POLICY p ON artifacts USING (true); \(loot)"),
        Payload(
            "alter the policy",
            "ALTER POLICY tenant_isolation ON artifacts USING (true); \(loot)"
        ),
        Payload(
            "a trigger",
            "CREATE TRIGGER t AFTER INSERT ON artifacts FOR EACH ROW EXECUTE FUNCTION app.refuse_change()"
        ),
        Payload("a rule", "CREATE RULE r AS ON INSERT TO artifacts DO ALSO SELECT * FROM users"),
        Payload("a table below ours", "CREATE TABLE public.child () INHERITS (artifacts)"),
        Payload("statistics", "CREATE STATISTICS public.s ON name, status FROM artifacts"),
        Payload("a publication", "CREATE PUBLICATION p FOR ALL TABLES"),
        Payload(
            "a wall procedure",
            "CALL app.wall('artifacts'); CALL app.open_to('ghostworks_app', 'users')"
        ),
    ]

    private static let catalogues = [
        Payload("passwords of roles", "SELECT * FROM pg_authid; SELECT * FROM pg_shadow"),
        // Other databases of the server belong to tests that run beside this one.
        Payload(
            "statements of others",
            "SELECT * FROM pg_stat_activity WHERE datname = current_database()"
        ),
        Payload("statements of all", "SELECT * FROM pg_stat_statements"),
        Payload("statistics view", "SELECT * FROM pg_stats WHERE schemaname = 'public'"),
        Payload(
            "extended statistics",
            "SELECT * FROM pg_stats_ext; SELECT * FROM pg_stats_ext_exprs"
        ),
        Payload("statistics table", "SELECT * FROM pg_statistic"),
        Payload("locks", "SELECT * FROM pg_locks"),
        Payload(
            "prepared statements",
            "SELECT * FROM pg_prepared_statements; SELECT * FROM pg_cursors"
        ),
        Payload(
            "what the schema tells",
            "SELECT * FROM information_schema.columns WHERE table_schema <> 'pg_catalog'"
        ),
        Payload(
            "comments",
            "SELECT * FROM pg_description WHERE objoid > 16384; SELECT * FROM pg_shdescription"
        ),
        Payload(
            "settings of roles",
            "SELECT * FROM pg_db_role_setting; SELECT * FROM pg_user_mappings"
        ),
        Payload("sequences", "SELECT * FROM pg_sequences"),
        Payload("code", "SELECT prosrc FROM pg_proc WHERE proname = 'claims'"),
    ]

    private static let oracles = [
        Payload(
            "EXPLAIN ANALYZE",
            "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM artifacts WHERE name LIKE '%b%'"
        ),
        Payload(
            "EXPLAIN of a search",
            "EXPLAIN ANALYZE SELECT * FROM app.search_artifacts('shared', NULL, NULL, NULL, NULL, 10, NULL, NULL, NULL, NULL)"
        ),
        Payload(
            "a cast that tells",
            "SELECT name::int FROM artifacts; SELECT CAST(email AS int) FROM users"
        ),
        Payload("a cast in WHERE", "SELECT 1 FROM artifacts WHERE (name || description)::int = 1"),
        Payload("a cast in ORDER BY", "SELECT 1 FROM users ORDER BY (display_name)::int"),
        Payload(
            "a division",
            "SELECT 1 FROM artifacts WHERE 1 / (length(name) - length(name)) = 1"
        ),
        Payload("a regular expression", "SELECT 1 FROM artifacts WHERE 'x' ~ ('(' || name)"),
        Payload(
            "a question that ON CONFLICT answers",
            """
            INSERT INTO artifacts (tenant_id, id, name, created_by, updated_by)
            VALUES ('\(b.tenant)', '\(b.artifact)', 'x', '\(b.owner)', '\(b.owner)')
            ON CONFLICT (tenant_id, id) DO UPDATE SET name = artifacts.name RETURNING *
            """
        ),
        Payload(
            "a detail that an error answers",
            """
            INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
            VALUES ('\(a.tenant)', 'x', now(), '\(b.artifact)')
            """
        ),
        Payload(
            "a check that fails with the row",
            "UPDATE artifacts SET name = repeat('x', 300); UPDATE users SET display_name = ''"
        ),
        Payload("rows by their place", "SELECT * FROM artifacts WHERE ctid IN ('(0,1)', '(0,2)')"),
        Payload("a sample", "SELECT * FROM artifacts TABLESAMPLE BERNOULLI (100)"),
        Payload("the latest version of a row", "SELECT currtid2('public.artifacts', '(0,1)')"),
        Payload(
            "a lateral join",
            "SELECT * FROM tenants, LATERAL (SELECT * FROM memberships) AS m"
        ),
        Payload(
            "merge",
            "MERGE INTO artifacts AS t USING (SELECT 1) AS s ON true WHEN MATCHED THEN UPDATE SET description = t.description"
        ),
    ]

    private static let functions = [
        Payload(
            "search",
            "SELECT a.* FROM app.search_artifacts('\(b.letter)anary', NULL, NULL, NULL, NULL, 1000, NULL, NULL, NULL, NULL) AS s JOIN artifacts AS a USING (id)"
        ),
        Payload(
            "ids of a search",
            "SELECT * FROM app.search_artifacts('shared word', '{}', '-infinity', 'infinity', NULL, 1000, false, 0, 'infinity', NULL)"
        ),
        Payload(
            "search by a foreign author",
            "SELECT * FROM app.search_artifacts('shared', NULL, NULL, NULL, '\(b.owner)', 1000, NULL, NULL, NULL, NULL)"
        ),
        Payload(
            "names of others",
            "SELECT * FROM app.member_names(ARRAY['\(b.owner)', '\(b.staff)']::uuid[])"
        ),
        Payload("who has an address", "SELECT app.find_user('\(b.mail)')"),
        Payload(
            "the person behind an address",
            "SELECT app.ensure_user(gen_random_uuid(), '\(b.mail)', '\(b.mail)', 'x') = '\(b.owner)' AS known"
        ),
        Payload("credentials", "SELECT * FROM app.find_credentials('\(b.mail)')"),
        Payload(
            "a session",
            "SELECT * FROM app.find_session('\(b.session)', sha256('\(b.token)'))"
        ),
        Payload("a slug", "SELECT app.resolve_slug('\(b.slug)')"),
        Payload("workspaces", "SELECT * FROM app.my_workspaces()"),
        Payload("the platform at a glance", "SELECT * FROM app.platform_overview()"),
        Payload(
            "figures",
            "SELECT app.refresh_tenant_stats(ARRAY['\(b.tenant)']::uuid[]); SELECT * FROM tenant_stats"
        ),
        Payload(
            "a line in another trail",
            """
            SELECT app.record(gen_random_uuid(), '\(b.session)', 'x', 'other', 'tenant',
                '\(b.tenant)', 'success', NULL, '{}', 'x', '{}', 'members')
            """
        ),
        Payload(
            "a line in the platform's trail",
            "SELECT app.record_platform(gen_random_uuid(), NULL, 'x', 'other', 'x', 'x', 'success', NULL, '{}')"
        ),
        Payload("another ledger", "SELECT app.open_ledger()"),
        Payload(
            "past events",
            """
            SELECT app.audit_load(ARRAY[gen_random_uuid()], ARRAY[now()], ARRAY['\(b.owner)']::uuid[],
                '{x}', '{other}', '{x}', '{x}', '{success}', '{x}', '{x}', '{"{}"}')
            """
        ),
        Payload(
            "partitions of odd times",
            "SELECT app.ensure_partitions('-infinity'), app.ensure_partitions('infinity')"
        ),
        Payload("partitions", "SELECT app.ensure_partitions('2024-01-01')"),
        Payload(
            "what one may not ask",
            "SELECT app.holds(16); SELECT app.guard_otherwise('\(b.session)', 36)"
        ),
        Payload(
            "somebody's guard",
            "SELECT app.guard('\(b.session)', 36); SELECT app.guard_session('\(b.session)')"
        ),
    ]

    private static let sessions = [
        Payload("listen", "LISTEN \"ghostworks\"; LISTEN tenants; SELECT pg_listening_channels()"),
        Payload("notify", "SELECT pg_notify('ghostworks', 'x'); NOTIFY tenants, 'x'"),
        Payload(
            "end the sessions of others",
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        ),
        Payload(
            "stop the statements of others",
            """
            SELECT pg_cancel_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        ),
        Payload("reload", "SELECT pg_reload_conf(), pg_rotate_logfile()"),
        Payload("a snapshot", "SELECT pg_export_snapshot()"),
        Payload("a slot", "SELECT pg_create_logical_replication_slot('s', 'test_decoding')"),
        Payload(
            "a prepared statement",
            "PREPARE p AS SELECT * FROM artifacts; EXECUTE p; DEALLOCATE ALL"
        ),
        Payload(
            "a cursor that stays",
            "DECLARE h CURSOR WITH HOLD FOR SELECT * FROM users; FETCH ALL FROM h"
        ),
        Payload("another search path", "SET search_path = app, public; SELECT * FROM context_keys"),
        Payload(
            "another planner",
            "SET enable_indexscan = off; SET plan_cache_mode = force_generic_plan; \(loot)"
        ),
        Payload("another language of messages", "SET client_min_messages = debug5; \(loot)"),
        Payload("a lock", "LOCK TABLE artifacts IN ACCESS EXCLUSIVE MODE"),
        Payload("a transaction of one's own", "COMMIT; BEGIN; \(loot); SELECT * FROM users"),
    ]

    private static let writes = [
        Payload("truncate", "TRUNCATE artifacts CASCADE"),
        Payload(
            "delete everything",
            "DELETE FROM artifact_tags; DELETE FROM idempotency_keys; DELETE FROM user_tenants"
        ),
        Payload(
            "update everything",
            "UPDATE artifacts SET name = 'taken'; UPDATE tenants SET name = 'taken'"
        ),
        Payload("update the directory", "UPDATE tenant_directory SET status = 'suspended'"),
        Payload(
            "change the trail",
            "UPDATE audit_events SET action = 'x'; DELETE FROM audit_events; TRUNCATE audit_events"
        ),
        Payload(
            "change a partition of the trail",
            "DELETE FROM audit_events_default; TRUNCATE platform_audit_events"
        ),
        Payload("move the head", "UPDATE tenant_heads SET audit_seq = 0"),
        Payload(
            "give a row away",
            "UPDATE artifacts SET tenant_id = '\(b.tenant)'; UPDATE memberships SET tenant_id = '\(b.tenant)'"
        ),
        Payload(
            "join the other tenant",
            """
            INSERT INTO memberships (tenant_id, user_id, role_key)
            VALUES ('\(b.tenant)', '\(a.owner)', 'owner');
            INSERT INTO user_tenants (user_id, tenant_id) VALUES ('\(a.owner)', '\(b.tenant)');
            SELECT * FROM app.my_workspaces()
            """
        ),
        Payload(
            "become an operator",
            "INSERT INTO platform_roles (user_id, role) VALUES ('\(a.owner)', 'super_admin')"
        ),
        Payload(
            "change the prices",
            "UPDATE ai_price_versions SET input_pico = 0; DELETE FROM role_permissions"
        ),
    ]
}
