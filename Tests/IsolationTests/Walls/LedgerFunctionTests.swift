import Fixtures
import Postgres
import Sealing
import Testing

/// The functions of the ledger see all tenants' rows: what keeps them to one is their own proof.
@Suite struct LedgerFunctionTests {
    /// Each step of a call, for the tenant that is named: of a new call, or of its own one.
    private static func steps(of side: Side, call: String? = nil) -> [SQL] {
        [
            """
            SELECT outcome FROM app.ai_reserve(\(side.tenant)::uuid,
                \(call ?? "0197c0de-0000-7000-8000-000000000001")::uuid,
                'user:x', NULL, NULL, NULL, NULL, 'api', 'chat', NULL, NULL, NULL, NULL,
                ARRAY['offline/search'], 10, 10, 0, NULL, NULL, gen_random_uuid(),
                interval '1 minute')
            """,
            """
            SELECT outcome FROM app.ai_extend(\(side.tenant)::uuid,
                \(call ?? side.request)::uuid, false, 1, 0, interval '1 minute')
            """,
            """
            SELECT outcome FROM app.ai_settle(\(side.tenant)::uuid,
                \(call ?? side.request)::uuid, 'settled', 'offline/search', 1, 1, 0, 0, 0, false,
                'stop', NULL, NULL, NULL, '[]')
            """,
        ]
    }

    private static let books: SQL = """
        SELECT (SELECT jsonb_agg(r ORDER BY r.tenant_id, r.id) FROM ai_requests AS r)::text
            || (SELECT jsonb_agg(h ORDER BY h.tenant_id, h.request_id) FROM ai_holds AS h)::text
            || (SELECT jsonb_agg(p ORDER BY p.tenant_id, p.budget_id)
                FROM ai_budget_periods AS p)::text
            || (SELECT count(*) FROM ai_usage_log)::text AS books
        """

    @Test func `a call is taken through its states in the context of its tenant alone`()
        async throws
    {
        try await World.with { world in
            let before = try await world.migrated.admin(Self.books)
            try await world.connected(as: "ghostworks_app") { connection in
                for step in Self.steps(of: .b) {
                    for context in [
                        nil, "", Side.a.context(), Side.a.person(Side.a.owner),
                        Side.a.context(.system(reason: "aigateway")),
                    ] {
                        let outcome = await connection.attempt(step, in: context)
                        #expect(outcome.code == "42501", "\(step): \(outcome)")
                    }
                }
            }
            let after = try await world.migrated.admin(Self.books)
            let texts = try [before, after].map { try $0[0].decode("books", as: String.self) }
            #expect(texts[0] == texts[1])
        }
    }

    @Test func `a step touches the books of its own tenant alone`() async throws {
        try await World.with { world in
            let foreign: SQL = """
                SELECT (SELECT jsonb_agg(r) FROM ai_requests AS r WHERE r.tenant_id = \(Side.b.tenant)::uuid)
                        ::text
                    || (SELECT jsonb_agg(h) FROM ai_holds AS h WHERE h.tenant_id = \(Side.b.tenant)::uuid)
                        ::text
                    || (SELECT jsonb_agg(p) FROM ai_budget_periods AS p
                        WHERE p.tenant_id = \(Side.b.tenant)::uuid)::text AS books
                """
            let before = try await world.migrated.admin(foreign)
            try await world.connected(as: "ghostworks_app") { connection in
                for step in Self.steps(of: .a, call: "0197c0de-0000-7000-8000-000000000002") {
                    let outcome = await connection.attempt(step, in: Side.a.context())
                    #expect(outcome == .done(rows: 1, affected: 1), "\(step)")
                }
            }
            let after = try await world.migrated.admin(foreign)
            let texts = try [before, after].map { try $0[0].decode("books", as: String.self) }
            #expect(texts[0] == texts[1])
            let settled = try await world.migrated.admin(
                "SELECT count(*) AS n FROM ai_requests AS r WHERE r.state = 'settled'"
            )
            #expect(try settled[0].decode("n", as: Int64.self) == 1)
        }
    }

    /// The reading role does not even begin.
    @Test func `the reading role takes no step`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_reader") { connection in
                for step in Self.steps(of: .a) {
                    let outcome = await connection.attempt(step, in: Side.a.context())
                    #expect(outcome.code == "42501", "\(step): \(outcome)")
                }
            }
        }
    }
}
