import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// When members were last seen.
@Suite struct VisitTests {
    @Test func `a visit shows in its workspace alone`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            let ada = try await fixture.makeMember("ada@x.test", role: .member, in: acme)
            try await fixture.addMember("ada@x.test", .member, by: other.owner)
            #expect(try await seen(ada.caller.user, by: acme.owner, fixture) == nil)

            NoteVisit(fixture.environment)(by: ada)
            try await TouchSessions(fixture.environment)()
            let member = try await FindMember(fixture.environment)(ada.caller.user, by: acme.owner)
            let at = try #require(member.lastSeenAt)
            #expect(at >= member.joinedAt)
            #expect(try await seen(ada.caller.user, by: acme.owner, fixture) == at)
            #expect(try await seen(ada.caller.user, by: other.owner, fixture) == nil)
            let found = try await FindMember(fixture.environment)(
                ada.caller.user,
                by: other.owner
            )
            #expect(found.lastSeenAt == nil)
            // Who was seen is no other version of the membership.
            #expect(found.version == member.version)
        }
    }

    @Test func `neither operators nor keys nor strangers nor the suspended are seen`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            let ada = try await fixture.makeMember("ada@x.test", role: .member, in: acme)
            let bert = try await fixture.makeMember("bert@x.test", role: .member, in: acme)
            let visit = NoteVisit(fixture.environment)
            var inSupport = ada
            inSupport.supportSession = SupportSessionID(fixture.environment.node)
            visit(by: inSupport)
            var withKey = ada
            withKey.key = APIKeyProof(
                id: APIKeyID(fixture.environment.node),
                secretHash: [UInt8](repeating: 1, count: 32)
            )
            visit(by: withKey)
            var stranger = ada
            stranger.tenant = other.id
            visit(by: stranger)
            _ = try await ChangeMember(fixture.environment)(
                bert.caller.user,
                role: nil,
                status: .suspended,
                version: nil,
                by: acme.owner
            )
            visit(by: bert)
            try await TouchSessions(fixture.environment)()
            let rows = try await fixture.migrated.admin(
                "SELECT count(*) AS seen FROM memberships WHERE last_seen_at IS NOT NULL"
            )
            #expect(try rows[0].decode("seen", as: Int64.self) == 0)
        }
    }

    @Test func `who comes again within a minute is not written down again, and leaving forgets it`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.makeMember("ada@x.test", role: .member, in: acme)
            let user = ada.caller.user
            func come() async throws -> Instant? {
                NoteVisit(fixture.environment)(by: ada)
                try await TouchSessions(fixture.environment)()
                return try await seen(user, by: acme.owner, fixture)
            }
            let first = try await come()
            #expect(try await come() == first)
            _ = try await fixture.migrated.admin(
                "UPDATE memberships SET last_seen_at = last_seen_at - interval '2 minutes'"
            )
            let later = try #require(try await come())
            #expect(later >= (try #require(first)))

            try await RemoveMember(fixture.environment)(user, by: acme.owner)
            try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            #expect(try await seen(user, by: acme.owner, fixture) == nil)
        }
    }

    /// In the list.
    private func seen(
        _ user: UserID,
        by caller: TenantCaller,
        _ fixture: Fixture
    ) async throws -> Instant? {
        let page = try await ListMembers(fixture.environment)(
            MemberFilter(),
            page: PageRequest(limit: 100),
            by: caller
        )
        return try #require(page.items.first { $0.user == user }).lastSeenAt
    }
}
