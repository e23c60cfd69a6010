import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// F10: what cannot be recorded does not happen.
@Suite struct AuditFaultTests {
    @Test(
        arguments: [
            "REVOKE INSERT ON audit_events FROM ghostworks_audit",
            "REVOKE INSERT ON tenant_events FROM ghostworks_audit",
            "REVOKE UPDATE ON tenant_heads FROM ghostworks_audit",
        ]
    )
    func `a change is undone when its event is refused`(fault: String) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let draft = try ArtifactDraft.named("Before")
            let kept = try await CreateArtifact(fixture.environment)(draft, by: acme.owner)
            let before = try await fixture.counts()
            _ = try await fixture.migrated.admin("\(unsafe: fault)")
            await #expect(throws: DomainError.self) {
                _ = try await CreateArtifact(fixture.environment)(draft, by: acme.owner)
            }
            #expect(try await fixture.counts() == before)
            let still = try await FindArtifact(fixture.environment)(kept.id, by: acme.owner)
            #expect(still.name == "Before")
        }
    }

    @Test func `without INSERT on the trail the answer is that it is unavailable`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await fixture.migrated.admin(
                "REVOKE INSERT ON audit_events FROM ghostworks_audit"
            )
            let error = await #expect(throws: DomainError.self) {
                _ = try await CreateArtifact(fixture.environment)(
                    try ArtifactDraft.named("After"),
                    by: acme.owner
                )
            }
            #expect(error?.code == .auditPartitionMissing)
            #expect(error?.kind == .unavailable)
        }
    }

    @Test func `without this month's partition the answer is that it is unavailable`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let before = try await fixture.counts()
            try await fixture.dropPartition(of: "audit_events")
            let error = await #expect(throws: DomainError.self) {
                _ = try await CreateArtifact(fixture.environment)(
                    try ArtifactDraft.named("After"),
                    by: acme.owner
                )
            }
            #expect(error?.code == .auditPartitionMissing)
            let after = try await fixture.counts()
            #expect(after["artifacts"] == before["artifacts"])
            #expect(after["heads"] == before["heads"])
        }
    }

    /// The platform's trail counts for what operators do.
    @Test func `a tenant is not provisioned when the platform's trail refuses`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await fixture.dropPartition(of: "platform_audit_events")
            let error = await #expect(throws: DomainError.self) {
                _ = try await fixture.makeTenant(by: root)
            }
            #expect(error?.code == .auditPartitionMissing)
            let tenants = try await fixture.migrated.admin("SELECT FROM tenants")
            #expect(tenants.isEmpty)
        }
    }
}

extension Fixture {
    /// How much there is of what a change writes.
    fileprivate func counts() async throws -> [String: Int64] {
        let row = try await migrated.admin(
            """
            SELECT (SELECT count(*) FROM artifacts) AS artifacts,
                (SELECT count(*) FROM artifact_revisions) AS revisions,
                (SELECT count(*) FROM audit_events) AS events,
                (SELECT sum(audit_seq + event_seq)::bigint FROM tenant_heads) AS heads
            """
        )[0]
        var counts: [String: Int64] = [:]
        for name in ["artifacts", "revisions", "events", "heads"] {
            counts[name] = try row.decode(name, as: Int64.self)
        }
        return counts
    }

    /// Drops the partition of the running month.
    fileprivate func dropPartition(of table: String) async throws {
        let rows = try await migrated.admin(
            """
            SELECT format('%I_%s', \(table), to_char(now() AT TIME ZONE 'UTC', 'YYYYMM')) AS name
            """
        )
        let name = try rows[0].decode("name", as: String.self)
        _ = try await migrated.admin("DROP TABLE \(unsafe: name)")
    }
}

extension ArtifactDraft {
    fileprivate static func named(_ name: String) throws -> ArtifactDraft {
        try ArtifactDraft(name: name, description: "", tags: [], metadata: .object([:]))
    }
}
