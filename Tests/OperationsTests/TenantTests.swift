import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct TenantTests {
    @Test func `a suspended tenant refuses its members and can be resumed`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let suspended = try await SuspendTenant(fixture.environment)(
                acme.id,
                reason: "Unpaid",
                by: root
            )
            #expect(suspended.status == .suspended)
            let error = await #expect(throws: DomainError.self) {
                try await ListMembers(fixture.environment)(.init(), page: .init(), by: acme.owner)
            }
            #expect(error?.code == .tenantSuspended)
            #expect(error?.message == "This workspace is suspended.")
            let resumed = try await ResumeTenant(fixture.environment)(
                acme.id,
                reason: "Paid",
                by: root
            )
            #expect(resumed.status == .active)
            #expect(resumed.version == 3)
            let detail = try await ShowWorkspace(fixture.environment)(by: acme.owner)
            #expect(detail.tenant == resumed)
        }
    }

    @Test func `a suspended tenant cannot be signed in to, by name or by habit`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await SuspendTenant(fixture.environment)(acme.id, reason: "Unpaid", by: root)
            let error = await #expect(throws: DomainError.self) {
                try await signIn(fixture, workspace: "acme")
            }
            #expect(error?.code == .tenantSuspended)
            let elsewhere = try await signIn(fixture, workspace: nil)
            #expect(elsewhere.identity.tenant == nil)
        }
    }

    @Test func `a suspended tenant cannot be suspended again, nor an active one resumed`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let early = await #expect(throws: DomainError.self) {
                try await ResumeTenant(fixture.environment)(acme.id, reason: "Why", by: root)
            }
            #expect(early?.code == .invalidTransition)
            #expect(early?.message == "The tenant is already active.")
            _ = try await SuspendTenant(fixture.environment)(acme.id, reason: "Unpaid", by: root)
            let late = await #expect(throws: DomainError.self) {
                try await SuspendTenant(fixture.environment)(acme.id, reason: "Again", by: root)
            }
            #expect(late?.message == "The tenant is already suspended.")
        }
    }

    @Test(arguments: ["", "ab", String(repeating: "x", count: 501), "bell \u{7}"])
    func `a status changes only for a reason`(reason: String) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let error = await #expect(throws: DomainError.self) {
                try await SuspendTenant(fixture.environment)(acme.id, reason: reason, by: root)
            }
            #expect(error?.code == .validationError)
        }
    }

    @Test func `both trails tell of a suspension and its reason`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await SuspendTenant(fixture.environment)(acme.id, reason: "Unpaid", by: root)
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.changes, e.actor_kind FROM audit_events AS e
                WHERE e.action = 'tenant.suspended'
                UNION ALL
                SELECT e.changes, e.actor_kind FROM platform_audit_events AS e
                WHERE e.action = 'tenant.suspended'
                """
            )
            let expected = #"{"reason":[null,"Unpaid"],"status":["active","suspended"]}"#
            let lines = try rows.map { try $0.decode("changes", as: String.self) }
            #expect(lines == [expected, expected])
        }
    }

    @Test func `a plan brings its limits and its budget, and use stays`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .pro, by: root)
            for number in 1...6 {
                _ = try await fixture.addMember("m\(number)@x.test", .member, by: acme.owner)
            }
            let detail = try await ChangePlan(fixture.environment)(acme.id, to: .free, by: root)
            #expect(detail.tenant.plan == .free)
            #expect(detail.quotas.map(\.hard) == [100_000, 3, 10_000, 1_000, 10, 1_000_000_000, 5])
            #expect(detail.quotas.map(\.used) == [0, 0, 0, 0, 0, 0, 7])
            let budget = try await fixture.migrated.admin("SELECT soft, hard FROM ai_budgets")
            #expect(try #require(budget.first).decode("hard", as: Int.self) == 100_000)
            let full = await #expect(throws: DomainError.self) {
                try await fixture.addMember("late@x.test", .member, by: acme.owner)
            }
            #expect(full?.code == .planLimitReached)
        }
    }

    @Test func `a tenant cannot change to the plan it is on`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .pro, by: root)
            let error = await #expect(throws: DomainError.self) {
                try await ChangePlan(fixture.environment)(acme.id, to: .pro, by: root)
            }
            #expect(error?.code == .invalidTransition)
            #expect(error?.message == "The tenant is already on the plan pro.")
        }
    }

    @Test func `a quota on tokens moves the budget`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let detail = try await ChangeQuota(fixture.environment)(
                acme.id,
                resource: .aiTokens,
                soft: nil,
                hard: 7,
                by: root
            )
            let quota = Quota(resource: .aiTokens, soft: nil, hard: 7, used: 0, reserved: 0)
            #expect(detail.quotas.first == quota)
            let budget = try await fixture.migrated.admin("SELECT soft, hard FROM ai_budgets")
            #expect(try #require(budget.first).decode("hard", as: Int.self) == 7)
        }
    }

    @Test(arguments: [(Int64?.none, Int64(-1)), (-1, 5), (6, 5)])
    func `a quota must make sense`(soft: Int64?, hard: Int64) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let error = await #expect(throws: DomainError.self) {
                try await ChangeQuota(fixture.environment)(
                    acme.id,
                    resource: .users,
                    soft: soft,
                    hard: hard,
                    by: root
                )
            }
            #expect(error?.code == .validationError)
        }
    }

    @Test func `a new name needs the version that was seen`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let update = UpdateTenant(fixture.environment)
            let renamed = try await update(acme.id, name: " Acme ", version: 1, by: root)
            #expect(renamed.name == "Acme")
            #expect(renamed.version == 2)
            let error = await #expect(throws: DomainError.self) {
                try await update(acme.id, name: "Other", version: 1, by: root)
            }
            #expect(error?.code == .versionConflict)
            #expect(error?.message == "The tenant is at version 2, not 1.")
            let found = try await FindTenant(fixture.environment)(acme.id, by: root)
            #expect(found.tenant == renamed)
        }
    }

    @Test func `a tenant that does not exist is missing to every operation`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let nobody = try #require(TenantID("00000000-0000-7000-8000-000000000000"))
            let environment = fixture.environment
            let tries: [@Sendable () async throws -> Void] = [
                { _ = try await FindTenant(environment)(nobody, by: root) },
                {
                    _ = try await UpdateTenant(environment)(
                        nobody,
                        name: "x",
                        version: nil,
                        by: root
                    )
                },
                { _ = try await SuspendTenant(environment)(nobody, reason: "why", by: root) },
                { _ = try await ChangePlan(environment)(nobody, to: .pro, by: root) },
                { _ = try await ResolveTenant(environment)(nobody.description, by: root) },
            ]
            for attempt in tries {
                let error = await #expect(throws: DomainError.self) { try await attempt() }
                #expect(error?.message == "No tenant \"\(nobody)\" exists.")
            }
        }
    }

    @Test func `only an owner decides about support sessions`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let admin = try await fixture.makeMember("admin@x.test", role: .admin, in: acme)
            let change = ChangeSettings(fixture.environment)
            let error = await #expect(throws: DomainError.self) {
                try await change(writeConsent: true, by: admin)
            }
            #expect(error?.message == "Only an owner can decide about support sessions.")
            let changed = try await change(writeConsent: true, by: acme.owner)
            #expect(changed.allowsSupportToWrite)
            let detail = try await ShowWorkspace(fixture.environment)(by: admin)
            #expect(detail.tenant.allowsSupportToWrite)
        }
    }

    @Test func `the overview counts what was refreshed`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            _ = try await SuspendTenant(fixture.environment)(other.id, reason: "why", by: root)
            let refresh = RefreshFigures(fixture.environment)
            let counted = try await refresh(tenants: [acme.id], by: root)
            #expect(counted == 1)
            let overview = try await ShowOverview(fixture.environment)(by: root)
            #expect(overview.activeTenants == 1)
            #expect(overview.suspendedTenants == 1)
            #expect(overview.members == 1)
            let all = try await refresh(tenants: nil, by: nil)
            #expect(all == 2)
            let detail = try await FindTenant(fixture.environment)(other.id, by: root)
            #expect(detail.figures?.members == 1)
        }
    }

    @Test func `members see nothing of the platform`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let owner = try await fixture.makeTenant(by: root).owner.caller
            let environment = fixture.environment
            let tries: [@Sendable () async throws -> Void] = [
                { _ = try await ListTenants(environment)(.init(), page: .init(), by: owner) },
                { _ = try await ShowOverview(environment)(by: owner) },
                { _ = try await ResolveTenant(environment)("acme", by: owner) },
                {
                    _ = try await ListSupportSessions(environment)(
                        tenant: nil,
                        page: .init(),
                        by: owner
                    )
                },
            ]
            for attempt in tries {
                let error = await #expect(throws: DomainError.self) { try await attempt() }
                #expect(error?.code == .permissionDenied)
            }
        }
    }

    private func signIn(_ fixture: Fixture, workspace: String?) async throws -> SignedIn {
        try await SignIn(fixture.environment)(
            email: "owner@acme.test",
            password: Array(Fixture.password.utf8),
            kind: .api,
            workspace: workspace,
            client: ClientInfo(userAgent: nil, ip: nil),
            requestID: "r"
        )
    }
}
