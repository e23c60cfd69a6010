import Fixtures
import Postgres
import Sealing
import Testing

@Suite struct PrivilegeTests {
    private static let ledgers = [
        "audit_events", "platform_audit_events", "tenant_events", "tenant_heads",
        "platform_chain_head", "artifact_revisions", "ai_usage_log",
    ]

    @Test(arguments: World.roles)
    func `what was recorded stays as it is`(role: String) async throws {
        try await World.with { world in
            try await world.connected(as: role) { connection in
                for table in Self.ledgers {
                    let statements: [SQL] = [
                        "UPDATE \(unsafe: table) SET tenant_id = tenant_id",
                        "DELETE FROM \(unsafe: table)", "TRUNCATE \(unsafe: table)",
                    ]
                    for context in [nil, Side.a.context(), Side.a.context(.platform)] {
                        for statement in statements {
                            let outcome = await connection.attempt(statement, in: context)
                            #expect(["42501", "25006"].contains(outcome.code), "\(outcome)")
                        }
                    }
                }
            }
        }
    }

    @Test func `only the recording function writes the trails`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for table in Self.ledgers.prefix(5) {
                    let outcome = await connection.attempt(
                        "INSERT INTO \(unsafe: table) DEFAULT VALUES",
                        in: Side.a.context()
                    )
                    #expect(outcome.code == "42501", "\(table)")
                }
            }
        }
    }

    /// Else a process that is led astray could give back what a call holds, or answer for one.
    @Test func `holds are changed and replies kept by the ledger's functions alone`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for statement: SQL in [
                    "UPDATE ai_holds SET amount = 0", "DELETE FROM ai_holds",
                    """
                    INSERT INTO ai_replies (tenant_id, request_id, status, body)
                    SELECT tenant_id, id, 200, 'x' FROM ai_requests
                    """,
                ] {
                    let outcome = await connection.attempt(statement, in: Side.a.context())
                    #expect(outcome.code == "42501", "\(statement): \(outcome)")
                }
            }
        }
    }

    /// The reader's start-up setting can be taken back; what it may do cannot.
    @Test func `the reading role writes nothing, whatever it sets`() async throws {
        try await World.with { world in
            let rows = try await world.migrated.admin(
                """
                SELECT w.table_name AS name FROM app.walls AS w, unnest(
                    ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
                WHERE has_table_privilege('ghostworks_reader', w.table_name, p.privilege)
                   OR (p.privilege IN ('INSERT', 'UPDATE') AND
                       has_any_column_privilege('ghostworks_reader', w.table_name, p.privilege))
                """
            )
            #expect(try rows.map { try $0.decode("name", as: String.self) } == [])
            let writers = try await world.migrated.admin(
                """
                SELECT p.proname AS name FROM pg_proc AS p
                WHERE p.pronamespace = 'app'::regnamespace AND p.prosecdef AND p.provolatile = 'v'
                  AND has_function_privilege('ghostworks_reader', p.oid, 'EXECUTE')
                """
            )
            #expect(try writers.map { try $0.decode("name", as: String.self) } == [])
        }
    }

    /// A new definer must be put here, after a look at what it lets through.
    @Test func `the definers that an application role may call are known`() async throws {
        try await MigratedDatabase.with { migrated in
            let rows = try await migrated.admin(
                """
                SELECT DISTINCT p.proname::text AS name FROM pg_proc AS p
                WHERE p.pronamespace IN ('app'::regnamespace, 'public'::regnamespace)
                  AND p.prosecdef
                  AND has_function_privilege('ghostworks_app', p.oid, 'EXECUTE')
                ORDER BY 1
                """
            )
            #expect(
                try rows.map { try $0.decode("name", as: String.self) } == [
                    "add_ai_model", "add_ai_price", "add_ai_provider",
                    "ai_beat", "ai_differences", "ai_extend", "ai_learn_overhead", "ai_overdue",
                    "ai_prune", "ai_reserve",
                    "ai_roll_up", "ai_settle",
                    "ai_standing",
                    "ai_tenants_to_alert", "ai_tenants_to_prune", "ai_tenants_with_replies",
                    "ai_usage_by_day",
                    "barred_makers",
                    "claims", "colleague_may", "confirm_stamp", "ensure_partitions", "ensure_user",
                    "erase_person",
                    "erasure_obstacle", "find_bell", "find_credentials", "find_key", "find_session",
                    "find_user", "follow_name", "forget_member", "grantable_scopes", "guard",
                    "guard_key",
                    "guard_platform", "guard_session", "has_bell_key",
                    "member_names",
                    "my_invitations",
                    "my_workspaces", "open_ledger", "platform_overview",
                    "prune_ai_chat", "purge_tenant", "queue_mail", "record", "record_platform",
                    "refresh_tenant_stats", "reset_ai_overhead",
                    "resolve_slug", "search_artifacts", "set_ai_model_status",
                    "set_ai_provider_status", "set_storefront",
                    "sole_ownerships", "subject_tenants",
                    "support_may_bring", "support_still_may", "tenant_owners",
                    "tenants_to_purge",
                    "tenants_with_overdue_invitations", "touch_keys", "touch_members",
                    "user_places",
                ]
            )
        }
    }

    /// A schema to write into is what every trick with a search path needs.
    @Test(arguments: World.roles)
    func `there is no place to put an object`(role: String) async throws {
        try await World.with { world in
            let rows = try await world.migrated.admin(
                """
                SELECT n.nspname::text AS name FROM pg_namespace AS n
                WHERE has_schema_privilege(\(role), n.oid, 'CREATE')
                UNION ALL
                SELECT 'database ' || p.privilege
                FROM unnest(ARRAY['CREATE', 'TEMPORARY']) AS p (privilege)
                WHERE has_database_privilege(\(role), current_database(), p.privilege)
                UNION ALL
                SELECT 'language ' || l.lanname FROM pg_language AS l
                WHERE l.lanname NOT IN ('internal', 'c', 'sql')
                  AND has_language_privilege(\(role), l.oid, 'USAGE')
                """
            )
            #expect(try rows.map { try $0.decode("name", as: String.self) } == [])
        }
    }

    @Test func `a definer is not led astray by the caller's search path`() async throws {
        try await World.with { world in
            // What a careless migration might leave: a schema that somebody can fill.
            _ = try await world.migrated.admin([
                "CREATE SCHEMA trap", "GRANT USAGE ON SCHEMA trap TO authenticated_users",
                """
                CREATE FUNCTION trap.same(uuid, uuid) RETURNS boolean LANGUAGE sql IMMUTABLE
                AS 'SELECT true'
                """,
                "GRANT EXECUTE ON FUNCTION trap.same(uuid, uuid) TO PUBLIC",
                "CREATE OPERATOR trap.= (FUNCTION = trap.same, LEFTARG = uuid, RIGHTARG = uuid)",
                "CREATE VIEW trap.users AS SELECT * FROM public.artifacts",
            ])
            try await world.connected(as: "ghostworks_app") { connection in
                _ = try await connection.query("SET search_path = trap, pg_catalog, public")
                let outcome = await connection.attempt(
                    """
                    SELECT user_id FROM app.member_names(ARRAY[\(Side.b.owner)]::uuid[])
                    UNION ALL
                    SELECT id FROM app.search_artifacts('canary', NULL, NULL, NULL, NULL, 100,
                        NULL, NULL, NULL, NULL) WHERE id::text LIKE 'b%'
                    UNION ALL SELECT app.find_user(\(Side.b.mail)) WHERE false
                    """,
                    in: Side.a.context()
                )
                #expect(outcome == .done(rows: 0, affected: 0))
                let walled = await connection.attempt(
                    "SELECT 1 FROM public.artifacts",
                    in: Side.a.context()
                )
                #expect(walled == .done(rows: 1, affected: 1))
            }
        }
    }
}
