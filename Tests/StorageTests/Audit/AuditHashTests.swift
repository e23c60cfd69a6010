import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Sealing
import Storage
import Testing

/// The database's arithmetic and ours give the same bytes.
@Suite struct AuditHashTests {
    @Test(arguments: [
        AuditEntry(
            action: "artifact.created",
            operation: .create,
            resourceType: "artifact",
            resourceID: "0190a6e0",
            requestID: "r1",
            changes: #"{"name":["محمد","👻"]}"#
        ),
        AuditEntry(
            action: "x.y",
            operation: .other,
            resourceType: "x",
            resourceID: nil,
            outcome: .denied,
            requestID: nil
        ),
        AuditEntry(
            action: "a.b",
            operation: .delete,
            resourceType: "",
            resourceID: "",
            outcome: .failed,
            requestID: "' OR 1=1 --",
            changes: ""
        ),
    ])
    func `an appended event has the hashes that we compute`(entry: AuditEntry) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.environment.database.write(
                .tenant(acme.owner, .workspaceRead)
            ) { scope in
                _ = try scope.last([scope.record(entry)])
            }
            let trail = Trail.tenant(acme.id)
            let access = Access.tenant(acme.owner, .auditRead)
            let page = try await fixture.environment.database.fetch(
                access,
                try AuditStore.page(trail, AuditFilter(), PageRequest(limit: 2))
            )
            let events = try AuditStore.page(page.rows, PageRequest(limit: 2)).items
            try #require(events.count == 2)
            let event = events[0]
            #expect(event.entry.changes == entry.changes)
            #expect(event.links.previousHash == events[1].links.hash)
            let payload = Digest.sha256(AuditEncoding.payload(of: event))
            #expect(event.links.payloadHash == payload)
            let link = AuditEncoding.link(
                of: event,
                previous: event.links.previousHash,
                payloadHash: payload
            )
            #expect(event.links.hash == Digest.sha256(link))
        }
    }
}
