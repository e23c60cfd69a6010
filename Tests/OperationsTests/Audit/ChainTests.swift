import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage
import Synchronization
import Testing

@Suite struct ChainTests {
    @Test func `a chain that nobody touched holds, and its verification is in it`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 3)
            let last = try await fixture.lastEvent(by: acme.owner)
            let verdict = try await VerifyChain(fixture.environment)(by: acme.owner)
            #expect(
                verdict
                    == ChainVerdict(
                        checked: last.seq,
                        lastHash: last.links.hash,
                        fault: nil
                    )
            )
            let recorded = try await fixture.lastEvent(by: acme.owner)
            #expect(recorded.entry.action == "audit.verified")
            #expect(recorded.entry.outcome == .success)
            #expect(recorded.entry.changes == "{\"checked\":[null,\(last.seq)]}")
        }
    }

    @Test(arguments: [
        "action = 'artifact.forged'", "changes = '{}'", "actor_id = gen_random_uuid()",
        "outcome = 'denied'", "request_id = NULL", "created_at = created_at + interval '1 us'",
        "hash = sha256(hash)", "payload_hash = sha256(hash)", "id = gen_random_uuid()",
        "actor_kind = 'system'", "pii_commit = sha256('x')", "session_id = NULL",
        "support_session_id = gen_random_uuid()", "resource_id = ''",
    ])
    func `an edited event is named`(change: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                "UPDATE audit_events SET \(unsafe: change) WHERE tenant_id = \(acme.id.uuid)"
                    + " AND seq = 5"
            )
            try await fixture.expectFault(5, .edited, in: acme)
            let recorded = try await fixture.lastEvent(by: acme.owner)
            #expect(recorded.entry.outcome == .failed)
        }
    }

    @Test func `a deleted event is named`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                "DELETE FROM audit_events WHERE tenant_id = \(acme.id.uuid) AND seq = 5"
            )
            try await fixture.expectFault(5, .missing, in: acme)
        }
    }

    @Test func `swapped events are named`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                """
                UPDATE audit_events SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END
                WHERE tenant_id = \(acme.id.uuid) AND seq IN (4, 5)
                """,
                """
                UPDATE audit_events SET seq = -seq WHERE tenant_id = \(acme.id.uuid) AND seq < 0
                """
            )
            try await fixture.expectFault(4, .brokenLink, in: acme)
        }
    }

    @Test(arguments: [(5, 5, ChainVerdict.Kind.fork), (0, 0, .inserted), (-3, -3, .inserted)])
    func `an inserted event is named`(
        seq: Int,
        named: Int64,
        kind: ChainVerdict.Kind
    )
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.insertCopy(of: 5, as: seq, in: acme)
            try await fixture.expectFault(named, kind, in: acme)
        }
    }

    @Test func `an event behind the head was inserted`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            let last = try await fixture.lastEvent(by: acme.owner).seq
            try await fixture.insertCopy(of: 5, as: Int(last) + 1, in: acme)
            try await fixture.expectFault(last + 1, .inserted, in: acme)
        }
    }

    @Test func `a truncated tail is named`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                "DELETE FROM audit_events WHERE tenant_id = \(acme.id.uuid) AND seq > 4"
            )
            try await fixture.expectFault(5, .truncated, in: acme)
        }
    }

    @Test func `a chain without any event is truncated from its first one`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 2)
            try await fixture.tamper(
                "DELETE FROM audit_events WHERE tenant_id = \(acme.id.uuid)"
            )
            try await fixture.expectFault(1, .truncated, in: acme)
        }
    }

    @Test func `a changed head does not fit the last event`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            let last = try await fixture.lastEvent(by: acme.owner).seq
            try await fixture.tamper(
                """
                UPDATE tenant_heads SET audit_hash = sha256('x')
                WHERE tenant_id = \(acme.id.uuid)
                """
            )
            try await fixture.expectFault(last, .brokenLink, in: acme)
        }
    }

    @Test func `a head that was turned back leaves events behind it`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                """
                UPDATE tenant_heads SET audit_seq = 4, audit_hash = (SELECT hash FROM audit_events
                    WHERE tenant_id = \(acme.id.uuid) AND seq = 4)
                WHERE tenant_id = \(acme.id.uuid)
                """
            )
            try await fixture.expectFault(5, .inserted, in: acme)
        }
    }

    @Test func `an event that cannot be read was edited`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 6)
            try await fixture.tamper(
                "ALTER TABLE audit_events DROP CONSTRAINT audit_events_op",
                """
                UPDATE audit_events SET op = 'forged'
                WHERE tenant_id = \(acme.id.uuid) AND seq = 3
                """
            )
            try await fixture.expectFault(3, .edited, in: acme)
        }
    }

    @Test func `concurrent writers keep one chain, also while it is verified`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 1)
            let before = try await fixture.lastEvent(by: acme.owner).seq
            let verdicts = try await withThrowingTaskGroup(of: ChainVerdict?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        if number.isMultiple(of: 10) {
                            return try await VerifyChain(fixture.environment)(by: acme.owner)
                        }
                        _ = try await fixture.create("n\(number)", by: acme.owner)
                        return nil
                    }
                }
                return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
            }
            #expect(verdicts.count == 4)
            #expect(verdicts.allSatisfy { $0.fault == nil })
            let verdict = try await VerifyChain(fixture.environment)(by: acme.owner)
            #expect(verdict.fault == nil)
            #expect(verdict.checked == before + 40)
        }
    }

    @Test func `progress is told, and chains longer than a batch hold`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 1)
            let before = try await fixture.lastEvent(by: acme.owner).seq
            try await fixture.migrated.database.system(reason: .worker, tenant: acme.id) { scope in
                let entry = AuditEntry(
                    action: "test.event",
                    operation: .other,
                    resourceType: "test",
                    resourceID: nil,
                    requestID: nil
                )
                for _ in 0..<60 {
                    _ = try scope.batch((0..<100).map { _ in scope.record(entry) })
                }
            }
            let told = Told()
            let verdict = try await VerifyChain(fixture.environment)(by: acme.owner) { headway in
                told.add(headway.done)
            }
            #expect(verdict.fault == nil)
            #expect(verdict.checked == before + 6_000)
            #expect(told.all == [5_000, before + 6_000])
            try await fixture.insertCopy(of: 5_000, as: 5_000, in: acme)
            try await fixture.expectFault(5_000, .fork, in: acme)
        }
    }
}

@Suite struct RefusedTrailTests {
    @Test func `without this month's partition nothing is changed`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 1)
            let made = try await fixture.create("a", by: acme.owner)
            let month = try await fixture.migrated.admin(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMM') AS month"
            )
            let part = "audit_events_" + (try month[0].decode("month", as: String.self))
            _ = try await fixture.migrated.admin(
                "ALTER TABLE audit_events DETACH PARTITION \(identifier: part)"
            )
            try await fixture.expectNothingChanges(made, by: acme.owner)
        }
    }

    @Test func `without the right to append to the trail nothing is changed`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTrail(events: 1)
            let made = try await fixture.create("a", by: acme.owner)
            _ = try await fixture.migrated.admin(
                "REVOKE INSERT ON audit_events FROM ghostworks_audit"
            )
            try await fixture.expectNothingChanges(made, by: acme.owner)
        }
    }
}

/// What a progress closure was told.
private final class Told: Sendable {
    private let numbers = Mutex<[Int64]>([])

    func add(_ number: Int64) { numbers.withLock { $0.append(number) } }
    var all: [Int64] { numbers.withLock { $0 } }
}

extension Fixture {
    fileprivate func makeTrail(events: Int) async throws -> TestTenant {
        let acme = try await makeTenant(by: try await makeOperator())
        for number in 0..<events { _ = try await create("a\(number)", by: acme.owner) }
        return acme
    }

    /// Changes rows as the superuser, with the triggers of the trail asleep.
    fileprivate func tamper(_ statements: SQL...) async throws {
        _ = try await migrated.admin(
            ["SELECT set_config('session_replication_role', 'replica', true)"] + statements
        )
    }

    /// Plants a copy of an event: in another month when the number is taken.
    fileprivate func insertCopy(of source: Int, as seq: Int, in tenant: TestTenant) async throws {
        try await tamper(
            """
            INSERT INTO audit_events (tenant_id, seq, month, id, created_at, actor_kind, actor_id,
                act_id, session_id, support_session_id, action, op, resource_type, resource_id,
                outcome, request_id, changes, pii_commit, payload_hash, prev_hash, hash)
            SELECT e.tenant_id, \(seq), (e.month + interval '1 month')::date, e.id,
                e.created_at + interval '1 month', e.actor_kind, e.actor_id, e.act_id,
                e.session_id, e.support_session_id, e.action, e.op, e.resource_type,
                e.resource_id, e.outcome, e.request_id, e.changes, e.pii_commit, e.payload_hash,
                e.prev_hash, e.hash
            FROM audit_events AS e
            WHERE e.tenant_id = \(tenant.id.uuid) AND e.seq = \(source)
            """
        )
    }

    fileprivate func expectFault(
        _ seq: Int64,
        _ kind: ChainVerdict.Kind,
        in tenant: TestTenant,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let verdict = try await VerifyChain(environment)(by: tenant.owner)
        #expect(
            verdict.fault == .init(seq: seq, kind: kind),
            sourceLocation: sourceLocation
        )
    }

    fileprivate func expectNothingChanges(_ made: Artifact, by caller: TenantCaller) async throws {
        for work in writes(made, by: caller) {
            let error = await #expect(throws: DomainError.self) { try await work() }
            #expect(error?.kind == .unavailable)
            #expect(error?.code == .auditPartitionMissing)
        }
        #expect(try await names(by: caller) == ["a", "a0"])
        #expect(try await FindArtifact(environment)(made.id, by: caller) == made)
        #expect(try await history(made.id, by: caller).map(\.action) == [.created])
    }

    private func writes(
        _ made: Artifact,
        by caller: TenantCaller
    ) -> [() async throws -> Void] {
        [
            { _ = try await create("new", tags: ["t"], by: caller) },
            {
                _ = try await UpdateArtifact(environment)(
                    made.id,
                    ArtifactEdit(name: "b"),
                    version: 1,
                    by: caller
                )
            },
            { try await DeleteArtifact(environment)(made.id, by: caller) },
        ]
    }
}
