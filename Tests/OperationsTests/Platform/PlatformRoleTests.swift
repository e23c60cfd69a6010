import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

@Suite struct PlatformRoleTests {
    @Test func `a granted role holds at once, and its end is now when it is revoked`()
        async throws
    {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let grant = try await stage.grant(.support)
            #expect(grant.grantedBy == stage.root.user)
            #expect(grant.expiresAt == nil)
            _ = try await stage.listTenants()
            try await stage.revoke(.support)
            let error = await #expect(throws: DomainError.self) { try await stage.listTenants() }
            #expect(error?.code == .permissionDenied)
            let again = await #expect(throws: DomainError.self) {
                try await stage.revoke(.support)
            }
            #expect(again?.code == .notFound)
            let shown = try await stage.list(endedToo: false)
            #expect(shown.map(\.user.email) == ["root@ghostworks.test"])
            let all = try await stage.list(endedToo: true)
            #expect(all.map(\.user.email) == ["owner@acme.test", "root@ghostworks.test"])
        }
    }

    @Test func `a role with an end runs out`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            _ = try await stage.grant(.support, for: .seconds(3_600))
            _ = try await stage.listTenants()
            _ = try await fixture.migrated.admin(
                "UPDATE platform_roles SET expires_at = now() WHERE role = 'support'"
            )
            let error = await #expect(throws: DomainError.self) { try await stage.listTenants() }
            #expect(error?.code == .permissionDenied)
            let renewed = try await stage.grant(.support, for: .seconds(7_200))
            #expect(renewed.expiresAt != nil)
            _ = try await stage.listTenants()
        }
    }

    @Test func `the last super-admin stays`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let revoke = RevokePlatformRole(fixture.environment)
            let alone = await #expect(throws: DomainError.self) {
                try await revoke(.superAdmin, of: stage.root.user, reason: "tired", by: stage.root)
            }
            #expect(alone?.code == .lastSuperAdmin)
            // One that ends by itself does not count.
            _ = try await stage.grant(.superAdmin, for: .seconds(3_600))
            let still = await #expect(throws: DomainError.self) {
                try await revoke(.superAdmin, of: stage.root.user, reason: "tired", by: stage.root)
            }
            #expect(still?.code == .lastSuperAdmin)
            #expect(still?.message == "The platform would be left without a super-admin.")
            let ended = await #expect(throws: DomainError.self) {
                try await GrantPlatformRole(fixture.environment)(
                    NewPlatformGrant(
                        role: .superAdmin,
                        expiresAt: stage.later(.seconds(60)),
                        reason: "only for a while",
                        now: stage.later(.zero)
                    ),
                    to: stage.root.user,
                    by: stage.root
                )
            }
            #expect(ended?.code == .lastSuperAdmin)
            _ = try await stage.grant(.superAdmin)
            try await revoke(.superAdmin, of: stage.root.user, reason: "tired", by: stage.root)
            let over = await #expect(throws: DomainError.self) {
                try await stage.list(endedToo: false)
            }
            #expect(over?.code == .permissionDenied)
        }
    }

    @Test func `a disabled super-admin does not count`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            _ = try await stage.grant(.superAdmin)
            _ = try await fixture.makeMember("o2@acme.test", role: .owner, in: stage.acme)
            let person = stage.person.caller
            _ = try await DisableUser(fixture.environment)(
                person.user,
                reason: "on leave",
                by: stage.root
            )
            let error = await #expect(throws: DomainError.self) {
                try await RevokePlatformRole(fixture.environment)(
                    .superAdmin,
                    of: stage.root.user,
                    reason: "tired",
                    by: stage.root
                )
            }
            #expect(error?.code == .lastSuperAdmin)
            let refused = await #expect(throws: DomainError.self) {
                try await stage.grant(.support)
            }
            #expect(refused?.message == "The person is disabled and can have no role.")
        }
    }

    @Test func `of super-admins who revoke each other at once one stays`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            var admins = [root]
            for number in 1...5 {
                admins.append(try await fixture.makeOperator("a\(number)@ghostworks.test"))
            }
            let all = admins
            // Each revokes the next, in a ring: six at once, and every one may at its beginning.
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for (number, admin) in all.enumerated() {
                    let target = all[(number + 1) % all.count].user
                    group.addTask {
                        do {
                            try await RevokePlatformRole(fixture.environment)(
                                .superAdmin,
                                of: target,
                                reason: "at once",
                                by: admin
                            )
                            return nil
                        } catch {
                            return (error as? DomainError)?.code ?? .internalError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let expected: Set<DomainError.Code?> = [nil, .lastSuperAdmin, .permissionDenied]
            #expect(expected.isSuperset(of: codes))
            let rows = try await fixture.migrated.admin(
                """
                SELECT count(*) AS count FROM platform_roles
                WHERE role = 'super_admin' AND expires_at IS NULL
                """
            )
            #expect(try #require(rows.first).decode("count", as: Int64.self) >= 1)
        }
    }

    @Test func `a revoked operator is out of the tenants at once`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let helper = try await fixture.makeOperator("h@ghostworks.test", role: .support)
            let inside = try await OpenSupportSession(fixture.environment)(
                tenant: stage.acme.id,
                reason: "Looking into it",
                ticket: nil,
                mode: .readOnly,
                minutes: 30,
                by: helper
            ).caller(helper)
            try await RevokePlatformRole(fixture.environment)(
                .support,
                of: helper.user,
                reason: "left the team",
                by: stage.root
            )
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: inside)
            }
            #expect(error?.code == .supportSessionEnded)
            let sessions = try await ListSupportSessions(fixture.environment)(
                tenant: nil,
                isLive: true,
                page: PageRequest(),
                by: stage.root
            )
            #expect(sessions.items.isEmpty)
        }
    }

    @Test func `ends lie ahead, and not too far`() throws {
        let now = Instant(seconds: 1_000_000)
        for (seconds, problem) in [
            (0, "must lie ahead"), (-5, "must lie ahead"),
            (367 * 86_400, "must be at most 366 days ahead, or be left out"),
        ] {
            let error = #expect(throws: DomainError.self) {
                try NewPlatformGrant(
                    role: .support,
                    expiresAt: now.advanced(by: .seconds(seconds)),
                    reason: "because",
                    now: now
                )
            }
            #expect(error?.message == "Invalid input: expires_at \(problem).")
        }
    }
}

/// The first operator is made by whoever holds the keys; the others on somebody's word.
@Suite struct OperatorCreationTests {
    private func create(
        _ fixture: Fixture,
        _ email: String,
        _ authority: OperatorAuthority,
        role: PlatformRole = .superAdmin
    ) async throws -> UserID {
        try await CreateOperator(fixture.environment)(
            email: email,
            name: "Operator",
            password: Array(Fixture.password.utf8),
            role: role,
            authority: authority
        )
    }

    @Test func `there is one first super-admin`() async throws {
        try await Fixture.with { fixture in
            let role = await #expect(throws: DomainError.self) {
                try await create(fixture, "a@x.test", .firstOne, role: .support)
            }
            #expect(role?.code == .validationError)
            _ = try await create(fixture, "a@x.test", .firstOne)
            let second = await #expect(throws: DomainError.self) {
                try await create(fixture, "b@x.test", .firstOne)
            }
            #expect(second?.code == .permissionDenied)
            #expect(second?.message == "The platform has a super-admin already.")
            _ = try await create(fixture, "c@x.test", .administrator)
        }
    }

    @Test func `of two first ones at once one is made`() async throws {
        try await Fixture.with { fixture in
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 1...4 {
                    group.addTask {
                        (try? await create(fixture, "a\(number)@x.test", .firstOne)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
        }
    }

    @Test func `a super-admin makes others, and gives no known person a password`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await create(fixture, "new@x.test", .superAdmin(root), role: .support)
            _ = try await fixture.signIn("new@x.test", kind: .shell)
            let known = await #expect(throws: DomainError.self) {
                try await create(fixture, "new@x.test", .superAdmin(root))
            }
            #expect(known?.message == "The platform knows new@x.test already.")
            let helper = try await fixture.signIn("new@x.test", kind: .shell)
            let refused = await #expect(throws: DomainError.self) {
                try await create(fixture, "other@x.test", .superAdmin(helper))
            }
            #expect(refused?.code == .permissionDenied)
        }
    }
}

/// An operator, and a person to make one of.
private struct Stage: Sendable {
    let fixture: Fixture
    let root: Caller
    let acme: TestTenant
    var person: TenantCaller { acme.owner }

    init(_ fixture: Fixture) async throws {
        self.fixture = fixture
        root = try await fixture.makeOperator()
        acme = try await fixture.makeTenant(by: root)
    }

    func later(_ duration: Duration) -> Instant {
        fixture.environment.database.clock.now().advanced(by: duration)
    }

    func grant(_ role: PlatformRole, for duration: Duration? = nil) async throws -> PlatformGrant {
        try await GrantPlatformRole(fixture.environment)(
            NewPlatformGrant(
                role: role,
                expiresAt: duration.map { later($0) },
                reason: "joined the team",
                now: later(.zero)
            ),
            to: person.caller.user,
            by: root
        )
    }

    func revoke(_ role: PlatformRole) async throws {
        try await RevokePlatformRole(fixture.environment)(
            role,
            of: person.caller.user,
            reason: "left the team",
            by: root
        )
    }

    func list(endedToo: Bool) async throws -> [PlatformGrant] {
        try await ListPlatformRoles(fixture.environment)(
            endedToo: endedToo,
            page: PageRequest(),
            by: root
        ).items
    }

    /// Something that any operator may.
    func listTenants() async throws -> Page<TenantSummary> {
        try await ListTenants(fixture.environment)(
            TenantFilter(),
            page: PageRequest(),
            by: person.caller
        )
    }
}
