import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Support
import Testing

/// Who hears that something changed, and what they hear.
@Suite struct FeedTests {
    private static let end = "the end"

    /// Listens at bells while something happens; what was heard of it.
    private func heard(
        at bells: [FeedBell],
        of fixture: Fixture,
        watching: Bool = true,
        _ happening: () async throws -> Void
    ) async throws -> [NotificationEvent] {
        let migrated = fixture.migrated
        let settings = migrated.cluster.settings(database: migrated.name)
        let events = try await NotificationListener(settings).notifications(
            channels: bells.map(\.channel),
            sharing: watching ? bells.map(\.lock) : []
        )
        try await happening()
        // Notifications come in the order of the commits, so behind this one there is nothing.
        _ = try await fixture.migrated.admin("SELECT pg_notify(\(bells[0].channel), \(Self.end))")
        var heard: [NotificationEvent] = []
        for await event in events {
            if event == .notification(payload: Self.end) { break }
            heard.append(event)
        }
        return heard
    }

    private func addMember(_ fixture: Fixture, _ tenant: TestTenant) async throws {
        _ = try await AddMember(fixture.environment)(
            email: "\(UUID().uuidString.lowercased())@x.test",
            role: "viewer",
            name: nil,
            by: tenant.owner
        )
    }

    @Test func `a change is heard in its tenant, without a word, and in no other`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let find = FindBells(fixture.environment)
            let own = try await find(inTenant: acme.owner)
            let foreign = try await find(inTenant: beta.owner)
            #expect(Set(own.map(\.channel)).isDisjoint(with: foreign.map(\.channel)))
            let ring = try await heard(at: own, of: fixture) {
                try await addMember(fixture, acme)
            }
            #expect(ring == [.notification(payload: "")])
            let silence = try await heard(at: foreign, of: fixture) {
                try await addMember(fixture, acme)
            }
            #expect(silence == [])
        }
    }

    @Test func `where nobody watches nothing is sent`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let bells = try await FindBells(fixture.environment)(inTenant: acme.owner)
            let silence = try await heard(at: bells, of: fixture, watching: false) {
                try await addMember(fixture, acme)
            }
            #expect(silence == [])
        }
    }

    @Test func `calls to models ring where they begin and where they end`() async throws {
        try await LedgerHouse.with { house in
            let bells = try await FindBells(house.environment)(inTenant: house.tenant.owner)
            let rings = try await heard(at: [bells[1]], of: house.fixture) {
                let ticket = try #require(try await house.hold(house.draft()))
                _ = try await SettleCall(house.environment)(ticket, house.outcome())
            }
            #expect(rings == [.notification(payload: ""), .notification(payload: "")])
        }
    }

    @Test func `one's own sign-ins ring, and nobody else's`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let bells = try await FindBells(fixture.environment)(ofPerson: root)
            let rings = try await heard(at: bells, of: fixture) {
                _ = try await fixture.signIn("root@ghostworks.test", kind: .api)
                _ = try await fixture.signIn("owner@acme.test", kind: .api)
            }
            #expect(rings == [.notification(payload: "")])
            let ends = try await heard(at: bells, of: fixture) {
                _ = try await RevokeSessions(fixture.environment).all(
                    keepingThis: true,
                    by: root
                )
                try await addMember(fixture, acme)
            }
            #expect(ends.contains(.notification(payload: "")))
        }
    }

    @Test func `the platform rings for its ledger and for reports of its processes`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let bells = try await FindBells(fixture.environment)(onPlatform: root)
            let figures = NodeFigures(
                host: "api-1",
                startedAt: Instant(seconds: 1_000),
                measuredAt: Instant(seconds: 1_000),
                requests: 3,
                errors: 0,
                median: nil,
                slowest: nil,
                pool: PoolFigures(size: 1, inUse: 0, waiting: 0, timeouts: 0)
            )
            let report = try await heard(at: bells, of: fixture) {
                try await ReportNode(fixture.environment)(UUID(), figures)
            }
            #expect(report == [.notification(payload: "")])
            let provisioned = try await heard(at: bells, of: fixture) {
                _ = try await fixture.makeTenant(by: root)
            }
            #expect(provisioned.contains(.notification(payload: "")))
        }
    }

    @Test func `bells are told to those who may look`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let find = FindBells(fixture.environment)
            let stranger = TenantCaller(caller: acme.owner.caller, tenant: beta.id)
            await #expect(throws: DomainError.self) { _ = try await find(inTenant: stranger) }
            let outside = TenantCaller(caller: root, tenant: acme.id)
            await #expect(throws: DomainError.self) { _ = try await find(inTenant: outside) }
            await #expect(throws: DomainError.self) {
                _ = try await find(onPlatform: acme.owner.caller)
            }
            let one = try await find(ofPerson: root)
            let other = try await find(ofPerson: acme.owner.caller)
            #expect(one.map(\.channel) != other.map(\.channel))
        }
    }

    @Test func `the bell of calls to models is told to those who may see calls`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let find = FindBells(fixture.environment)
            let guest = try await fixture.makeMember("g@x.test", role: .guest, in: acme)
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let own = try await find(inTenant: acme.owner)
            #expect(own.count == 2)
            #expect(try await find(inTenant: member) == own)
            #expect(try await find(inTenant: guest) == [own[0]])
        }
    }

    @Test func `a platform that has lost the key of its bells goes on without them`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let find = FindBells(fixture.environment)
            _ = try await fixture.migrated.admin("DELETE FROM app.bell_keys")
            try await addMember(fixture, acme)
            _ = try await fixture.signIn("owner@acme.test", kind: .api)
            #expect(try await find(inTenant: acme.owner) == [])
            #expect(try await find(onPlatform: root) == [])
            _ = try await fixture.migrated.admin("SELECT app.ensure_bell_key()")
            let bells = try await find(inTenant: acme.owner)
            #expect(bells.count == 2)
            _ = try await fixture.migrated.admin("SELECT app.ensure_bell_key()")
            #expect(try await find(inTenant: acme.owner) == bells)
        }
    }

    @Test func `the overview counts the mails on their way out`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let show = ShowOverview(fixture.environment)
            let before = try #require(try await show(by: root).mails)
            _ = try await fixture.migrated.admin([
                """
                INSERT INTO mail_outbox (id, template, language, recipient, payload, created_at)
                VALUES (gen_random_uuid(), 'x', 'en', 'a@x.test', '\\x00', 'epoch')
                """,
                """
                INSERT INTO mail_outbox (id, template, language, recipient, status)
                VALUES (gen_random_uuid(), 'x', 'en', 'a@x.test', 'failed')
                """,
            ])
            let after = try #require(try await show(by: root).mails)
            #expect(after.waiting == before.waiting + 1)
            #expect(after.failed == before.failed + 1)
            #expect(after.oldest == Instant(seconds: 0))
        }
    }
}
