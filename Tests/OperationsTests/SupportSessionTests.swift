import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct SupportSessionTests {
    @Test func `a read-only session reads and writes nothing`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let inside = try await stage.open(.readOnly, by: stage.root)
            let page = try await ListMembers(fixture.environment)(
                MemberFilter(),
                page: PageRequest(),
                by: inside
            )
            #expect(page.items.map(\.email) == ["owner@acme.test"])
            let error = await #expect(throws: DomainError.self) {
                try await fixture.addMember("new@x.test", .viewer, by: inside)
            }
            #expect(error?.code == .readOnly)
        }
    }

    @Test func `an operator cannot stay as a member after the session`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            try await stage.consent(true)
            let inside = try await stage.open(.readWrite, by: stage.root)
            let me = try await ShowMe(fixture.environment)(by: stage.root)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.addMember(me.user.email, .viewer, by: inside)
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `a writing session needs the owner's consent`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let error = await #expect(throws: DomainError.self) {
                try await stage.open(.readWrite, by: stage.root)
            }
            #expect(error?.code == .consentRequired)
            #expect(
                error?.description
                    == "The owner of acme has not consented to writing support sessions."
                    + " Open a read-only session, or ask the owner for a consent token."
            )
            try await stage.consent(true)
            let inside = try await stage.open(.readWrite, by: stage.root)
            let added = try await fixture.addMember("new@x.test", .viewer, by: inside)
            #expect(added.role == .viewer)
            let high = await #expect(throws: DomainError.self) {
                try await fixture.addMember("other@x.test", .admin, by: inside)
            }
            #expect(high?.code == .grantExceedsOwn)
        }
    }

    @Test func `what an operator does is in the tenant's trail as support`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            try await stage.consent(true)
            let inside = try await stage.open(.readWrite, by: stage.root)
            try await fixture.addMember("new@x.test", .viewer, by: inside)
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.actor_kind, e.act_id, e.support_session_id
                FROM audit_events AS e WHERE e.action = 'member.added'
                """
            )
            let row = try #require(rows.first)
            #expect(try row.decode("actor_kind", as: String.self) == "support")
            #expect(try row.decode("act_id", as: UserID.self) == stage.root.user)
            let session: SupportSessionID = try row.decode("support_session_id")
            #expect(session == inside.supportSession)
        }
    }

    @Test func `a caller cannot claim a writing mode that the session does not have`()
        async throws
    {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            var inside = try await stage.open(.readOnly, by: stage.root)
            inside.mode = .readWrite
            let error = await #expect(throws: DomainError.self) {
                try await fixture.addMember("new@x.test", .viewer, by: inside)
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `taking the consent back ends writing sessions and leaves reading ones`()
        async throws
    {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            try await stage.consent(true)
            let writing = try await stage.open(.readWrite, by: stage.root)
            let reading = try await stage.open(.readOnly, by: stage.root)
            try await stage.consent(false)
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: writing)
            }
            #expect(error?.code == .supportSessionEnded)
            #expect(error?.message == "The support session has ended.")
            let detail = try await ShowWorkspace(fixture.environment)(by: reading)
            #expect(detail.tenant.slug == "acme")
        }
    }

    @Test func `an expired session is over`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let inside = try await stage.open(.readOnly, by: stage.root)
            _ = try await fixture.migrated.admin(
                """
                UPDATE support_sessions
                SET started_at = started_at - interval '1 hour',
                    expires_at = expires_at - interval '1 hour'
                """
            )
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: inside)
            }
            #expect(error?.code == .supportSessionEnded)
            let id = try #require(inside.supportSession)
            let late = await #expect(throws: DomainError.self) {
                try await EndSupportSession(fixture.environment)(id, by: stage.root)
            }
            #expect(late?.message == "The support session is already over.")
        }
    }

    @Test func `an ended session is over, and both trails know`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let inside = try await stage.open(.readOnly, by: stage.root)
            let id = try #require(inside.supportSession)
            try await EndSupportSession(fixture.environment)(id, by: stage.root)
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: inside)
            }
            #expect(error?.code == .supportSessionEnded)
            let again = await #expect(throws: DomainError.self) {
                try await EndSupportSession(fixture.environment)(id, by: stage.root)
            }
            #expect(again?.code == .invalidTransition)
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.action FROM audit_events AS e WHERE e.action LIKE 'support.%'
                UNION ALL
                SELECT e.action FROM platform_audit_events AS e WHERE e.action LIKE 'support.%'
                UNION ALL
                SELECT e.event FROM tenant_events AS e WHERE e.event LIKE 'support.%'
                """
            )
            let actions = try rows.map { try $0.decode("action", as: String.self) }
            #expect(actions.filter { $0 == "support.opened" }.count == 3)
            #expect(actions.filter { $0 == "support.ended" }.count == 3)
        }
    }

    @Test func `another operator's session is missing`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let inside = try await stage.open(.readOnly, by: stage.root)
            let id = try #require(inside.supportSession)
            let helper = try await fixture.makeOperator("help@x.test", role: .support)
            let error = await #expect(throws: DomainError.self) {
                try await EndSupportSession(fixture.environment)(id, by: helper)
            }
            #expect(error?.message == "No support session \"\(id)\" exists.")
            let stolen = TenantCaller(
                caller: helper,
                tenant: stage.tenant.id,
                supportSession: id,
                mode: .readOnly
            )
            let refused = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: stolen)
            }
            #expect(refused?.code == .supportSessionEnded)
        }
    }

    @Test func `support reads, and never writes`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            try await stage.consent(true)
            let helper = try await fixture.makeOperator("help@x.test", role: .support)
            let inside = try await stage.open(.readOnly, by: helper)
            #expect(try await ShowWorkspace(fixture.environment)(by: inside).tenant.slug == "acme")
            let error = await #expect(throws: DomainError.self) {
                try await stage.open(.readWrite, by: helper)
            }
            #expect(
                error?.message == "Only a super admin can open a support session that writes."
            )
        }
    }

    @Test func `an operator enters a suspended tenant`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            _ = try await SuspendTenant(fixture.environment)(
                stage.tenant.id,
                reason: "Unpaid",
                by: stage.root
            )
            let inside = try await stage.open(.readOnly, by: stage.root)
            let detail = try await ShowWorkspace(fixture.environment)(by: inside)
            #expect(detail.tenant.status == .suspended)
        }
    }

    @Test(arguments: [
        ("  ", "A reason is required to enter a tenant."),
        ("ab", "Invalid input: reason must have 3 to 500 characters; got 2."),
    ])
    func `a session needs a reason`(reason: String, sentence: String) {
        let error = #expect(throws: DomainError.self) {
            try SupportRequest(reason: reason, ticket: nil, mode: .readOnly, minutes: 5)
        }
        #expect(error?.message == sentence)
    }

    @Test(arguments: [0, 61, -1])
    func `a session lasts 1 to 60 minutes`(minutes: Int) {
        let error = #expect(throws: DomainError.self) {
            try SupportRequest(reason: "look", ticket: nil, mode: .readOnly, minutes: minutes)
        }
        #expect(error?.message == "Invalid input: minutes must be 1 to 60; got \(minutes).")
    }

    @Test func `a session of sixty minutes is allowed`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let session = try await OpenSupportSession(fixture.environment)(
                tenant: stage.tenant.id,
                reason: "Ticket 7",
                ticket: "T-7",
                mode: .readOnly,
                minutes: 60,
                by: stage.root
            )
            #expect(session.startedAt.duration(to: session.expiresAt) == .seconds(3_600))
            #expect(session.ticket == "T-7")
            #expect(session.staffName == "Operator")
            #expect(session.tenantSlug == "acme")
        }
    }

    @Test(arguments: [1, 2, 100])
    func `pages of sessions have no gaps and no duplicates`(limit: Int) async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            for _ in 1...5 { _ = try await stage.open(.readOnly, by: stage.root) }
            var seen: [SupportSessionID] = []
            var position: PagePosition?
            repeat {
                let page = try await ListSupportSessions(fixture.environment)(
                    tenant: limit == 2 ? stage.tenant.id : nil,
                    page: PageRequest(limit: limit, after: position),
                    by: stage.root
                )
                seen += page.items.map(\.id)
                position = page.next
            } while position != nil
            #expect(seen.count == 5)
            #expect(Set(seen).count == 5)
        }
    }
}

/// An operator and a tenant to enter.
private struct Stage: Sendable {
    let fixture: Fixture
    let root: Caller
    let tenant: TestTenant

    init(_ fixture: Fixture) async throws {
        self.fixture = fixture
        root = try await fixture.makeOperator()
        tenant = try await fixture.makeTenant(by: root)
    }

    func open(_ mode: AccessMode, by caller: Caller) async throws -> TenantCaller {
        try await OpenSupportSession(fixture.environment)(
            tenant: tenant.id,
            reason: "Looking into it",
            ticket: nil,
            mode: mode,
            minutes: 30,
            by: caller
        ).caller(caller)
    }

    func consent(_ consent: Bool) async throws {
        try await ChangeSettings(fixture.environment)(writeConsent: consent, by: tenant.owner)
    }
}
