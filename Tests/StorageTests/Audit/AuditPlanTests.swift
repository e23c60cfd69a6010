import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage
import Testing

@Suite struct AuditPlanTests {
    @Test func `reading a trail uses its indexes and skips other months`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.fillTrail(of: acme, events: 5_000)
            _ = try await fixture.migrated.admin("ANALYZE audit_events")
            let trail = Trail.tenant(acme.id)
            let later = PagePosition(["2500"])
            let cases: [(String, SQL, String)] = [
                ("page", try page(trail, AuditFilter(), nil), "_pkey"),
                ("later page", try page(trail, AuditFilter(), later), "_pkey"),
                (
                    "actor", try page(trail, AuditFilter(actor: UserID(UUID())), later),
                    "_tenant_id_actor_id_seq_idx"
                ),
                (
                    "action", try page(trail, AuditFilter(action: "rare.event"), later),
                    "_tenant_id_action_seq_idx"
                ),
                (
                    "resource",
                    try page(
                        trail,
                        AuditFilter(resourceType: "artifact", resourceID: "x"),
                        later
                    ), "_tenant_id_resource_type_resource_id_seq_idx"
                ),
                ("event", AuditStore.event(trail, seq: 7), "_pkey"),
                ("head", AuditStore.head(trail), "_pkey"),
                (
                    "batch", AuditStore.batch(trail, after: .start, through: 5_000, size: 100),
                    "_pkey"
                ),
                (
                    "part",
                    AuditStore.part(
                        trail,
                        AuditFilter(),
                        after: .before(2_000),
                        through: 5_000,
                        size: 100
                    ),
                    "_pkey"
                ),
            ]
            let part = "audit_events_" + SystemClock.live.now().rfc3339.prefix(7).filter(\.isNumber)
            for (name, statement, index) in cases {
                let plan = try await fixture.plan(statement, as: acme.owner, .auditRead)
                #expect(plan.contains(index), "\(name): \(plan)")
                #expect(!plan.contains("Seq Scan on \(part)"), "\(name): \(plan)")
                #expect(index != "_pkey" || !plan.contains("->  Sort "), "\(name): \(plan)")
            }
            let past = AuditFilter(to: Instant(seconds: 0))
            let plan = try await fixture.plan(
                try page(trail, past, nil),
                as: acme.owner,
                .auditRead
            )
            #expect(!plan.contains("audit_events_2"), "\(plan)")
        }
    }

    private func page(_ trail: Trail, _ filter: AuditFilter, _ after: PagePosition?) throws -> SQL {
        try AuditStore.page(trail, filter, PageRequest(after: after))
    }
}

extension Fixture {
    /// Appends events through the trail's own function.
    func fillTrail(of tenant: TestTenant, events: Int) async throws {
        try await environment.database.system(reason: .worker, tenant: tenant.id) { scope in
            let entry = AuditEntry(
                action: "common.event",
                operation: .other,
                resourceType: "thing",
                resourceID: "x",
                requestID: nil
            )
            for _ in 0..<(events / 100) {
                _ = try scope.batch((0..<100).map { _ in scope.record(entry) })
            }
        }
    }
}
