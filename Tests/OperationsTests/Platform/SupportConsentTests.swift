import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct SupportConsentTests {
    @Test func `a token opens a writing session that ends with the consent`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let given = try await stage.give(hours: 1, personalData: true)
            let session = try await stage.open(.readWrite, token: given.token, minutes: 60)
            #expect(session.consent == given.consent.id)
            #expect(session.allowsPersonalData)
            #expect(session.expiresAt <= given.consent.expiresAt)
            let inside = session.caller(stage.root)
            try await fixture.addMember("new@x.test", .viewer, by: inside)
            try await RevokeSupportConsent(fixture.environment)(
                given.consent.id,
                by: stage.tenant.owner
            )
            let error = await #expect(throws: DomainError.self) {
                try await fixture.addMember("late@x.test", .viewer, by: inside)
            }
            #expect(error?.code == .supportSessionEnded)
            let again = await #expect(throws: DomainError.self) {
                try await stage.open(.readWrite, token: given.token)
            }
            #expect(again?.code == .consentRequired)
            #expect(again?.message == "The consent token does not hold for acme.")
        }
    }

    @Test func `both trails name the consent, and the tenant's tells of it`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let given = try await stage.give()
            _ = try await stage.open(.readWrite, token: given.token)
            try await RevokeSupportConsent(fixture.environment)(
                given.consent.id,
                by: stage.tenant.owner
            )
            let opened = try await fixture.migrated.admin(
                """
                SELECT e.changes FROM audit_events AS e WHERE e.action = 'support.opened'
                UNION ALL
                SELECT e.changes FROM platform_audit_events AS e
                WHERE e.action = 'support.opened'
                """
            )
            #expect(opened.count == 2)
            for row in opened {
                let changes: String = try row.decode("changes")
                #expect(changes.contains(#""consent":[null,"\#(given.consent.id)"]"#))
                #expect(!changes.contains(given.token))
            }
            let own = try await fixture.migrated.admin(
                """
                SELECT e.action, e.changes FROM audit_events AS e
                WHERE e.action LIKE 'support.consent%' ORDER BY e.seq
                """
            )
            let actions = try own.map { try $0.decode("action", as: String.self) }
            #expect(actions == ["support.consent_given", "support.consent_revoked"])
            let changes = try own.map { try $0.decode("changes", as: String.self) }
            #expect(changes.last == #"{"sessions_ended":[null,1]}"#)
        }
    }

    @Test func `a token of another tenant, a changed and a foreign one do not open`()
        async throws
    {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let other = try await fixture.makeTenant("other", by: stage.root)
            let foreign = try await CreateSupportConsent(fixture.environment)(
                ConsentRequest(hours: 1, note: nil, allowsPersonalData: false),
                by: other.owner
            )
            let given = try await stage.give()
            let changed = String(given.token.dropLast()) + (given.token.hasSuffix("0") ? "1" : "0")
            for token in [foreign.token, changed, "gwc_x_y", "", "nonsense"] {
                let error = await #expect(throws: DomainError.self) {
                    try await stage.open(.readWrite, token: token)
                }
                #expect(error?.code == .consentRequired, "\(token)")
            }
        }
    }

    @Test func `a consent that is over opens nothing`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let given = try await stage.give()
            _ = try await fixture.migrated.admin(
                """
                UPDATE support_consents SET created_at = created_at - interval '2 days',
                    expires_at = expires_at - interval '2 days'
                """
            )
            let error = await #expect(throws: DomainError.self) {
                try await stage.open(.readWrite, token: given.token)
            }
            #expect(error?.code == .consentRequired)
            let late = await #expect(throws: DomainError.self) {
                try await RevokeSupportConsent(fixture.environment)(
                    given.consent.id,
                    by: stage.tenant.owner
                )
            }
            #expect(late?.code == .invalidTransition)
        }
    }

    @Test func `the standing consent and a token do not end each other`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let settings = ChangeSettings(fixture.environment)
            try await settings(writeConsent: true, by: stage.tenant.owner)
            let given = try await stage.give()
            let standing = try await stage.open(.readWrite, token: nil).caller(stage.root)
            let token = try await stage.open(.readWrite, token: given.token).caller(stage.root)
            try await settings(writeConsent: false, by: stage.tenant.owner)
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: standing)
            }
            #expect(error?.code == .supportSessionEnded)
            try await fixture.addMember("new@x.test", .viewer, by: token)
        }
    }

    @Test func `only an owner gives and revokes`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let given = try await stage.give()
            let admin = try await fixture.makeMember("a@acme.test", role: .admin, in: stage.tenant)
            let inside = try await stage.open(.readWrite, token: given.token).caller(stage.root)
            for caller in [admin, inside] {
                let create = await #expect(throws: DomainError.self) {
                    try await CreateSupportConsent(fixture.environment)(
                        ConsentRequest(hours: 1, note: nil, allowsPersonalData: false),
                        by: caller
                    )
                }
                #expect(create?.code == .permissionDenied)
                let revoke = await #expect(throws: DomainError.self) {
                    try await RevokeSupportConsent(fixture.environment)(
                        given.consent.id,
                        by: caller
                    )
                }
                #expect(revoke?.code == .permissionDenied)
            }
            let list = ListSupportConsents(fixture.environment)
            #expect(try await list(page: PageRequest(), by: admin).items.count == 1)
            let tenant = stage.tenant
            let member = try await fixture.makeMember("m@acme.test", role: .member, in: tenant)
            let error = await #expect(throws: DomainError.self) {
                try await list(page: PageRequest(), by: member)
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `a consent of another tenant is missing`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let other = try await fixture.makeTenant("other", by: stage.root)
            let given = try await stage.give()
            let error = await #expect(throws: DomainError.self) {
                try await RevokeSupportConsent(fixture.environment)(
                    given.consent.id,
                    by: other.owner
                )
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test func `the tenant sees who looked at it and when`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let other = try await fixture.makeTenant("other", by: stage.root)
            let first = try await stage.open(.readOnly, token: nil)
            _ = try await stage.open(.readOnly, token: nil)
            try await EndSupportSession(fixture.environment)(first.id, by: stage.root)
            func seen(_ isLive: Bool?, by caller: TenantCaller) async throws -> [SupportSession] {
                try await ListTenantSupportSessions(fixture.environment)(
                    isLive: isLive,
                    page: PageRequest(),
                    by: caller
                ).items
            }
            let all = try await seen(nil, by: stage.tenant.owner)
            #expect(all.map(\.staffName) == ["Operator", "Operator"])
            #expect(all.map(\.tenantSlug) == ["acme", "acme"])
            #expect(try await seen(true, by: stage.tenant.owner).count == 1)
            #expect(try await seen(false, by: stage.tenant.owner).map(\.id) == [first.id])
            #expect(try await seen(nil, by: other.owner).isEmpty)
            let tenant = stage.tenant
            let member = try await fixture.makeMember("m@acme.test", role: .member, in: tenant)
            let error = await #expect(throws: DomainError.self) {
                try await seen(nil, by: member)
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `an operator brings no other operator in`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            _ = try await fixture.makeOperator("helper@ghostworks.test", role: .support)
            let given = try await stage.give()
            let inside = try await stage.open(.readWrite, token: given.token).caller(stage.root)
            for email in ["helper@ghostworks.test", "ROOT@ghostworks.test"] {
                let error = await #expect(throws: DomainError.self) {
                    try await fixture.addMember(email, .viewer, by: inside)
                }
                #expect(error?.code == .permissionDenied, "\(email)")
            }
            // An owner may: it is their own workspace.
            try await fixture.addMember("helper@ghostworks.test", .viewer, by: stage.tenant.owner)
        }
    }

    @Test func `an operator who is a member does not raise their own place`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            try await fixture.addMember("root@ghostworks.test", .guest, by: stage.tenant.owner)
            let given = try await stage.give()
            let inside = try await stage.open(.readWrite, token: given.token).caller(stage.root)
            let error = await #expect(throws: DomainError.self) {
                try await ChangeMember(fixture.environment)(
                    stage.root.user,
                    role: .brandCreator,
                    status: nil,
                    version: nil,
                    by: inside
                )
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test(arguments: [false, true])
    func `what support offered ends with the consent`(isStanding: Bool) async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let environment = fixture.environment
            let given = isStanding ? nil : try await stage.give()
            if isStanding {
                try await ChangeSettings(environment)(writeConsent: true, by: stage.tenant.owner)
            }
            let inside = try await stage.open(.readWrite, token: given?.token).caller(stage.root)
            let offer = try NewInvitation(email: "new@acme.test", role: "viewer")
            _ = try await InviteMember(environment)(offer, by: inside)
            let own = try NewInvitation(email: "other@acme.test", role: "viewer")
            _ = try await InviteMember(environment)(own, by: stage.tenant.owner)
            if let given {
                try await RevokeSupportConsent(environment)(
                    given.consent.id,
                    by: stage.tenant.owner
                )
            } else {
                try await ChangeSettings(environment)(writeConsent: false, by: stage.tenant.owner)
            }
            let list = try await ListInvitations(environment)(
                nil,
                page: PageRequest(),
                by: stage.tenant.owner
            )
            #expect(list.items.map(\.status) == [.pending, .revoked])
            let seats = try await fixture.migrated.admin(
                "SELECT reserved FROM tenant_quotas WHERE resource = 'users' AND tenant_id = \(stage.tenant.id)"
            )
            #expect(try seats[0].decode("reserved", as: Int64.self) == 1)
        }
    }

    @Test func `operators and members see the owners, a guest does not`() async throws {
        try await Fixture.with { fixture in
            let stage = try await Stage(fixture)
            let detail = try await FindTenant(fixture.environment)(stage.tenant.id, by: stage.root)
            #expect(detail.owners.map(\.email) == ["owner@acme.test"])
            let show = ShowWorkspace(fixture.environment)
            let tenant = stage.tenant
            let member = try await fixture.makeMember("v@acme.test", role: .viewer, in: tenant)
            #expect(try await show(by: member).owners.map(\.email) == ["owner@acme.test"])
            let guest = try await fixture.makeMember("g@acme.test", role: .guest, in: stage.tenant)
            #expect(try await show(by: guest).owners.isEmpty)
            let inside = try await stage.open(.readOnly, token: nil).caller(stage.root)
            #expect(try await show(by: inside).owners.count == 1)
        }
    }

    @Test(arguments: [0, 169, -1])
    func `a consent lasts 1 to 168 hours`(hours: Int) {
        let error = #expect(throws: DomainError.self) {
            try ConsentRequest(hours: hours, note: nil, allowsPersonalData: false)
        }
        #expect(error?.message == "Invalid input: hours must be 1 to 168; got \(hours).")
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

    func give(hours: Int = 24, personalData: Bool = false) async throws -> GivenConsent {
        try await CreateSupportConsent(fixture.environment)(
            ConsentRequest(hours: hours, note: "ticket 7", allowsPersonalData: personalData),
            by: tenant.owner
        )
    }

    func open(
        _ mode: AccessMode,
        token: String?,
        minutes: Int = 30
    ) async throws -> SupportSession {
        try await OpenSupportSession(fixture.environment)(
            tenant: tenant.id,
            reason: "Looking into it",
            ticket: nil,
            mode: mode,
            minutes: minutes,
            consentToken: token,
            by: root
        )
    }
}
