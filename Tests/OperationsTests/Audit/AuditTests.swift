import Domain
import Fixtures
import Operations
import Testing

@Suite struct AuditTests {
    @Test func `a trail begins with its tenant and has pages`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for number in 0..<5 { _ = try await fixture.create("a\(number)", by: acme.owner) }
            let list = ListAuditEvents(fixture.environment)
            var events: [AuditEvent] = []
            var after: PagePosition?
            repeat {
                let request = try PageRequest(limit: 2, after: after)
                let page = try await list(AuditFilter(), page: request, by: acme.owner)
                events += page.items
                after = page.next
            } while after != nil
            #expect(events.map(\.seq) == (1...Int64(events.count)).reversed())
            let genesis = try #require(events.last)
            #expect(genesis.entry.action == "tenant.provisioned")
            #expect(genesis.links.previousHash == AuditEncoding.zeroHash)
            #expect(events.allSatisfy { $0.tenant == acme.id })
        }
    }

    @Test func `filters keep what they name`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@x.test", role: .admin, in: acme)
            let made = try await fixture.create("a", by: bob)
            try await DeleteArtifact(fixture.environment)(made.id, by: acme.owner)
            let deleted = try await fixture.lastEvent(by: acme.owner)
            let both = ["artifact.deleted", "artifact.created"]
            let cases: [(AuditFilter, [String])] = [
                (AuditFilter(action: "artifact.created"), ["artifact.created"]),
                (AuditFilter(action: "artifact."), both),
                (AuditFilter(action: "artifact"), []),
                (AuditFilter(resourceType: "artifact", resourceID: made.id.description), both),
                (AuditFilter(resourceID: made.id.description), both),
                (AuditFilter(action: "artifact.", outcome: .denied), []),
                (AuditFilter(actor: bob.caller.user, action: "artifact."), ["artifact.created"]),
                (AuditFilter(from: deleted.createdAt), ["artifact.deleted"]),
                (
                    AuditFilter(resourceType: "artifact", to: deleted.createdAt),
                    ["artifact.created"]
                ),
                (AuditFilter(resourceType: "artifact", requestID: "test"), both),
                (AuditFilter(requestID: "' OR 1=1 --"), []),
            ]
            for (filter, actions) in cases {
                let page = try await ListAuditEvents(fixture.environment)(
                    filter,
                    page: PageRequest(),
                    by: acme.owner
                )
                #expect(page.items.map(\.entry.action) == actions, "\(filter)")
            }
        }
    }

    @Test func `one event is found by its number, another tenant's is not`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            for _ in 0..<5 { _ = try await fixture.create("a", by: acme.owner) }
            let find = FindAuditEvent(fixture.environment)
            let last = try await fixture.lastEvent(by: acme.owner)
            #expect(try await find(seq: last.seq, by: acme.owner) == last)
            for seq in [last.seq, 0, -1, .max] {
                await #expect(throws: DomainError.notFound("audit event", String(seq))) {
                    try await find(seq: seq, by: beta.owner)
                }
            }
        }
    }

    @Test func `a member may not read the trail`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            await fixture.expect(.forbidden) { try await fixture.lastEvent(by: member) }
            await fixture.expect(.forbidden) {
                try await VerifyChain(fixture.environment)(by: member)
            }
        }
    }

    @Test func `the platform's trail is the operators'`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let list = ListPlatformAuditEvents(fixture.environment)
            let page = try await list(
                AuditFilter(action: "tenant.provisioned"),
                page: PageRequest(),
                by: root
            )
            #expect(page.items.map(\.entry.resourceID) == [acme.id.description])
            await fixture.expect(.forbidden) {
                try await list(AuditFilter(), page: PageRequest(), by: acme.owner.caller)
            }
            let verdict = try await VerifyPlatformChain(fixture.environment)(by: root)
            #expect(verdict.fault == nil)
            #expect(verdict.checked > 1)
        }
    }
}
