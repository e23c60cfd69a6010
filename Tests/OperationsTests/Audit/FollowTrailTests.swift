import Domain
import Fixtures
import Synchronization
import Testing

@testable import Operations

/// Trails that are followed, and taken away on the way.
@Suite struct FollowTrailTests {
    /// An operator inside a tenant, who may read there.
    private static func visit(
        _ tenant: TestTenant,
        by root: Caller,
        _ environment: Environment
    ) async throws -> TenantCaller {
        try await OpenSupportSession(environment)(
            tenant: tenant.id,
            reason: "Looking into it",
            ticket: nil,
            mode: .readOnly,
            minutes: 30,
            by: root
        ).caller(root)
    }

    /// What was shown until a number of events was.
    private func shown(
        _ trail: FollowTrail,
        _ filter: AuditFilter = AuditFilter(),
        last limit: Int,
        until count: Int
    ) async throws -> [AuditEvent] {
        var events: [AuditEvent] = []
        let seen = Mutex(0)
        let isOver = { seen.withLock { $0 } >= count }
        try await trail(filter, last: limit, until: isOver) {
            events += $0
            seen.withLock { $0 = events.count }
        }
        return events
    }

    @Test func `what is appended while the following begins is shown, however much it is`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for number in 0..<3 { _ = try await fixture.create("old \(number)", by: acme.owner) }
            var trail = FollowTrail(fixture.environment, by: acme.owner, for: .reading)
            let latest = trail.latest
            let end = try await fixture.lastEvent(by: acme.owner).seq
            trail.latest = { filter, request in
                // More than the page holds.
                for number in 0..<5 {
                    _ = try await fixture.create("new \(number)", by: acme.owner)
                }
                return try await latest(filter, request)
            }
            let events = try await shown(trail, last: 2, until: 7)
            #expect(events.map(\.seq) == Array(end - 1...end + 5))
        }
    }

    @Test func `what a filter keeps back does not stop the following`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let trail = FollowTrail(fixture.environment, by: acme.owner, for: .reading)
            let filter = AuditFilter(action: "artifact.")
            async let events = shown(trail, filter, last: 5, until: 2)
            _ = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            for number in 0..<2 { _ = try await fixture.create("a\(number)", by: acme.owner) }
            let names = try await events.map(\.entry.action)
            #expect(names == ["artifact.created", "artifact.created"])
        }
    }

    @Test func `events for a program take the right to export, and leave a record`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let environment = fixture.environment
            let inside = try await Self.visit(acme, by: root, environment)
            // An operator may read, and takes nothing away.
            let reading = FollowTrail(environment, by: inside, for: .reading)
            #expect(try await shown(reading, last: 1, until: 0).count == 1)
            let before = try await fixture.lastEvent(by: acme.owner).seq
            let taking = FollowTrail(environment, by: inside, for: .export)
            await fixture.expect(.forbidden) {
                _ = try await shown(taking, last: 1, until: 0)
            }
            await fixture.expect(.forbidden) {
                _ = try await taking.read(AuditFilter(), 0, 1)
            }
            await fixture.expect(.forbidden) {
                _ = try await TakeAuditEvents(environment, to: "pager")(
                    AuditFilter(),
                    page: PageRequest(),
                    isFirst: false,
                    by: inside
                )
            }
            #expect(try await fixture.lastEvent(by: acme.owner).seq == before)
            let own = FollowTrail(environment, by: acme.owner, for: .export)
            #expect(try await shown(own, last: 1, until: 0).map(\.seq) == [before])
            let record = try await fixture.lastEvent(by: acme.owner)
            #expect(record.entry.action == "audit.exported")
            #expect(record.entry.changes.contains("\"file\":[null,\"audit tail\"]"))
        }
    }

    /// A page is a look; all of it for a program is the trail itself.
    @Test(arguments: [
        (0, false, false), (0, true, true), (1, true, false), (1_000, true, false),
        (1_001, true, true), (Int.max, true, true), (Int.max, false, false),
    ])
    func `a whole trail for a program is an export`(
        limit: Int,
        isForMachines: Bool,
        isExport: Bool
    ) {
        let use = TrailUse(listing: limit, isForMachines: isForMachines)
        #expect(use == (isExport ? .export : .reading))
    }

    @Test func `a list that is an export takes the right, and is recorded once`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let environment = fixture.environment
            let inside = try await Self.visit(acme, by: root, environment)
            let reading = ListTrail(environment, for: .reading, to: "audit list")
            let all = try await reading(
                AuditFilter(),
                page: PageRequest(),
                isFirst: true,
                by: inside
            ).items
            let taking = ListTrail(environment, for: .export, to: "audit list")
            await fixture.expect(.forbidden) {
                try await taking(AuditFilter(), page: PageRequest(), isFirst: true, by: inside)
            }
            #expect(try await fixture.lastEvent(by: acme.owner).seq == all.first?.seq)
            var taken: [AuditEvent] = []
            var position: PagePosition?
            repeat {
                let page = try await taking(
                    AuditFilter(),
                    page: PageRequest(limit: 1, after: position),
                    isFirst: position == nil,
                    by: acme.owner
                )
                taken += page.items
                position = page.next
            } while position != nil
            #expect(taken == all)
            let record = try await fixture.lastEvent(by: acme.owner)
            #expect(record.seq == taken[0].seq + 1)
            #expect(record.entry.changes.contains("\"file\":[null,\"audit list\"]"))
        }
    }

    @Test func `the platform's trail says what was taken of it`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let own = FollowTrail(fixture.environment, by: root, for: .export)
            #expect(try await shown(own, last: 1, until: 0).count == 1)
            let page = try await ListPlatformAuditEvents(fixture.environment)(
                AuditFilter(action: "audit.exported"),
                page: PageRequest(),
                by: root
            )
            #expect(page.items.count == 1)
        }
    }
}
