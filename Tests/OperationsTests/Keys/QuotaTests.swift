import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// Limits of the plan: taken by one conditional update, given back, blocking what is new.
@Suite struct QuotaTests {
    @Test func `of twenty who race for three keys, three get one`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            let outcomes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await CreateAPIKey(fixture.environment)(
                                name: "Key \(number)",
                                scopes: ["artifact.read"],
                                by: acme.owner
                            )
                            return nil
                        } catch {
                            return (error as? DomainError)?.code ?? .internalError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 3)
            #expect(outcomes.count { $0 == .planLimitReached } == 17)
            #expect(try await fixture.used(.apiKeys, acme) == 3)
            let rows = try await fixture.migrated.admin("SELECT FROM api_keys")
            #expect(rows.count == 3)
        }
    }

    @Test func `the refusal says what to do`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            try await fixture.fill(.apiKeys, acme)
            let error = await #expect(throws: DomainError.self) { try await fixture.newKey(acme) }
            #expect(error?.code == .planLimitReached)
            #expect(error?.message == "All 3 API keys of the plan are taken.")
            #expect(error?.hint == "Revoke a key, or move to the plan pro.")
            #expect(error?.limit == ReachedLimit(resource: .apiKeys, hard: 3, upgrade: .pro))
        }
    }

    @Test func `the largest plan has none above it`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .enterprise, by: fixture.makeOperator())
            try await fixture.fill(.apiKeys, acme)
            let error = await #expect(throws: DomainError.self) { try await fixture.newKey(acme) }
            #expect(error?.hint == "Revoke a key, or ask for a higher limit.")
            #expect(error?.limit?.upgrade == nil)
        }
    }

    @Test func `a smaller plan blocks what is new and deletes nothing`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .pro, by: root)
            var keys: [IssuedAPIKey] = []
            for _ in 0..<5 { keys.append(try await fixture.newKey(acme)) }
            let change = ChangePlan(fixture.environment)
            _ = try await change(acme.id, to: .free, by: root)
            let quotas = try await ListQuotas(fixture.environment)(by: acme.owner)
            let quota = try #require(quotas.first { $0.resource == .apiKeys })
            #expect(quota.used == 5 && quota.hard == 3)
            let error = await #expect(throws: DomainError.self) { try await fixture.newKey(acme) }
            #expect(error?.code == .planLimitReached)
            // What is there goes on, and what is let go opens a place only below the limit.
            let presented = try await ReadAPIKey(fixture.environment)(keys[0].text)
            let caller = presented.caller(requestID: "key")
            _ = try await fixture.environment.database.fetch(
                .tenant(caller, .artifactRead),
                "SELECT 1"
            )
            for key in keys.prefix(2) {
                _ = try await RevokeAPIKey(fixture.environment)(key.key.id, by: acme.owner)
            }
            await #expect(throws: DomainError.self) { try await fixture.newKey(acme) }
            _ = try await RevokeAPIKey(fixture.environment)(keys[2].key.id, by: acme.owner)
            _ = try await fixture.newKey(acme)
            _ = try await change(acme.id, to: .pro, by: root)
            _ = try await fixture.newKey(acme)
        }
    }

    @Test func `artifacts are counted by making, deleting and restoring`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            let made = try await fixture.newArtifact(acme)
            #expect(try await fixture.used(.artifacts, acme) == 1)
            try await DeleteArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(try await fixture.used(.artifacts, acme) == 0)
            _ = try await RestoreArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(try await fixture.used(.artifacts, acme) == 1)
            try await DeleteArtifact(fixture.environment)(made.id, by: acme.owner)
            try await fixture.fill(.artifacts, acme)
            for attempt in [0, 1] {
                let error = await #expect(throws: DomainError.self) {
                    if attempt == 0 {
                        _ = try await fixture.newArtifact(acme)
                    } else {
                        _ = try await RestoreArtifact(fixture.environment)(made.id, by: acme.owner)
                    }
                }
                #expect(error?.limit?.resource == .artifacts)
                #expect(error?.message == "All 10000 artifacts of the plan are taken.")
            }
            let rows = try await fixture.migrated.admin(
                "SELECT FROM artifacts WHERE deleted_at IS NULL"
            )
            #expect(rows.isEmpty)
        }
    }

    @Test func `storage is what artifacts hold, and follows each change`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            // A name of one byte, and "{}".
            let made = try await fixture.newArtifact(acme)
            #expect(try await fixture.used(.storage, acme) == 3)
            let update = UpdateArtifact(fixture.environment)
            let longer = try await update(
                made.id,
                ArtifactEdit(description: String(repeating: "x", count: 1_000)),
                version: made.version,
                by: acme.owner
            )
            #expect(try await fixture.used(.storage, acme) == 1_003)
            let shorter = try await update(
                made.id,
                ArtifactEdit(description: "دل"),
                version: longer.version,
                by: acme.owner
            )
            #expect(try await fixture.used(.storage, acme) == 7)
            try await DeleteArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(try await fixture.used(.storage, acme) == 0)
            let restored = try await RestoreArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(try await fixture.used(.storage, acme) == 7)
            #expect(restored.version == shorter.version + 2)
        }
    }

    @Test func `without storage what grows is refused and what shrinks is not`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            let made = try await fixture.newArtifact(acme)
            let update = UpdateArtifact(fixture.environment)
            let long = try await update(
                made.id,
                ArtifactEdit(description: "a hundred words"),
                version: made.version,
                by: acme.owner
            )
            _ = try await fixture.migrated.admin(
                "UPDATE tenant_quotas SET hard = 5 WHERE resource = 'storage_bytes'"
            )
            let error = await #expect(throws: DomainError.self) {
                try await update(
                    made.id,
                    ArtifactEdit(description: "a hundred words and one"),
                    version: long.version,
                    by: acme.owner
                )
            }
            #expect(error?.message == "Not enough of the plan's 5 bytes of storage is left.")
            #expect(error?.hint == "Delete an artifact, or move to the plan pro.")
            await #expect(throws: DomainError.self) { try await fixture.newArtifact(acme) }
            let short = try await update(
                made.id,
                ArtifactEdit(description: "ten words"),
                version: long.version,
                by: acme.owner
            )
            #expect(short.description == "ten words")
            #expect(try await fixture.used(.storage, acme) == 12)
        }
    }

    @Test func `a new tenant has every limit of its plan`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            let rows = try await fixture.migrated.admin(
                "SELECT resource FROM tenant_quotas WHERE tenant_id = \(acme.id.uuid)"
            )
            let names = try rows.map { try $0.decode("resource", as: String.self) }
            #expect(Set(names) == Set(Resource.allCases.map(\.rawValue)))
        }
    }
}

extension Fixture {
    /// How much of a limit is taken.
    func used(_ resource: Resource, _ tenant: TestTenant) async throws -> Int64? {
        try await ListQuotas(environment)(by: tenant.owner)
            .first { $0.resource == resource }?.used
    }

    /// Takes all of a limit.
    func fill(_ resource: Resource, _ tenant: TestTenant) async throws {
        _ = try await migrated.admin(
            """
            UPDATE tenant_quotas SET used = hard
            WHERE tenant_id = \(tenant.id.uuid) AND resource = \(resource.rawValue)
            """
        )
    }

    @discardableResult
    func newKey(_ tenant: TestTenant) async throws -> IssuedAPIKey {
        try await CreateAPIKey(environment)(
            name: "Key",
            scopes: ["artifact.read"],
            by: tenant.owner
        )
    }

    func newArtifact(_ tenant: TestTenant) async throws -> Artifact {
        let draft = try ArtifactDraft(name: "A", description: "", tags: [], metadata: .object([:]))
        return try await CreateArtifact(environment)(draft, by: tenant.owner)
    }
}
