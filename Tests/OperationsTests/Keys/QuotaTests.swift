import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// Limits of the plan: taken by one conditional update, given back, blocking what is new.
@Suite(.withinOneDay) struct QuotaTests {
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

    @Test(arguments: [Resource.pipelines, .executions])
    func `of twenty who race for the last five, five get one`(resource: Resource) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            try await fixture.fill(resource, acme, but: 5)
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for _ in 0..<20 {
                    group.addTask { await fixture.taking(resource, acme)?.code }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 5)
            #expect(codes.count { $0 == .planLimitReached } == 15)
            #expect(try await fixture.used(resource, acme) == fixture.hard(resource, acme))
        }
    }

    @Test func `executions end with the month, and say so; pipelines do not`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            for resource in [Resource.pipelines, .executions] {
                try await fixture.fill(resource, acme)
            }
            let pipelines = try #require(await fixture.taking(.pipelines, acme))
            #expect(
                pipelines.description == "All 10 pipelines of the plan are taken."
                    + " Delete a pipeline, or move to the plan pro."
            )
            #expect(pipelines.kind == .limited(retryAfter: nil))
            let executions = try #require(await fixture.taking(.executions, acme))
            #expect(
                executions.description == "All 1000 executions of the plan are taken."
                    + " Wait for the next month, or move to the plan pro."
            )
            let wait = try #require(executions.limit?.freedIn)
            #expect(executions.kind == .limited(retryAfter: wait))
            let days = try await fixture.migrated.admin(
                """
                SELECT ceil(extract(epoch FROM date_trunc('month', now() AT TIME ZONE 'UTC')
                    + interval '1 month' - now() AT TIME ZONE 'UTC'))::bigint AS seconds
                """
            )
            let left: Int64 = try #require(days.first).decode("seconds")
            #expect(left - 60...left + 60 ~= wait.components.seconds)
        }
    }

    @Test func `of twenty who begin a month, all count and it has one row`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(plan: .free, by: fixture.makeOperator())
            try await fixture.fill(.executions, acme)
            // What was used is a month old now.
            _ = try await fixture.migrated.admin(
                """
                UPDATE tenant_quotas SET period_start = (period_start AT TIME ZONE 'UTC'
                    - interval '1 month') AT TIME ZONE 'UTC', soft = NULL, hard = 12
                WHERE resource = 'executions'
                """
            )
            #expect(try await fixture.used(.executions, acme) == 0)
            let taken = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { await fixture.taking(.executions, acme) == nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 12)
            #expect(try await fixture.used(.executions, acme) == 12)
            let rows = try await fixture.migrated.admin(
                "SELECT used FROM tenant_quotas WHERE resource = 'executions'"
            )
            #expect(rows.count == 2)
        }
    }

    @Test(arguments: [Resource.pipelines, .executions])
    func `a smaller plan blocks the next and keeps what was counted`(
        resource: Resource
    ) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .pro, by: root)
            try await fixture.fill(resource, acme)
            let before = try await fixture.used(resource, acme)
            let change = ChangePlan(fixture.environment)
            _ = try await change(acme.id, to: .free, by: root)
            let error = await fixture.taking(resource, acme)
            #expect(error?.limit?.upgrade == .pro && error?.limit?.resource == resource)
            #expect(try await fixture.used(resource, acme) == before)
            _ = try await change(acme.id, to: .enterprise, by: root)
            #expect(await fixture.taking(resource, acme) == nil)
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

    /// A limit.
    func hard(_ resource: Resource, _ tenant: TestTenant) async throws -> Int64? {
        try await ListQuotas(environment)(by: tenant.owner)
            .first { $0.resource == resource }?.hard
    }

    /// What taking one of a limit is refused with; nil when there was one.
    func taking(_ resource: Resource, _ tenant: TestTenant) async -> DomainError? {
        do {
            try await environment.database.write(.tenant(tenant.owner, .artifactCreate)) { scope in
                _ = try scope.query(QuotaStore.take(resource, of: tenant.id))
            }
            return nil
        } catch {
            return error as? DomainError
        }
    }

    /// Takes all of a limit, or leaves some.
    func fill(_ resource: Resource, _ tenant: TestTenant, but left: Int64 = 0) async throws {
        _ = try await migrated.admin(
            """
            UPDATE tenant_quotas SET used = hard - \(left)
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
