import Domain
import Fixtures
import FoundationEssentials
import Postgres
import Testing

@testable import Operations

/// What is left of a closed workspace when its time is over.
@Suite struct PurgeTests {
    /// Tables of a tenant whose rows stay: what trails and accounts need, and what calls to models
    /// leave when they go.
    private static let kept: Set<String> = [
        "tenants", "tenant_counters", "tenant_heads", "audit_events", "ai_budgets",
        "ai_budget_periods", "ai_usage_log", "ai_usage_hourly", "ai_requests", "ai_holds",
        "ai_attempts", "ai_replies", "legal_holds", "support_consents",
    ]

    @Test func `every table of a tenant goes with it, or is known to stay`() async throws {
        try await MigratedDatabase.with { migrated in
            let rows = try await migrated.admin(
                """
                SELECT substr(w.table_name, 8) AS name FROM app.walls AS w
                WHERE w.kind = 'tenant'
                  AND NOT EXISTS (SELECT FROM app.purges AS p
                      WHERE 'public.' || p.table_name = w.table_name)
                """
            )
            #expect(Set(try rows.map { try $0.decode("name", as: String.self) }) == Self.kept)
        }
    }

    @Test func `its data goes in batches, its trail and its neighbours stay`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            let neighbour = try await stage.fixture.makeTenant("beta", by: stage.root)
            let other = try await stage.rows(of: neighbour.id)
            let trail = try await stage.count("audit_events")
            try await stage.close(daysAgo: 91)
            let report = try await stage.purge(batch: 2)
            #expect(report.finished == [stage.acme.id])
            #expect(report.rows > 10)
            let left = try await stage.rows(of: stage.acme.id).filter { $0.value > 0 }
            // Who owned it, and what was done in it.
            #expect(left == ["memberships": 1])
            // Closing it left a line, too.
            #expect(try await stage.count("audit_events") == trail + 1)
            #expect(try await stage.rows(of: neighbour.id) == other)
            #expect(try await stage.trail() == ["tenant.purge_begun", "tenant.purged"])
            #expect(try await stage.purge() == PurgeTenants.Report())
            #expect(try await stage.trail().count == 2)
            let detail = try await FindTenant(stage.environment)(stage.acme.id, by: stage.root)
            #expect(detail.tenant.closing?.purgedAt != nil)
            #expect(detail.tenant.closing?.purgeAt == nil)
            #expect(detail.owners.map(\.email) == ["owner@acme.test"])
        }
    }

    @Test func `nothing goes before its time, and until then it can be opened`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            try await stage.close(daysAgo: 89)
            let rows = try await stage.rows(of: stage.acme.id)
            #expect(try await stage.purge() == PurgeTenants.Report())
            #expect(try await stage.rows(of: stage.acme.id) == rows)
            let detail = try await FindTenant(stage.environment)(stage.acme.id, by: stage.root)
            let closing = try #require(detail.tenant.closing)
            let days = try #require(closing.purgeAt).microseconds - closing.closedAt.microseconds
            #expect(days == 90 * 86_400 * 1_000_000)
            #expect(try await stage.restore().status == .active)
            // Opening it is told in the feed.
            let after = try await stage.rows(of: stage.acme.id)
            #expect(
                after.filter { $0.key != "tenant_events" }
                    == rows.filter { $0.key != "tenant_events" }
            )
        }
    }

    @Test func `once it has begun nobody opens it, and another turn goes on`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            try await stage.close(daysAgo: 91)
            let first = try await stage.purge(batch: 1, most: 1)
            #expect(first.rows > 0 && first.finished.isEmpty)
            let refusals = [
                await OwnWorkspaceTests.expect(.invalidTransition) { try await stage.restore() },
                await OwnWorkspaceTests.expect(.invalidTransition) {
                    try await RestoreTenant(stage.environment)(
                        stage.acme.id,
                        reason: "A mistake",
                        by: stage.root
                    )
                },
            ]
            for refusal in refusals {
                #expect(refusal?.message == "This was closed too long ago: its data is deleted.")
            }
            #expect(try await stage.purge().finished == [stage.acme.id])
            #expect(try await stage.trail() == ["tenant.purge_begun", "tenant.purged"])
        }
    }

    @Test func `a legal hold keeps everything`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            try await stage.close(daysAgo: 1_000)
            try await stage.admin(
                """
                INSERT INTO legal_holds (tenant_id, id, reason, created_by)
                VALUES (\(stage.acme.id.uuid), gen_random_uuid(), 'Case 12',
                    \(stage.acme.owner.caller.user.uuid))
                """
            )
            let rows = try await stage.rows(of: stage.acme.id)
            #expect(try await stage.purge() == PurgeTenants.Report())
            #expect(try await stage.rows(of: stage.acme.id) == rows)
            try await stage.admin(
                """
                UPDATE legal_holds
                SET released_at = now(), released_by = \(stage.acme.owner.caller.user.uuid)
                """
            )
            #expect(try await stage.purge().finished == [stage.acme.id])
        }
    }

    @Test func `an open tenant loses nothing, whatever its row says of the past`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            try await stage.admin("UPDATE tenants SET deleted_at = now() - interval '9 years'")
            let rows = try await stage.rows(of: stage.acme.id)
            #expect(try await stage.purge() == PurgeTenants.Report())
            #expect(try await stage.rows(of: stage.acme.id) == rows)
        }
    }

    @Test func `two workers at once delete it once`() async throws {
        try await Self.with { stage in
            try await stage.fill()
            try await stage.close(daysAgo: 91)
            async let one = stage.purge(batch: 1)
            async let two = stage.purge(batch: 1)
            _ = try await (one, two)
            _ = try await stage.purge()
            #expect(try await stage.trail() == ["tenant.purge_begun", "tenant.purged"])
            let left = try await stage.rows(of: stage.acme.id).filter { $0.value > 0 }
            #expect(left == ["memberships": 1])
        }
    }

    @Test(arguments: [-1, 0, 1, 61, 36_501])
    func `a time too short or too long is refused`(days: Int) async throws {
        try await Self.with { stage in
            await OwnWorkspaceTests.expect(.validationError) {
                try await PurgeTenants(stage.environment)(closedForDays: days)
            }
        }
    }

    private struct Stage: Sendable {
        let fixture: Fixture
        let root: Caller
        let acme: TestTenant

        var environment: Environment { fixture.environment }

        func admin(_ statement: SQL) async throws {
            _ = try await fixture.migrated.admin(statement)
        }

        func purge(batch: Int = 500, most: Int = 5_000) async throws -> PurgeTenants.Report {
            try await PurgeTenants(environment)(closedForDays: 90, batch: batch, most: most)
        }

        /// Something in many of the tables.
        func fill() async throws {
            for number in 1...3 {
                _ = try await CreateArtifact(environment)(
                    ArtifactDraft(
                        name: "Document \(number)",
                        description: "Words",
                        tags: ["a", "b"],
                        metadata: .object([:])
                    ),
                    by: acme.owner
                )
                _ = try await fixture.makeMember("m\(number)@acme.test", role: .member, in: acme)
            }
            _ = try await CreateRole(environment)(
                RoleDraft(name: "Editor", rank: 5, permissions: PermissionSet()),
                by: acme.owner
            )
            _ = try await InviteMember(environment)(
                NewInvitation(email: "new@acme.test", role: "Editor"),
                by: acme.owner
            )
            _ = try await CreateAPIKey(environment)(
                name: "Key",
                scopes: ["artifact.read"],
                by: acme.owner
            )
        }

        func close(daysAgo days: Int) async throws {
            _ = try await CloseWorkspace(environment)(
                confirming: "acme",
                reason: "Not needed",
                version: nil,
                proof: Fixture.proof,
                by: acme.owner
            )
            try await admin(
                """
                UPDATE tenants SET deleted_at = now() - \(Int64(days)) * interval '1 day'
                WHERE id = \(acme.id.uuid)
                """
            )
        }

        func restore() async throws -> Tenant {
            try await RestoreWorkspace(environment)(
                "acme",
                reason: "A mistake",
                by: acme.owner.caller
            )
        }

        func count(_ table: String) async throws -> Int64 {
            try await number(of: table, acme.id)
        }

        private func number(of table: String, _ tenant: TenantID) async throws -> Int64 {
            let rows = try await fixture.migrated.admin(
                """
                SELECT count(*) AS n FROM \(unsafe: table) AS t
                WHERE t.tenant_id = \(tenant.uuid)
                """
            )
            return try rows[0].decode("n")
        }

        /// How many rows the tables have that are to lose them.
        func rows(of tenant: TenantID) async throws -> [String: Int64] {
            let tables = try await fixture.migrated.admin(
                "SELECT p.table_name AS name FROM app.purges AS p"
            )
            var counts: [String: Int64] = [:]
            for table in try tables.map({ try $0.decode("name", as: String.self) }) {
                counts[table] = try await number(of: table, tenant)
            }
            return counts
        }

        /// What the platform's trail says of purges.
        func trail() async throws -> [String] {
            try await fixture.migrated.admin(
                """
                SELECT action FROM platform_audit_events
                WHERE action LIKE 'tenant.purge%' ORDER BY seq
                """
            ).map { try $0.decode("action") }
        }
    }

    private static func with(_ body: (Stage) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await body(Stage(fixture: fixture, root: root, acme: acme))
        }
    }
}
