import Fixtures
import FoundationEssentials
import Postgres
import Sealing
import Testing

/// What crosses a wall, and for whom.
@Suite struct DefinerTests {
    @Test func `a tenant finds its own people by mail and nobody else`() async throws {
        try await World.with { world in
            let own = try await world.find(Side.a.mail, Side.a.context())
            #expect(own == Side.a.owner)
            let foreign = try await world.find(Side.b.mail, Side.a.context())
            #expect(foreign == nil)
            let asked = try await world.find(Side.b.mail, Side.a.context(.platform))
            #expect(asked == Side.b.owner)
        }
    }

    @Test func `a slug is resolved for members and operators only`() async throws {
        try await World.with { world in
            let member = Side.a.person(Side.a.owner)
            let own = try await world.resolve(Side.a.slug, member)
            #expect(own == Side.a.tenant)
            let foreign = try await world.resolve(Side.b.slug, member)
            let missing = try await world.resolve("nobody-has-it", member)
            #expect(foreign == nil && missing == nil)
            for context in [Side.a.person(Side.a.staff), Side.a.context(.platform)] {
                let found = try await world.resolve(Side.b.slug, context)
                #expect(found == Side.b.tenant)
            }
        }
    }

    /// The guard of the same transaction asks for platform.ai.manage; the functions ask again who
    /// the context is.
    @Test func `the catalogue of models is written in a platform's context only`() async throws {
        let statements: [SQL] = [
            "SELECT app.add_ai_provider('x', 'X', 'openai')",
            "SELECT app.add_ai_model('offline/x', 'offline', 'X', 10, 5)",
            "SELECT app.set_ai_model_status('offline/search', 'disabled')",
            "SELECT app.set_ai_provider_status('offline', 'disabled')",
            "SELECT app.reset_ai_overhead('offline/search')",
            """
            SELECT app.add_ai_price('offline/search', NULL, 1, 1, 1, 1, 1, 1, '[]',
                gen_random_uuid(), NULL)
            """,
        ]
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for statement in statements {
                    for context in [nil, "", Side.a.context(), Side.a.person(Side.a.staff)] {
                        let outcome = await connection.attempt(statement, in: context)
                        #expect(outcome.code == "42501", "\(context ?? "none")")
                    }
                    let outcome = await connection.attempt(
                        statement,
                        in: Side.a.context(.platform)
                    )
                    #expect(outcome == .done(rows: 1, affected: 1))
                }
                let direct = await connection.attempt(
                    "UPDATE ai_price_versions SET input_pico = 0",
                    in: Side.a.context(.platform)
                )
                #expect(direct.code == "42501")
            }
        }
    }

    /// What a call was billed is known in its tenant only, and nobody writes it directly.
    @Test func `the overhead of a model is learned in a tenant's context only`() async throws {
        let learn: SQL = "SELECT app.ai_learn_overhead('offline/search', 5)"
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for context in [nil, "", Side.a.person(Side.a.staff), Side.a.context(.platform)] {
                    let outcome = await connection.attempt(learn, in: context)
                    #expect(outcome.code == "42501", "\(context ?? "none")")
                }
                let outcome = await connection.attempt(learn, in: Side.a.context())
                #expect(outcome == .done(rows: 1, affected: 1))
                let direct = await connection.attempt(
                    "UPDATE ai_models SET reasoning_overhead = 0",
                    in: Side.a.context()
                )
                #expect(direct.code == "42501")
            }
        }
    }

    @Test func `a bell is told to its own context, and none is named after its place`()
        async throws
    {
        try await World.with { world in
            try await world.connected(as: "ghostworks_reader") { connection in
                func channel(_ topic: String, _ context: String) async throws -> String? {
                    let rows = try await connection.batch([
                        "SELECT set_config('app.context', \(context), true)",
                        "SELECT channel FROM app.find_bell(\(topic))",
                    ])
                    return try rows[1].first?.decode("channel", as: String.self)
                }
                let own = try #require(try await channel("tenant", Side.a.context()))
                let calls = try await channel("calls", Side.a.context())
                let foreign = try await channel("tenant", Side.b.context())
                #expect(Set([own, calls, foreign]).count == 3)
                #expect(!own.contains(Side.a.tenant.replacing("-", with: "")))
                for (topic, context) in [
                    ("tenant", Side.a.context(.platform)), ("platform", Side.a.context()),
                    ("person", Side.a.context(.platform)), ("nonsense", Side.a.context()),
                    ("tenant", Side.a.person(Side.a.staff)), ("tenant", ""),
                ] {
                    let outcome = await connection.attempt(
                        "SELECT app.find_bell(\(topic))",
                        in: context
                    )
                    #expect(outcome.code == "42501", "\(topic)")
                }
                for statement in [
                    "SELECT secret FROM app.bell_keys", "SELECT app.bell('', 'platform')",
                    "SELECT app.ring()", "SELECT app.ensure_bell_key()",
                ] as [SQL] {
                    let outcome = await connection.attempt(statement, in: Side.a.context())
                    #expect(outcome.code == "42501")
                }
                // Whether there is a key is no secret; what it is nobody learns.
                let rows = try await connection.query("SELECT app.has_bell_key() AS found")
                #expect(try rows.first?.decode("found", as: Bool.self) == true)
            }
        }
    }

    @Test func `people are made by those who may add members`() async throws {
        try await World.with { world in
            let ensure: SQL =
                "SELECT app.ensure_user(gen_random_uuid(), 'new@x.test', 'new@x.test', 'New')"
            try await world.connected(as: "ghostworks_app") { connection in
                for context in [
                    nil, "", Side.a.person(Side.a.owner), Side.a.person(Side.a.staff),
                ] {
                    let outcome = await connection.attempt(ensure, in: context)
                    #expect(outcome.code == "42501", "\(context ?? "none")")
                }
                let done = Attempt.done(rows: 1, affected: 1)
                #expect(await connection.attempt(ensure, in: Side.a.context()) == done)
                #expect(await connection.attempt(ensure, in: Side.a.context(.platform)) == done)
                _ = try await world.migrated.admin(
                    "UPDATE memberships SET role_key = 'viewer' WHERE tenant_id = \(Side.a.tenant)::uuid"
                )
                let viewer = await connection.attempt(ensure, in: Side.a.context())
                #expect(viewer.code == "42501")
            }
        }
    }

    /// The support session of A's staff is read only; in one that writes, only a super admin adds.
    @Test func `operators make people only in a support session that writes`() async throws {
        try await World.with { world in
            let ensure: SQL =
                "SELECT app.ensure_user(gen_random_uuid(), 'new@x.test', 'new@x.test', 'New')"
            let context = Side.a.visit()
            try await world.connected(as: "ghostworks_app") { connection in
                #expect(await connection.attempt(ensure, in: context).code == "42501")
                _ = try await world.migrated.admin(
                    "UPDATE platform_roles SET role = 'super_admin' WHERE user_id = \(Side.a.staff)::uuid"
                )
                #expect(await connection.attempt(ensure, in: context).code == "42501")
                _ = try await world.migrated.admin(
                    "UPDATE support_sessions SET mode = 'rw' WHERE tenant_id = \(Side.a.tenant)::uuid"
                )
                let done = Attempt.done(rows: 1, affected: 1)
                #expect(await connection.attempt(ensure, in: context) == done)
                _ = try await world.migrated.admin(
                    "UPDATE support_sessions SET ended_at = now() WHERE tenant_id = \(Side.a.tenant)::uuid"
                )
                #expect(await connection.attempt(ensure, in: context).code == "42501")
            }
        }
    }

    @Test func `a colleague's rights are told within the tenant only`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for (person, context, answer) in [
                    (Side.a.owner, Side.a.context(), "owner"),
                    (Side.b.owner, Side.a.context(), nil),
                    (Side.a.owner, Side.a.person(Side.a.owner), nil),
                ] {
                    let rows = try await connection.batch([
                        "SELECT set_config('app.context', \(context), true)",
                        "SELECT app.colleague_may(\(person)::uuid, 16) AS answer",
                    ])
                    let told = try rows[1].first?.decode("answer", as: String?.self)
                    #expect(told == answer, "\(person)")
                }
            }
        }
    }

    /// Nobody is asked about: the answer is about the makers of the tenant's own keys alone.
    @Test func `who made keys and cannot act is told to their tenant only`() async throws {
        try await World.with { world in
            let barred: SQL = "SELECT b::text AS id FROM app.barred_makers() AS b"
            func told(_ role: String, _ context: String) async throws -> [String] {
                try await world.connected(as: role) { connection in
                    try await connection.batch([
                        "SELECT set_config('app.context', \(context), true)", barred,
                    ])[1].map { try $0.decode("id") }
                }
            }
            for role in ["ghostworks_app", "ghostworks_reader"] {
                #expect(try await told(role, Side.a.context()) == [])
            }
            _ = try await world.migrated.admin("UPDATE users SET status = 'disabled'")
            for role in ["ghostworks_app", "ghostworks_reader"] {
                #expect(try await told(role, Side.a.context()) == [Side.a.owner])
                #expect(try await told(role, Side.b.context()) == [Side.b.owner])
                for (context, makers) in [
                    (Side.a.person(Side.a.owner), []),
                    (Side.a.context(.platform), [Side.a.owner]),
                    ("", []),
                ] {
                    #expect(try await told(role, context) == makers)
                }
            }
            // Without a key, or a place, there is nothing to tell.
            _ = try await world.migrated.admin("UPDATE memberships SET status = 'suspended'")
            #expect(try await told("ghostworks_reader", Side.a.context()) == [])
            _ = try await world.migrated.admin([
                "UPDATE memberships SET status = 'active'",
                "UPDATE api_keys SET created_by = \(Side.a.staff)::uuid",
            ])
            #expect(try await told("ghostworks_reader", Side.a.context()) == [])
        }
    }

    @Test func `invitations of one's own address are told, and nobody else's`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_reader") { connection in
                let none = await connection.attempt(
                    "SELECT id FROM app.my_invitations()",
                    in: Side.a.context()
                )
                #expect(none == .done(rows: 0, affected: 0))
                _ = try await world.migrated.admin(
                    """
                    UPDATE invitations SET email_norm = \(Side.a.mail)
                    WHERE tenant_id = \(Side.b.tenant)::uuid
                    """
                )
                let one = await connection.attempt(
                    "SELECT id FROM app.my_invitations()",
                    in: Side.a.person(Side.a.owner)
                )
                #expect(one == .done(rows: 1, affected: 1))
            }
        }
    }

    /// A tenant writes its own name; the directory only follows it, and nobody else's.
    @Test func `the directory follows the name of the context's tenant alone`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for context in [nil, "", Side.a.person(Side.a.owner)] {
                    let outcome = await connection.attempt("SELECT app.follow_name()", in: context)
                    #expect(outcome.code == "42501", "\(context ?? "none")")
                }
            }
            _ = try await world.migrated.admin("UPDATE tenants SET name = 'Changed'")
            try await world.connected(as: "ghostworks_app") { connection in
                let outcome = await connection.attempt(
                    "SELECT app.follow_name()",
                    in: Side.a.context()
                )
                #expect(outcome == .done(rows: 1, affected: 1))
            }
            let followed = try await world.migrated.admin(
                "SELECT d.tenant_id FROM tenant_directory AS d WHERE d.name = 'Changed'"
            )
            let tenants = try followed.map {
                try $0.decode("tenant_id", as: UUID.self).uuidString.lowercased()
            }
            #expect(tenants == [Side.a.tenant])
        }
    }

    @Test func `what the platform asks is refused to a tenant`() async throws {
        let statements: [SQL] = [
            "SELECT * FROM app.find_credentials('owner@b-mail.test')",
            "SELECT * FROM app.find_session(gen_random_uuid(), '\\x00')",
            "SELECT * FROM app.platform_overview()", "SELECT app.refresh_tenant_stats()",
            "SELECT app.ensure_partitions()", "SELECT app.tenants_with_overdue_invitations()",
            "SELECT app.ai_beat(gen_random_uuid(), '{}', interval '1 minute')",
            "SELECT * FROM app.ai_overdue(10)", "SELECT app.ai_tenants_to_alert()",
            "SELECT app.ai_tenants_with_replies(now())", "SELECT app.ai_roll_up(now())",
            "SELECT * FROM app.ai_differences()", "SELECT * FROM app.ai_standing()",
            "SELECT app.ai_tenants_to_prune(now())",
            "SELECT app.ai_prune(now(), 10)",
            "SELECT app.tenants_to_purge(90)", "SELECT app.purge_tenant(10)",
            "SELECT * FROM app.ai_usage_by_day('offline', current_date, current_date)",
            "SELECT * FROM app.user_places(gen_random_uuid())",
            "SELECT * FROM app.sole_ownerships(gen_random_uuid())",
            "SELECT app.support_may_bring('owner@b-mail.test')",
            """
            SELECT app.record_platform(gen_random_uuid(), NULL, 'x', 'other', 'x', 'x', 'success',
                NULL, '{}')
            """,
        ]
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for statement in statements {
                    for context in [nil, "", Side.a.context(), Side.a.person(Side.a.staff)] {
                        let outcome = await connection.attempt(statement, in: context)
                        #expect(outcome.code == "42501", "\(statement): \(outcome)")
                    }
                }
            }
        }
    }

    @Test func `partitions are made in a system context, for three years back at most`()
        async throws
    {
        try await World.with { world in
            let context = Side.a.context(.system(reason: "worker"))
            try await world.connected(as: "ghostworks_app") { connection in
                let made = await connection.attempt("SELECT app.ensure_partitions()", in: context)
                #expect(made == .done(rows: 1, affected: 1))
                for date in ["-infinity", "infinity", "0001-01-01", "9999-01-01"] {
                    let outcome = await connection.attempt(
                        "SELECT app.ensure_partitions(\(date)::date)",
                        in: context
                    )
                    #expect(outcome.code == "22023", "\(date): \(outcome)")
                }
            }
        }
    }

    @Test func `an event is recorded for the context's tenant and person, whatever is claimed`()
        async throws
    {
        try await World.with { world in
            let heads: SQL = "SELECT tenant_id::text AS id, audit_seq FROM tenant_heads"
            try await world.connected(as: "ghostworks_app") { connection in
                let outcome = await connection.attempt(
                    """
                    SELECT app.record(gen_random_uuid(), \(Side.b.session)::uuid, 'x', 'other',
                        'tenant', \(Side.b.tenant), 'success', NULL, '{}', 'x', '{}', 'members')
                    """,
                    in: Side.a.context()
                )
                #expect(outcome == .done(rows: 1, affected: 1))
            }
            for row in try await world.migrated.admin(heads) {
                let isOwn = try row.decode("id", as: String.self) == Side.a.tenant
                #expect(try row.decode("audit_seq", as: Int64.self) == (isOwn ? 2 : 1))
            }
            let last = try await world.migrated.admin(
                "SELECT actor_id::text AS actor FROM audit_events WHERE action = 'x'"
            )
            #expect(try last.map { try $0.decode("actor", as: String.self) } == [Side.a.owner])
        }
    }
}

extension World {
    fileprivate func find(_ mail: String, _ context: String) async throws -> String? {
        try await value("SELECT app.find_user(\(mail))::text AS value", in: context)
    }

    fileprivate func resolve(_ slug: String, _ context: String) async throws -> String? {
        try await value("SELECT app.resolve_slug(\(slug))::text AS value", in: context)
    }

    /// One text that a statement gives in a context.
    private func value(_ statement: SQL, in context: String) async throws -> String? {
        try await connected(as: "ghostworks_app") { connection in
            let rows = try await connection.batch([
                "SELECT set_config('app.context', \(context), true)", statement,
            ])
            return try rows[1][0].decode("value", as: String?.self)
        }
    }
}

extension Side {
    /// A person's own context, in no tenant.
    func person(_ user: String) -> String {
        sign(ContextClaims(kind: .tenant, user: UUID(uuidString: user), mode: .readWrite))
    }

    /// The staff's context inside the tenant.
    func visit() -> String {
        sign(
            ContextClaims(
                kind: .tenant,
                tenant: UUID(uuidString: tenant),
                user: UUID(uuidString: staff),
                supportSession: UUID(uuidString: supportSession),
                mode: .readWrite
            )
        )
    }

    private func sign(_ claims: ContextClaims) -> String {
        ContextSigner(current: MigratedDatabase.contextKey)
            .sign(claims, expiresAt: Int64(Date().timeIntervalSince1970) + 120)
    }
}
