import Domain
import Fixtures
import Operations
import Testing

/// Filters as people type them, over PostgreSQL.
@Suite struct FilterLanguageTests {
    private static let clock = FilterClock(now: Instant(seconds: 4_000_000_000))

    @Test func `the audit trail keeps what its filter says`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@x.test", role: .admin, in: acme)
            let made = try await fixture.create("a", by: bob)
            try await DeleteArtifact(fixture.environment)(made.id, by: acme.owner)
            func actions(_ text: String) async throws -> [String] {
                let reading = try FilterReading(text, .audit)
                let people = try await FindPeople(fixture.environment)(
                    reading.people,
                    by: acme.owner
                )
                return try await ListAuditEvents(fixture.environment)(
                    AuditFilter(reading, Self.clock, people: people),
                    page: PageRequest(),
                    by: acme.owner
                ).items.map(\.entry.action)
            }
            let both = ["artifact.deleted", "artifact.created"]
            for (text, expected) in [
                ("action:artifact.*", both), ("action:artifact.deleted,artifact.created", both),
                ("action:artifact.* -action:artifact.deleted", ["artifact.created"]),
                ("action:artifact.* actor:bob@x.test", ["artifact.created"]),
                ("action:artifact.* -actor:bob", ["artifact.deleted"]),
                ("action:artifact.* actor:me,bob", both),
                ("action:artifact.* -actor:me,bob", []),
                ("resource:artifact:\(made.id)", both),
                ("resource:artifact,nothing op:delete", ["artifact.deleted"]),
                ("action:artifact.* outcome:denied,failed", []),
                ("action:artifact.* -outcome:denied -kind:support,system", both),
                ("action:artifact.* request:\"' OR 1=1 --\"", []), ("since:1d", []),
                ("action:artifact.* before:1d since:1970-01-02", both),
            ] {
                #expect(try await actions(text) == expected, "\(text)")
            }
            let nobody = await #expect(throws: DomainError.self) { try await actions("actor:zoe") }
            #expect(nobody?.column == 7)
        }
    }

    @Test func `somebody who was removed can still be named`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@x.test", role: .admin, in: acme)
            try await RemoveMember(fixture.environment)(bob.caller.user, by: acme.owner)
            let reading = try FilterReading("actor:bob@x.test", .audit)
            let people = try await FindPeople(fixture.environment)(reading.people, by: acme.owner)
            #expect(people == ["bob@x.test": bob.caller.user])
        }
    }

    @Test func `members, people and tenants keep what their filters say`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await fixture.addMember("a@x.test", .admin, by: acme.owner)
            try await fixture.addMember("v@x.test", .viewer, by: acme.owner)
            func members(_ text: String) async throws -> [String] {
                try await ListMembers(fixture.environment)(
                    MemberFilter(FilterReading(text, .members), Self.clock),
                    page: PageRequest(),
                    by: acme.owner
                ).items.map(\.email)
            }
            #expect(try await members("role:admin,viewer") == ["v@x.test", "a@x.test"])
            #expect(try await members("-role:owner,viewer") == ["a@x.test"])
            #expect(try await members("x.test -role:admin") == ["v@x.test"])
            #expect(try await members("status:removed,suspended").isEmpty)
            #expect(try await members("-status:active").isEmpty)
            #expect(try await members("role:\"no such role\"").isEmpty)
            #expect(try await members("since:1d").isEmpty)
            #expect(try await members("before:1d role:viewer") == ["v@x.test"])
            func people(_ text: String) async throws -> Int {
                try await ListUsers(fixture.environment)(
                    AccountFilter(FilterReading(text, .users), Self.clock),
                    page: PageRequest(),
                    by: root
                ).items.count
            }
            #expect(try await people("x.test -status:disabled before:1d") == 2)
            #expect(try await people("status:disabled,erased") == 0)
            #expect(try await people("since:1d") == 0)
            func tenants(_ text: String) async throws -> [String] {
                try await ListTenants(fixture.environment)(
                    TenantFilter(FilterReading(text, .tenants), Self.clock),
                    page: PageRequest(),
                    by: root
                ).items.map(\.slug)
            }
            #expect(try await tenants("acme status:active,suspended before:1d") == ["acme"])
            #expect(try await tenants("-status:active").isEmpty)
            #expect(try await tenants("plan:free,pro,enterprise") == ["acme"])
            #expect(try await tenants("-plan:free,pro,enterprise").isEmpty)
            #expect(try await tenants("since:1d").isEmpty)
        }
    }

    @Test func `calls to models keep what their filter says`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let old = try await fixture.plantCall(of: acme.owner, at: 1)
            let running = try await fixture.plantCall(of: acme.owner, at: 2, state: .inFlight)
            let new = try await fixture.plantCall(of: acme.owner, at: 3, model: "offline/writer")
            func calls(_ text: String) async throws -> [AICallID] {
                let reading = try FilterReading(text, .calls)
                let people = try await FindPeople(fixture.environment)(
                    reading.people,
                    by: acme.owner
                )
                return try await ListCalls(fixture.environment)(
                    AICallFilter(reading, Self.clock, people: people),
                    page: PageRequest(),
                    by: acme.owner
                ).items.map(\.id)
            }
            #expect(try await calls("member:me") == [new, running, old])
            #expect(try await calls("-state:in_flight") == [new, old])
            #expect(try await calls("model:offline/writer state:settled,in_flight") == [new])
            #expect(try await calls("-model:offline/writer -state:in_flight") == [old])
            #expect(try await calls("-channel:api").isEmpty)
            #expect(try await calls("since:1d").isEmpty)
        }
    }
}
