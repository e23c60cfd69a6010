import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// What people do with workspaces of their own: make them, up to a number, and name them.
@Suite struct OwnWorkspaceTests {
    @Test func `whoever makes a workspace owns it, on the free plan, and both trails say so`()
        async throws
    {
        try await Fixture.with { fixture in
            let ada = try await Self.ada(fixture)
            let made = try await Self.make("ada-press", fixture, by: ada)
            #expect(made.plan == .free && made.status == .active && made.version == 1)
            let own = TenantCaller(caller: ada, tenant: made.id)
            let detail = try await ShowWorkspace(fixture.environment)(by: own)
            #expect(detail.owners.map(\.id) == [ada.user])
            let seats = detail.quotas.first { $0.resource == .users }
            #expect(seats?.used == 1)
            for table in ["audit_events", "platform_audit_events"] {
                let rows = try await fixture.migrated.admin(
                    """
                    SELECT actor_kind FROM \(unsafe: table)
                    WHERE action = 'tenant.provisioned' AND resource_id = \(made.id.description)
                    """
                )
                #expect(try rows.map { try $0.decode("actor_kind", as: String.self) } == ["user"])
            }
        }
    }

    @Test func `the same key gives the same workspace, also from twenty at once`() async throws {
        try await Fixture.with { fixture in
            let ada = try await Self.ada(fixture)
            let create = CreateWorkspace(fixture.environment)
            let ids = try await withThrowingTaskGroup(of: TenantID.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await create(
                            slug: "ada-press",
                            name: "Press",
                            idempotencyKey: "k1",
                            by: ada
                        ).id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            await Self.expect(.idempotencyKeyReused) {
                try await create(slug: "other", name: "Press", idempotencyKey: "k1", by: ada)
            }
        }
    }

    /// Who is an operator as well makes tenants at two doors.
    @Test func `a key of one's own workspace is refused where tenants are provisioned`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await fixture.migrated.admin("UPDATE users SET email_verified_at = now()")
            let made = try await CreateWorkspace(fixture.environment)(
                slug: "press",
                name: "Press",
                idempotencyKey: "k1",
                by: root
            )
            let same = try NewTenant(
                slug: "press",
                name: "Press",
                plan: made.plan.rawValue,
                ownerEmail: "root@ghostworks.test",
                ownerName: "Operator"
            )
            await Self.expect(.idempotencyKeyReused) {
                try await ProvisionTenant(fixture.environment)(
                    same,
                    idempotencyKey: "k1",
                    by: root
                )
            }
        }
    }

    @Test func `of ten who race for a person's three places, three get one`() async throws {
        try await Fixture.with { fixture in
            let ada = try await Self.ada(fixture)
            let outcomes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        do {
                            _ = try await Self.make("ada-\(number)", fixture, by: ada)
                            return nil
                        } catch let error as DomainError {
                            return error.code
                        } catch {
                            return .internalError
                        }
                    }
                }
                return await group.reduce(into: [DomainError.Code?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 3)
            #expect(outcomes.count { $0 == .planLimitReached } == 7)
            let mine = try await ListWorkspaces(fixture.environment)(by: ada)
            #expect(mine.count { $0.role == .owner } == 3)
        }
    }

    @Test func `a workspace on another plan, and one of somebody else, take no place`()
        async throws
    {
        try await Fixture.with(policy: SignInPolicy(ownWorkspaces: 1)) { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .pro, by: root)
            let beta = try await fixture.makeTenant("beta", plan: .free, by: root)
            _ = try await fixture.addMember("owner@acme.test", .admin, by: beta.owner)
            let owner = acme.owner.caller
            _ = try await Self.make("first", fixture, by: owner)
            await Self.expect(.planLimitReached) {
                try await Self.make("second", fixture, by: owner)
            }
        }
    }

    @Test func `where operators make workspaces nobody else does, nor who proved no address`()
        async throws
    {
        try await Fixture.with(policy: SignInPolicy(ownWorkspaces: 0)) { fixture in
            let ada = try await Self.ada(fixture)
            let error = await Self.expect(.permissionDenied) {
                try await Self.make("ada-press", fixture, by: ada)
            }
            #expect(error?.message == "Workspaces are made by operators here.")
        }
        try await Fixture.with { fixture in
            let ada = try await Self.ada(fixture)
            _ = try await fixture.migrated.admin("UPDATE users SET email_verified_at = NULL")
            let error = await Self.expect(.permissionDenied) {
                try await Self.make("ada-press", fixture, by: ada)
            }
            #expect(error?.hint == "Follow the link that was mailed to you.")
        }
    }

    @Test func `bad names are all said at once, and a taken slug is taken`() async throws {
        try await Fixture.with { fixture in
            let ada = try await Self.ada(fixture)
            let create = CreateWorkspace(fixture.environment)
            let error = await Self.expect(.validationError) {
                try await create(slug: "A B", name: "", idempotencyKey: nil, by: ada)
            }
            guard case .invalid(let problems)? = error?.kind else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(problems.map(\.field) == ["slug", "name"])
            _ = try await Self.make("ada-press", fixture, by: ada)
            await Self.expect(.slugTaken) { try await Self.make("ada-press", fixture, by: ada) }
        }
    }

    @Test func `a new name is in the directory, at the version that was seen`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let admin = try await fixture.makeMember("a@acme.test", role: .admin, in: acme)
            let update = UpdateWorkspace(fixture.environment)
            let renamed = try await update(name: "Acme Two", version: 1, by: admin)
            #expect(renamed.name == "Acme Two" && renamed.version == 2)
            let page = try await ListTenants(fixture.environment)(
                TenantFilter(order: .name),
                page: PageRequest(),
                by: root
            )
            #expect(page.items.map(\.name) == ["Acme Two", beta.tenant.name])
            await Self.expect(.versionConflict) {
                try await update(name: "Acme Three", version: 1, by: admin)
            }
            await Self.expect(.validationError) {
                try await update(name: "\u{202E}Acme", version: nil, by: admin)
            }
            let same = try await update(name: "Acme Two", version: nil, by: admin)
            #expect(same.version == 2)
        }
    }

    /// A person without any place, who has proved an address.
    static func ada(_ fixture: Fixture) async throws -> Caller {
        let root = try await fixture.makeOperator()
        let home = try await fixture.makeTenant("home", plan: .pro, by: root)
        return try await fixture.makeMember("ada@home.test", role: .member, in: home).caller
    }

    @discardableResult
    static func make(
        _ slug: String,
        _ fixture: Fixture,
        by caller: Caller
    ) async throws -> Tenant {
        try await CreateWorkspace(fixture.environment)(
            slug: slug,
            name: "Press",
            idempotencyKey: nil,
            by: caller
        )
    }

    @discardableResult
    static func expect<Value: Sendable>(
        _ code: DomainError.Code,
        _ work: () async throws -> Value
    ) async -> DomainError? {
        let error = await #expect(throws: DomainError.self) { _ = try await work() }
        #expect(error?.code == code)
        return error
    }
}
