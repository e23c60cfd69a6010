import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// A workspace that is closed, and opened again.
@Suite struct ClosedWorkspaceTests {
    @Test func `a closed workspace lets nobody in, and comes back as it was`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            let inside = try await OpenSupportSession(environment)(
                tenant: stage.acme.id,
                reason: "Looking into it",
                ticket: nil,
                mode: .readOnly,
                minutes: 30,
                by: stage.root
            )
            let closed = try await stage.close()
            #expect(closed.status == .deleted && closed.version == 2)
            for caller in [stage.acme.owner, stage.member] {
                await Self.expect(.tenantAccessDenied) {
                    try await ShowWorkspace(environment)(by: caller)
                }
                #expect(try await ListWorkspaces(environment)(by: caller.caller).isEmpty)
            }
            await Self.expect(.supportSessionEnded) {
                try await ShowWorkspace(environment)(by: inside.caller(stage.root))
            }
            let open = try await RestoreWorkspace(environment)(
                "acme",
                reason: "A mistake",
                by: stage.acme.owner.caller
            )
            #expect(open.status == .active && open.version == 3)
            let people = try await ListMembers(environment)(
                .init(),
                page: .init(),
                by: stage.member
            )
            #expect(people.items.count == 2)
            // The support session ended with the workspace.
            await Self.expect(.supportSessionEnded) {
                try await ShowWorkspace(environment)(by: inside.caller(stage.root))
            }
            for table in ["audit_events", "platform_audit_events"] {
                let recorded = try await stage.recorded(table)
                #expect(recorded == ["tenant.closed", "tenant.restored"])
            }
            let verdict = try await VerifyChain(environment)(by: stage.acme.owner)
            #expect(verdict.fault == nil)
        }
    }

    @Test func `operators read the trail of a closed one, and nothing else`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            _ = try await stage.close()
            let id = try await ResolveTenant(environment)("acme", by: stage.root)
            let refusal = await Self.expect(.invalidTransition) {
                try await stage.visit(id, .readWrite)
            }
            #expect(refusal?.description.contains("read-only") == true)
            let inside = try await stage.visit(id, .readOnly)
            let page = try await ListAuditEvents(environment)(
                AuditFilter(),
                page: PageRequest(limit: 10),
                by: inside
            )
            #expect(
                page.items.prefix(2).map(\.entry.action) == ["support.opened", "tenant.closed"]
            )
            #expect(try await VerifyChain(environment)(by: inside).fault == nil)
            let closed = await Self.expect(.permissionDenied) {
                try await ListMembers(environment)(.init(), page: .init(), by: inside)
            }
            #expect(closed?.message == "This workspace is closed.")
            #expect(try await ShowWorkspace(environment)(by: inside).tenant.status == .deleted)
            let owner = stage.acme.owner.caller.user
            let names = try await NamePeople(environment)([owner, stage.root.user], by: inside)
            #expect(Set(names.keys) == [owner, stage.root.user])
        }
    }

    @Test func `closing takes the slug, a reason, the version that was seen and a proof`()
        async throws
    {
        try await Self.with { stage in
            await Self.expect(.validationError) { try await stage.close(slug: "Acme") }
            await Self.expect(.validationError) { try await stage.close(reason: "no") }
            await Self.expect(.versionConflict) { try await stage.close(version: 7) }
            await Self.expect(.validationError) {
                try await stage.close(proof: FreshProof(password: Array("wrong".utf8)))
            }
            let missing = await #expect(throws: FreshProofRequired.self) {
                _ = try await stage.close(proof: .none)
            }
            #expect(missing?.need == .password)
            let recorded = try await stage.recorded("audit_events")
            #expect(recorded.isEmpty)
        }
    }

    @Test(arguments: [Role.admin, .member, .guest])
    func `only an owner closes or opens it, and others are asked for nothing`(
        role: Role
    ) async throws {
        try await Self.with { stage in
            let caller = try await stage.fixture.makeMember(
                "x@acme.test",
                role: role,
                in: stage.acme
            )
            await Self.expect(.permissionDenied) {
                try await stage.close(slug: "wrong", proof: .none, by: caller)
            }
            _ = try await stage.close()
            await Self.expect(.permissionDenied) { try await stage.restore(by: caller.caller) }
            await Self.expect(.tenantAccessDenied) { try await stage.restore(by: stage.root) }
        }
    }

    @Test func `a legal hold keeps it open, whoever closes`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            let hold = try await PlaceLegalHold(environment)(
                on: stage.member.caller.user,
                reason: "Case 12",
                by: stage.acme.owner
            )
            await Self.expect(.legalHold) { try await stage.close() }
            await Self.expect(.legalHold) { try await stage.closeAsOperator() }
            try await ReleaseLegalHold(environment)(hold.id, by: stage.acme.owner)
            #expect(try await stage.close().status == .deleted)
        }
    }

    @Test func `what an operator closed an operator opens`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            _ = try await SuspendTenant(environment)(
                stage.acme.id,
                reason: "Unpaid",
                by: stage.root
            )
            // A suspended one is no owner's to close, nor to open.
            await Self.expect(.tenantSuspended) { try await stage.close() }
            await Self.expect(.tenantSuspended) {
                try await stage.restore(by: stage.acme.owner.caller)
            }
            await Self.expect(.validationError) { try await stage.closeAsOperator("beta") }
            _ = try await stage.closeAsOperator()
            let refusal = await Self.expect(.permissionDenied) {
                try await stage.restore(by: stage.acme.owner.caller)
            }
            #expect(refusal?.message == "An operator closed this workspace.")
            await Self.expect(.invalidTransition) {
                try await ResumeTenant(environment)(stage.acme.id, reason: "Paid", by: stage.root)
            }
            let restore = RestoreTenant(environment)
            let open = try await restore(stage.acme.id, reason: "Paid", by: stage.root)
            #expect(open.status == .active)
            await Self.expect(.invalidTransition) {
                try await restore(stage.acme.id, reason: "Paid", by: stage.root)
            }
        }
    }

    @Test func `opening one takes a place like making one`() async throws {
        try await Fixture.with(policy: SignInPolicy(ownWorkspaces: 1)) { fixture in
            let ada = try await OwnWorkspaceTests.ada(fixture)
            let first = try await OwnWorkspaceTests.make("first", fixture, by: ada)
            _ = try await CloseWorkspace(fixture.environment)(
                confirming: "first",
                reason: "Not needed",
                version: nil,
                proof: Fixture.proof,
                by: TenantCaller(caller: ada, tenant: first.id)
            )
            _ = try await OwnWorkspaceTests.make("second", fixture, by: ada)
            await Self.expect(.planLimitReached) {
                try await RestoreWorkspace(fixture.environment)(
                    first.id.description,
                    reason: "Needed",
                    by: ada
                )
            }
        }
    }

    @Test func `who was erased while it was closed is gone when it is opened`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            try await stage.fixture.addMember("second@acme.test", .owner, by: stage.acme.owner)
            _ = try await stage.close()
            let erase = ErasePerson(environment)
            for person in [stage.member.caller.user, stage.acme.owner.caller.user] {
                try await erase(person, reason: "asked", by: stage.root)
            }
            _ = try await RestoreTenant(environment)(
                stage.acme.id,
                reason: "A mistake",
                by: stage.root
            )
            let rows = try await stage.fixture.migrated.admin(
                """
                SELECT u.email, c.member_count, c.owner_count, q.used
                FROM memberships AS m
                JOIN users AS u ON u.id = m.user_id
                JOIN tenant_counters AS c ON c.tenant_id = m.tenant_id
                JOIN tenant_quotas AS q ON q.tenant_id = m.tenant_id AND q.resource = 'users'
                WHERE m.status <> 'removed'
                """
            )
            try #require(rows.count == 1)
            #expect(try rows[0].decode("email", as: String.self) == "second@acme.test")
            #expect(try rows[0].decode("member_count", as: Int32.self) == 1)
            #expect(try rows[0].decode("owner_count", as: Int32.self) == 1)
            #expect(try rows[0].decode("used", as: Int64.self) == 1)
            let recorded = try await stage.fixture.migrated.admin(
                "SELECT count(*) AS n FROM audit_events WHERE action = 'member.erased'"
            )
            #expect(try recorded[0].decode("n", as: Int64.self) == 2)
        }
    }

    /// Nobody else could be made an owner of a closed one; there is always one.
    @Test func `its only owner who was erased keeps the place, without a name`() async throws {
        try await Self.with { stage in
            let environment = stage.fixture.environment
            _ = try await stage.close()
            let owner = stage.acme.owner.caller.user
            try await ErasePerson(environment)(owner, reason: "asked", by: stage.root)
            let open = try await RestoreTenant(environment)(
                stage.acme.id,
                reason: "For its members",
                by: stage.root
            )
            #expect(open.status == .active)
            let members = try await ListMembers(environment)(
                .init(),
                page: .init(),
                by: stage.member
            )
            let names = members.items.filter { $0.role == .owner }.map(\.name)
            #expect(names == ["Erased person"])
        }
    }

    @Test(arguments: ["nobody-has-it", "", "a\u{0}b", String(repeating: "x", count: 5_000)])
    func `a name that is none of one's own opens nothing`(name: String) async throws {
        try await Self.with { stage in
            await Self.expect(.tenantAccessDenied) {
                try await RestoreWorkspace(stage.fixture.environment)(
                    name,
                    reason: "A mistake",
                    by: stage.acme.owner.caller
                )
            }
        }
    }

    private struct Stage: Sendable {
        let fixture: Fixture
        let root: Caller
        let acme: TestTenant
        let member: TenantCaller

        func close(
            slug: String = "acme",
            reason: String = "Not needed",
            version: Int64? = 1,
            proof: FreshProof = Fixture.proof,
            by caller: TenantCaller? = nil
        ) async throws -> Tenant {
            try await CloseWorkspace(fixture.environment)(
                confirming: slug,
                reason: reason,
                version: version,
                proof: proof,
                by: caller ?? acme.owner
            )
        }

        func closeAsOperator(_ slug: String = "acme") async throws -> Tenant {
            try await CloseTenant(fixture.environment)(
                acme.id,
                confirming: slug,
                reason: "Not needed",
                by: root
            )
        }

        /// The operator in a support session.
        func visit(_ tenant: TenantID, _ mode: AccessMode) async throws -> TenantCaller {
            try await OpenSupportSession(fixture.environment)(
                tenant: tenant,
                reason: "What was done there",
                ticket: nil,
                mode: mode,
                minutes: 30,
                by: root
            ).caller(root)
        }

        func restore(by caller: Caller) async throws -> Tenant {
            try await RestoreWorkspace(fixture.environment)(
                "acme",
                reason: "A mistake",
                by: caller
            )
        }

        /// What a trail says of the workspace's end and beginning.
        func recorded(_ table: String) async throws -> [String] {
            try await fixture.migrated.admin(
                """
                SELECT action FROM \(unsafe: table)
                WHERE action IN ('tenant.closed', 'tenant.restored')
                  AND resource_id = \(acme.id.description)
                ORDER BY seq
                """
            ).map { try $0.decode("action") }
        }
    }

    private static func with(_ body: (Stage) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let member = try await fixture.makeMember("m@acme.test", role: .member, in: acme)
            try await body(Stage(fixture: fixture, root: root, acme: acme, member: member))
        }
    }

    @discardableResult
    private static func expect<Value: Sendable>(
        _ code: DomainError.Code,
        _ work: () async throws -> Value
    ) async -> DomainError? {
        await OwnWorkspaceTests.expect(code, work)
    }
}
