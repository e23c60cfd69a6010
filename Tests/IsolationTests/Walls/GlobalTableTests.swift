import Postgres
import Testing

@Suite struct GlobalTableTests {
    @Test(arguments: World.roles)
    func `a tenant's context sees nothing of the other in a global table`(
        role: String
    ) async throws {
        try await World.with { world in
            for table in try await Table.all("global", in: world) {
                let out = try await world.psql.run(
                    as: role,
                    "SET app.context = '\(Side.a.context())';\nTABLE \(table.name);"
                )
                for secret in Side.b.secrets {
                    #expect(!out.all.lowercased().contains(secret), "\(table.name): \(secret)")
                }
            }
        }
    }

    @Test func `a tenant's context sees its own rows of a global table`() async throws {
        let expected = [
            "users": 1, "sessions": 1, "tenant_directory": 1, "user_tenants": 1,
            "tenant_stats": 1, "support_sessions": 1, "idempotency_keys": 1,
            "tenant_slug_history": 1, "platform_roles": 0, "signing_keys": 0,
            "rate_limits": 0, "ai_nodes": 0, "ai_price_proposals": 0,
            "platform_counters": 0, "node_figures": 0, "platform_alert_marks": 0,
            "platform_chain_head": 0, "platform_audit_events": 0, "mail_outbox": 0,
            "data_subject_requests": 1,
            "auth_attempts": 0, "auth_throttle": 0, "known_devices": 0, "one_time_tokens": 0,
            "refresh_tokens": 0, "installed_keys": 0, "resealings": 0,
            "identities": 0, "second_factors": 0, "recovery_codes": 0,
        ]
        try await World.with { world in
            let tables = try await Table.all("global", in: world)
            #expect(Set(tables.map(\.name)) == Set(expected.keys.map { "public.\($0)" }))
            try await world.connected(as: "ghostworks_reader") { connection in
                for (table, count) in expected {
                    let outcome = await connection.attempt(
                        "SELECT 1 FROM \(unsafe: table)",
                        in: Side.a.context()
                    )
                    #expect(outcome == .done(rows: count, affected: count), "\(table)")
                }
            }
        }
    }

    @Test func `with every grant, a tenant's context still changes nothing of the other`()
        async throws
    {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            let before = try await world.fingerprint(of: .b)
            for table in try await Table.all("global", in: world) {
                let row = try await table.sample(.b, in: world)
                try await world.connected(as: "ghostworks_app") { connection in
                    let statements = [
                        row.map {
                            """
                            INSERT INTO \(unsafe: table.name) (\(unsafe: table.list))
                            \(table.row($0)) ON CONFLICT DO NOTHING
                            """ as SQL
                        },
                        "UPDATE \(unsafe: table.name) SET \(unsafe: table.columns[0]) = NULL",
                        "DELETE FROM \(unsafe: table.name)",
                    ]
                    for case .some(let statement) in statements {
                        _ = await connection.attempt(statement, in: Side.a.context())
                    }
                }
            }
            #expect(try await world.fingerprint(of: .b) == before)
        }
    }

    /// Seeing one's own row is not writing it: else one grants oneself a role, revives a session
    /// or asks by ON CONFLICT who has a mail address.
    @Test func `a tenant's context does not write what the platform decides`() async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            try await world.connected(as: "ghostworks_app") { connection in
                for escalation in Escalation.all {
                    let outcome = await connection.attempt(
                        "\(unsafe: escalation.statement)",
                        in: Side.a.context()
                    )
                    #expect(outcome.code == "42501", "\(escalation.name): \(outcome)")
                }
            }
        }
    }

    /// An operator sees their own role, and gives it neither another end nor another colour.
    @Test func `operators do not lengthen their own role`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                for change in ["expires_at = NULL", "expires_at = 'infinity'"] {
                    let outcome = await connection.attempt(
                        "UPDATE platform_roles SET \(unsafe: change)",
                        in: Side.a.person(Side.a.staff)
                    )
                    #expect(outcome.code == "42501", "\(change): \(outcome)")
                }
            }
        }
    }

    @Test func `a tenant ends a support session and does not reopen it`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                let end = await connection.attempt(
                    "UPDATE support_sessions SET ended_at = now()",
                    in: Side.a.context()
                )
                #expect(end == .done(rows: 0, affected: 1))
                let reopen = await connection.attempt(
                    "UPDATE support_sessions SET ended_at = NULL",
                    in: Side.a.context()
                )
                #expect(reopen.code == "42501")
            }
        }
    }
}

/// A statement by which somebody would get more than the platform gave.
private struct Escalation: Sendable {
    let name: String
    let statement: String

    static let all = [
        Escalation(
            name: "a platform role for oneself",
            statement: """
                INSERT INTO platform_roles (user_id, role)
                VALUES ('\(Side.a.owner)', 'super_admin')
                """
        ),
        Escalation(
            name: "a session with a token of one's own",
            statement: """
                INSERT INTO sessions (id, user_id, kind, expires_at)
                VALUES (gen_random_uuid(), '\(Side.a.owner)', 'shell', 'infinity')
                """
        ),
        Escalation(
            name: "a session that lives on",
            statement: "UPDATE sessions SET revoked_at = NULL, expires_at = 'infinity'"
        ),
        Escalation(
            name: "another password",
            statement: "UPDATE users SET password_hash = 'x'"
        ),
        Escalation(
            name: "a question who has an address",
            statement: """
                INSERT INTO users (id, email, email_norm, display_name)
                VALUES ('\(Side.a.owner)', 'x', '\(Side.b.mail)', 'x')
                ON CONFLICT ON CONSTRAINT users_email_norm_key DO NOTHING
                """
        ),
        Escalation(
            name: "a question who has a slug",
            statement: """
                INSERT INTO tenant_directory (slug, tenant_id, name, plan_id)
                VALUES ('\(Side.b.slug)', '\(Side.a.tenant)', 'x', 'pro')
                ON CONFLICT (slug) DO NOTHING
                """
        ),
        Escalation(
            name: "another slug",
            statement: "UPDATE tenant_directory SET slug = 'another-slug'"
        ),
        Escalation(
            name: "a slug that nobody else can take",
            statement: """
                INSERT INTO tenant_slug_history (slug, tenant_id)
                VALUES ('wanted', '\(Side.a.tenant)')
                """
        ),
        Escalation(
            name: "a place in another tenant",
            statement: """
                INSERT INTO user_tenants (user_id, tenant_id)
                VALUES ('\(Side.a.owner)', '\(Side.b.tenant)')
                """
        ),
        Escalation(
            name: "a support session of one's own",
            statement: """
                INSERT INTO support_sessions
                    (id, staff_user_id, tenant_id, reason, mode, expires_at)
                VALUES (gen_random_uuid(), '\(Side.a.staff)', '\(Side.a.tenant)', 'because', 'rw',
                    clock_timestamp() + interval '1 minute')
                """
        ),
        Escalation(
            name: "a key that signs tokens",
            statement: """
                INSERT INTO signing_keys (kid, algorithm, public_key, private_ref)
                VALUES ('mine', 'EdDSA', '\\x00', 'x')
                """
        ),
        Escalation(
            name: "other figures",
            statement: "UPDATE tenant_stats SET members = 0"
        ),
    ]
}
