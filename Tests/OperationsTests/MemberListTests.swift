import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct MemberListTests {
    @Test(arguments: [1, 2, 5, 100])
    func `pages have no gaps and no duplicates`(limit: Int) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await plant(9, in: fixture, acme)
            var seen: [Member] = []
            var position: PagePosition?
            repeat {
                let page = try await ListMembers(fixture.environment)(
                    MemberFilter(),
                    page: PageRequest(limit: limit, after: position),
                    by: acme.owner
                )
                seen += page.items
                position = page.next
            } while position != nil
            #expect(seen.count == 10)
            #expect(Set(seen.map(\.user)).count == 10)
            let sorted = seen.sorted {
                ($0.joinedAt, $0.user.description) > ($1.joinedAt, $1.user.description)
            }
            #expect(seen == sorted)
        }
    }

    @Test func `a search is for a part of name or address, over all pages`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await plant(9, in: fixture, acme)
            func emails(_ filter: MemberFilter, limit: Int = 100) async throws -> [String] {
                try await ListMembers(fixture.environment)(
                    filter,
                    page: PageRequest(limit: limit),
                    by: acme.owner
                ).items.map(\.email)
            }
            #expect(try await emails(MemberFilter(search: "PERSON 4")) == ["p4@x.test"])
            #expect(try await emails(MemberFilter(search: "p1@"), limit: 1) == ["p1@x.test"])
            #expect(try await emails(MemberFilter(search: "%")).isEmpty)
            #expect(try await emails(MemberFilter(role: .owner)) == ["owner@acme.test"])
            #expect(try await emails(MemberFilter(search: "x.test", role: .viewer)).count == 9)
            #expect(try await emails(MemberFilter(status: .removed)).isEmpty)
        }
    }

    @Test func `a guest sees only themselves`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let guest = try await fixture.makeMember("guest@x.test", role: .guest, in: acme)
            try await fixture.addMember("later@x.test", .member, by: acme.owner)
            let page = try await ListMembers(fixture.environment)(
                MemberFilter(),
                page: PageRequest(limit: 1),
                by: guest
            )
            #expect(page.items.map(\.email) == ["guest@x.test"])
            #expect(page.next == nil)
            let error = await #expect(throws: DomainError.self) {
                try await FindMember(fixture.environment)(acme.owner.caller.user, by: guest)
            }
            #expect(error?.code == .permissionDenied)
            let own = try await FindMember(fixture.environment)(guest.caller.user, by: guest)
            #expect(own.role == .guest)
        }
    }

    @Test func `another tenant's members are missing`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            let stranger = try await fixture.addMember("s@x.test", .member, by: other.owner)
            let error = await #expect(throws: DomainError.self) {
                try await FindMember(fixture.environment)(stranger.user, by: acme.owner)
            }
            #expect(error?.message == "No member \"\(stranger.user)\" exists.")
            let change = await #expect(throws: DomainError.self) {
                try await RemoveMember(fixture.environment)(stranger.user, by: acme.owner)
            }
            #expect(change?.code == .notFound)
            let entry = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(
                    by: TenantCaller(caller: acme.owner.caller, tenant: other.id)
                )
            }
            #expect(entry?.code == .tenantAccessDenied)
        }
    }

    @Test(arguments: [[], ["1"], ["x", "y"], ["1", "2", "3"]])
    func `a position that no line made is refused`(keys: [String]) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let error = await #expect(throws: DomainError.self) {
                try await ListMembers(fixture.environment)(
                    MemberFilter(),
                    page: PageRequest(after: PagePosition(keys)),
                    by: acme.owner
                )
            }
            #expect(error?.code == .cursorInvalid)
        }
    }

    /// Viewers of whom three share a moment.
    private func plant(_ count: Int, in fixture: Fixture, _ tenant: TestTenant) async throws {
        _ = try await fixture.migrated.admin(
            """
            WITH people AS (
                INSERT INTO users (id, email, email_norm, display_name)
                SELECT gen_random_uuid(), 'p' || n || '@x.test', 'p' || n || '@x.test',
                    'Person ' || n
                FROM generate_series(1, \(Int32(count))) AS n
                RETURNING id, email
            )
            INSERT INTO memberships (tenant_id, user_id, role_key, joined_at)
            SELECT \(tenant.id), p.id, 'viewer', timestamptz '2026-01-01'
                + make_interval(days => substr(p.email, 2, 1)::int / 3)
            FROM people AS p
            """
        )
    }
}
