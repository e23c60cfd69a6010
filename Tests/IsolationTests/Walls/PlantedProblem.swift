/// A gap in the walls, and the beginning of the sentence that must report it.
struct PlantedProblem: Sendable {
    let statements: [String]
    let sentence: String

    init(_ sentence: String, _ statements: String...) {
        self.sentence = sentence
        self.statements = statements
    }

    /// A table of a tenant as a migration should make it, for the gaps that need one more.
    private static let extra = """
        CREATE TABLE public.extra (tenant_id uuid, id uuid, PRIMARY KEY (tenant_id, id))
        """
    private static let owned = "ALTER TABLE public.extra OWNER TO ghostworks_owner"
    private static let wall = "CALL app.wall('extra')"

    static let all: [PlantedProblem] = tables + policies + keys + grants + programs + roles

    private static let tables: [PlantedProblem] = [
        PlantedProblem("public.extra is not registered", extra),
        PlantedProblem(
            "elsewhere.extra is not registered",
            "CREATE SCHEMA elsewhere",
            "GRANT USAGE ON SCHEMA elsewhere TO authenticated_users",
            "CREATE TABLE elsewhere.extra (id uuid)"
        ),
        PlantedProblem(
            "public.artifacts lacks ROW LEVEL SECURITY",
            "ALTER TABLE artifacts DISABLE ROW LEVEL SECURITY"
        ),
        PlantedProblem(
            "public.sessions lacks ROW LEVEL SECURITY",
            "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY"
        ),
        PlantedProblem(
            "public.artifacts lacks FORCE ROW LEVEL SECURITY",
            "ALTER TABLE artifacts NO FORCE ROW LEVEL SECURITY"
        ),
        PlantedProblem(
            "public.extra does not belong to ghostworks_owner",
            extra,
            wall
        ),
        PlantedProblem(
            "public.extra is a view without security_invoker",
            "CREATE VIEW public.extra AS SELECT * FROM artifacts"
        ),
        PlantedProblem(
            "public.extra is a materialised view or a foreign table",
            "CREATE MATERIALIZED VIEW public.extra AS SELECT * FROM artifacts"
        ),
        PlantedProblem(
            "public.artifact_revisions_extra is a partition without its own ENABLE and FORCE",
            """
            CREATE TABLE public.artifact_revisions_extra PARTITION OF artifact_revisions
                FOR VALUES FROM ('2001-01-01') TO ('2001-02-01')
            """
        ),
        PlantedProblem(
            "public.ai_usage_log_default is a partition without its own ENABLE and FORCE",
            "ALTER TABLE ai_usage_log_default NO FORCE ROW LEVEL SECURITY"
        ),
    ]

    private static let exactlyOne =
        "public.artifacts has not exactly one policy for authenticated_users"

    private static let policies: [PlantedProblem] = [
        PlantedProblem(
            exactlyOne,
            "CREATE POLICY extra ON artifacts TO authenticated_users USING (true)"
        ),
        PlantedProblem(
            exactlyOne,
            "CREATE POLICY extra ON artifacts FOR SELECT TO ghostworks_app USING (true)"
        ),
        PlantedProblem(exactlyOne, "CREATE POLICY extra ON artifacts USING (true)"),
        PlantedProblem(
            exactlyOne,
            "ALTER POLICY tenant_isolation ON artifacts USING (true)"
        ),
        PlantedProblem(
            exactlyOne,
            "ALTER POLICY tenant_isolation ON artifacts WITH CHECK (true)"
        ),
        PlantedProblem(exactlyOne, "DROP POLICY tenant_isolation ON artifacts"),
        PlantedProblem(
            "public.platform_roles has not exactly one policy for authenticated_users",
            """
            ALTER POLICY tenant_isolation ON platform_roles
                WITH CHECK ((SELECT app.is_global()) OR user_id = (SELECT app.user_id()))
            """
        ),
        PlantedProblem(
            "public.audit_events has the policy extra for a role that may not cross walls",
            "CREATE POLICY extra ON audit_events TO ghostworks_audit USING (true)"
        ),
        PlantedProblem(
            "public.extra has a tenant wall without the tenant in its condition",
            extra,
            owned,
            "CALL app.raise_wall('tenant', 'extra', 'tenant_id', 'true', 'true')"
        ),
        PlantedProblem(
            "public.extra has a tenant wall without the tenant in its condition",
            extra,
            owned,
            """
            CALL app.raise_wall('tenant', 'extra', 'tenant_id',
                'tenant_id = (SELECT app.tenant_id())', 'true')
            """
        ),
        PlantedProblem(
            "public.artifacts has the policy ghostworks_search, which calls the volatile",
            """
            CREATE FUNCTION app.extra() RETURNS boolean LANGUAGE sql VOLATILE AS 'SELECT true'
            """,
            "ALTER POLICY ghostworks_search ON artifacts USING (app.extra())"
        ),
    ]

    private static let keys: [PlantedProblem] = [
        PlantedProblem(
            "public.artifacts has the unique index public.extra, which does not begin with the tenant",
            "CREATE UNIQUE INDEX extra ON artifacts (id)"
        ),
        PlantedProblem(
            "public.artifacts has the unique index public.extra, which does not begin with the tenant",
            "CREATE UNIQUE INDEX extra ON artifacts ((lower(name)), tenant_id)"
        ),
        PlantedProblem(
            "public.artifacts has the unique index public.extra, which does not begin with the tenant",
            "ALTER TABLE artifacts ADD CONSTRAINT extra EXCLUDE (name WITH =)"
        ),
        PlantedProblem(
            "public.ai_usage_log has the unique index public.extra, which does not begin with the tenant",
            "CREATE UNIQUE INDEX extra ON ai_usage_log_default (request_id)"
        ),
        PlantedProblem(
            "public.extra has the foreign key extra_fkey, which does not carry the tenant",
            extra,
            owned,
            wall,
            "CREATE UNIQUE INDEX bare ON artifacts (id)",
            "ALTER TABLE extra ADD CONSTRAINT extra_fkey FOREIGN KEY (id) REFERENCES artifacts (id)"
        ),
        PlantedProblem(
            "public.extra has the foreign key extra_fkey, which does not carry the tenant",
            "CREATE TABLE public.extra (tenant_id uuid, a uuid, b uuid, PRIMARY KEY (tenant_id, a))",
            owned,
            wall,
            """
            ALTER TABLE extra ADD CONSTRAINT extra_fkey FOREIGN KEY (a, b)
                REFERENCES artifacts (tenant_id, id)
            """
        ),
    ]

    private static let grants: [PlantedProblem] = [
        PlantedProblem(
            "public.ai_usage_log_default is a partition with grants",
            "GRANT SELECT ON ai_usage_log_default TO ghostworks_app"
        ),
        PlantedProblem(
            "public.ai_usage_log_default is a partition with grants",
            "GRANT SELECT (purpose) ON ai_usage_log_default TO ghostworks_reader"
        ),
        PlantedProblem(
            "public.plans is a reference table that an application role may write",
            "GRANT INSERT ON plans TO ghostworks_app"
        ),
        PlantedProblem(
            "public.role_permissions is a reference table that an application role may write",
            "GRANT UPDATE (own) ON role_permissions TO ghostworks_app"
        ),
        PlantedProblem(
            "app.context_keys is an internal table with grants",
            "GRANT SELECT ON app.context_keys TO ghostworks_guard"
        ),
        PlantedProblem(
            "app.context_keys is an internal table with grants",
            "GRANT SELECT (inner_block) ON app.context_keys TO ghostworks_app"
        ),
        PlantedProblem(
            "public.artifacts grants TRUNCATE, which ignores row security",
            "GRANT TRUNCATE ON artifacts TO ghostworks_app"
        ),
        PlantedProblem(
            "public.artifacts grants REFERENCES, which ignores row security",
            "GRANT REFERENCES (id) ON artifacts TO ghostworks_app"
        ),
        PlantedProblem(
            "public.users lets ghostworks_app read password hashes",
            "GRANT SELECT ON users TO authenticated_users"
        ),
        PlantedProblem(
            "schema public lets ghostworks_app create objects",
            "GRANT CREATE ON SCHEMA public TO PUBLIC"
        ),
    ]

    private static let programs: [PlantedProblem] = [
        PlantedProblem(
            "app.extra() is a definer that everybody may call",
            """
            CREATE FUNCTION app.extra() RETURNS boolean LANGUAGE sql SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp AS 'SELECT true'
            """
        ),
        PlantedProblem(
            "app.extra() is a definer whose search path the caller chooses",
            """
            CREATE FUNCTION app.extra() RETURNS boolean LANGUAGE sql SECURITY DEFINER
                AS 'SELECT true'
            """
        ),
        PlantedProblem(
            "app.extra() is a definer of a role that is not ours",
            """
            CREATE FUNCTION app.extra() RETURNS boolean LANGUAGE sql SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp AS 'SELECT true'
            """
        ),
    ]

    private static let roles: [PlantedProblem] = [
        PlantedProblem("ghostworks_app is a superuser", "ALTER ROLE ghostworks_app SUPERUSER"),
        PlantedProblem("ghostworks_app is a superuser", "ALTER ROLE ghostworks_app BYPASSRLS"),
        PlantedProblem(
            "ghostworks_owner is a superuser or has BYPASSRLS",
            "ALTER ROLE ghostworks_owner BYPASSRLS"
        ),
        PlantedProblem(
            "ghostworks_reader is a member of ghostworks_search",
            "GRANT ghostworks_search TO ghostworks_reader"
        ),
        PlantedProblem(
            "authenticated_users is a member of pg_read_all_data",
            "GRANT pg_read_all_data TO authenticated_users"
        ),
        PlantedProblem(
            "ghostworks_app may create roles or replicate",
            "ALTER ROLE ghostworks_app CREATEROLE"
        ),
        PlantedProblem(
            "ghostworks_app has the setting search_path",
            "ALTER ROLE ghostworks_app SET search_path = elsewhere"
        ),
        PlantedProblem(
            "database has the setting row_security",
            "SET LOCAL search_path = public",
            "ALTER ROLE ALL SET row_security = off"
        ),
    ]
}
