import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct ProvisionTenantTests {
    @Test func `provisioning makes everything a tenant needs`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", plan: .pro, by: root)
            let detail = try await FindTenant(fixture.environment)(acme.id, by: root)
            #expect(detail.tenant.slug == "acme")
            #expect(detail.tenant.status == .active)
            #expect(
                detail.quotas.map(\.resource) == [
                    .aiTokens, .apiKeys, .artifacts, .executions, .pipelines, .storage, .users,
                ]
            )
            #expect(
                detail.quotas.map(\.hard) == [
                    5_000_000, 50, 1_000_000, 50_000, 100, 50_000_000_000, 50,
                ]
            )
            #expect(detail.quotas.map(\.used) == [0, 0, 0, 0, 0, 0, 1])
            let counts = try await fixture.migrated.admin(
                """
                SELECT (SELECT owner_count FROM tenant_counters) AS owners,
                    (SELECT count(*) FROM memberships WHERE role_key = 'owner') AS members,
                    (SELECT count(*) FROM user_tenants) AS copies,
                    (SELECT hard FROM ai_budgets WHERE scope_kind = 'tenant'
                        AND metric = 'tokens' AND period = 'month') AS budget,
                    (SELECT count(*) FROM users WHERE default_tenant_id IS NOT NULL) AS defaults,
                    (SELECT action FROM audit_events WHERE seq = 1) AS genesis,
                    (SELECT encode(prev_hash, 'hex') FROM audit_events WHERE seq = 1) AS before,
                    (SELECT event FROM tenant_events WHERE seq = 1) AS event,
                    (SELECT count(*) FROM platform_audit_events
                        WHERE action = 'tenant.provisioned') AS platform
                """
            )
            let row = try #require(counts.first)
            #expect(try row.decode("owners", as: Int.self) == 1)
            #expect(try row.decode("members", as: Int.self) == 1)
            #expect(try row.decode("copies", as: Int.self) == 1)
            #expect(try row.decode("budget", as: Int.self) == 5_000_000)
            #expect(try row.decode("defaults", as: Int.self) == 1)
            #expect(try row.decode("genesis", as: String.self) == "tenant.provisioned")
            #expect(
                try row.decode("before", as: String.self) == String(repeating: "0", count: 64)
            )
            #expect(try row.decode("event", as: String.self) == "tenant.provisioned")
            #expect(try row.decode("platform", as: Int.self) == 1)
        }
    }

    @Test func `the same key gives the same tenant`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let provision = ProvisionTenant(fixture.environment)
            let first = try await provision(new("acme"), idempotencyKey: "k1", by: root)
            let second = try await provision(new("acme"), idempotencyKey: "k1", by: root)
            #expect(second == first)
            #expect(try await tenantCount(fixture) == 1)
        }
    }

    @Test func `the same key at the same moment gives one tenant`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let provision = ProvisionTenant(fixture.environment)
            let wanted = try new("acme")
            async let first = provision(wanted, idempotencyKey: "k1", by: root)
            async let second = provision(wanted, idempotencyKey: "k1", by: root)
            let both = try await [first.id, second.id]
            #expect(both[0] == both[1])
            #expect(try await tenantCount(fixture) == 1)
        }
    }

    @Test func `a key is refused for another input`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let provision = ProvisionTenant(fixture.environment)
            _ = try await provision(new("acme"), idempotencyKey: "k1", by: root)
            let error = await #expect(throws: DomainError.self) {
                try await provision(new("other"), idempotencyKey: "k1", by: root)
            }
            #expect(error?.code == .idempotencyKeyReused)
            #expect(try await tenantCount(fixture) == 1)
        }
    }

    @Test func `a failed try leaves its key free`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let provision = ProvisionTenant(fixture.environment)
            _ = try await provision(new("acme"), idempotencyKey: nil, by: root)
            await #expect(throws: DomainError.self) {
                try await provision(new("acme"), idempotencyKey: "k1", by: root)
            }
            let made = try await provision(new("other"), idempotencyKey: "k1", by: root)
            #expect(made.slug == "other")
        }
    }

    @Test func `a slug is given once`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let provision = ProvisionTenant(fixture.environment)
            _ = try await provision(new("acme"), idempotencyKey: nil, by: root)
            let error = await #expect(throws: DomainError.self) {
                try await provision(new("acme"), idempotencyKey: nil, by: root)
            }
            #expect(error?.code == .slugTaken)
            #expect(error?.description == "The slug is taken. Choose another one.")
        }
    }

    @Test func `of eight at once one gets the slug, and the others leave nothing`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let wanted = try new("acme")
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await ProvisionTenant(fixture.environment)(
                                wanted,
                                idempotencyKey: nil,
                                by: root
                            )
                            return nil
                        } catch {
                            return (error as? DomainError)?.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .slugTaken }.count == 7)
            #expect(try await tenantCount(fixture) == 1)
        }
    }

    @Test func `support may not provision`() async throws {
        try await Fixture.with { fixture in
            let helper = try await fixture.makeOperator("help@x.test", role: .support)
            let error = await #expect(throws: DomainError.self) {
                try await ProvisionTenant(fixture.environment)(
                    new("acme"),
                    idempotencyKey: nil,
                    by: helper
                )
            }
            #expect(error?.code == .permissionDenied)
            #expect(error?.message == "You do not have the permission for this.")
            #expect(error?.hint == "This takes the permission platform.tenants.manage.")
        }
    }

    @Test func `a known person becomes the owner of a second tenant`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let second = try NewTenant(
                slug: "second",
                name: "Second",
                plan: "free",
                ownerEmail: "OWNER@acme.test",
                ownerName: nil
            )
            _ = try await ProvisionTenant(fixture.environment)(
                second,
                idempotencyKey: nil,
                by: root
            )
            let mine = try await ListWorkspaces(fixture.environment)(by: acme.owner.caller)
            #expect(mine.map(\.slug) == ["second", "acme"])
            #expect(mine.map(\.role) == [.owner, .owner])
        }
    }

    private func new(_ slug: String) throws -> NewTenant {
        try NewTenant(
            slug: slug,
            name: "Tenant \(slug)",
            plan: "free",
            ownerEmail: "owner@\(slug).test",
            ownerName: nil
        )
    }

    private func tenantCount(_ fixture: Fixture) async throws -> Int {
        let rows = try await fixture.migrated.admin("SELECT count(*) AS count FROM tenants")
        return try #require(rows.first).decode("count")
    }
}
