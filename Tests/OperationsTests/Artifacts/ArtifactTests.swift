import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite struct ArtifactTests {
    @Test func `a new artifact is stored with its tags, its history and its trail`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("Zakat guide", tags: ["Zakat"], by: acme.owner)
            let found = try await FindArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(found == made)
            #expect(found.version == 1)
            #expect(found.tags == ["zakat"])
            #expect(found.createdBy == acme.owner.caller.user)
            #expect(found.createdAt == found.updatedAt)
            let history = try await fixture.history(made.id, by: acme.owner)
            #expect(history.map(\.action) == [.created])
            #expect(history[0].at == made.createdAt)
            let event = try await fixture.lastEvent(by: acme.owner)
            #expect(event.entry.action == "artifact.created")
            #expect(event.entry.resourceID == made.id.description)
            #expect(event.entry.changes == history[0].changes.canonical)
            #expect(event.actor.id == acme.owner.caller.user)
            let data = try await fixture.migrated.admin(
                "SELECT event, data FROM tenant_events ORDER BY seq DESC LIMIT 1"
            )
            #expect(try data[0].decode("event") == "artifact.created")
            #expect(
                try data[0].decode("data", as: String.self).contains(#""name": "Zakat guide""#)
            )
        }
    }

    @Test(arguments: [
        "' OR 1=1 --", "زكاة الفطر", "👻", "%s $1 \\", "'; DROP TABLE artifacts",
    ])
    func `any text comes back as it was given`(name: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let metadata = JSONValue.object([name: .array([.string(name), .integer(.max)])])
            let made = try await fixture.create(
                name,
                description: name,
                metadata: metadata,
                by: acme.owner
            )
            let found = try await FindArtifact(fixture.environment)(made.id, by: acme.owner)
            #expect(found.name == name)
            #expect(found.description == name)
            #expect(found.metadata == metadata)
        }
    }

    @Test func `an update notes what changed`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("a", tags: ["x", "y"], by: acme.owner)
            let edit = ArtifactEdit(name: "b", tags: ["y", "z"])
            let updated = try await UpdateArtifact(fixture.environment)(
                made.id,
                edit,
                version: 1,
                by: acme.owner
            )
            #expect(updated.version == 2)
            #expect(updated.name == "b")
            #expect(updated.description == made.description)
            #expect(updated.updatedAt >= made.updatedAt)
            let event = try await fixture.lastEvent(by: acme.owner)
            #expect(event.entry.changes == #"{"name":["a","b"],"tags":[["x","y"],["y","z"]]}"#)
            let tags = try await ListTags(fixture.environment)(by: acme.owner)
            #expect(tags.map(\.tag) == ["y", "z"])
        }
    }

    @Test func `an update without effect leaves no trace`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("a", by: acme.owner)
            let before = try await fixture.lastEvent(by: acme.owner)
            let same = try await UpdateArtifact(fixture.environment)(
                made.id,
                ArtifactEdit(name: " a "),
                version: 1,
                by: acme.owner
            )
            #expect(same == made)
            #expect(try await fixture.lastEvent(by: acme.owner).seq == before.seq)
        }
    }

    @Test func `the second of two people who edit one artifact is told both versions`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@x.test", role: .member, in: acme)
            let made = try await fixture.create("a", by: acme.owner)
            let update = UpdateArtifact(fixture.environment)
            _ = try await update(made.id, ArtifactEdit(name: "b"), version: 1, by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await update(made.id, ArtifactEdit(name: "c"), version: 1, by: bob)
            }
            #expect(error?.kind == .precondition)
            #expect(error?.code == .versionConflict)
            #expect(
                error?.message
                    == "The artifact \"b\" is at version 2, your change is of version 1."
            )
            #expect(try await FindArtifact(fixture.environment)(made.id, by: bob).name == "b")
        }
    }

    @Test func `of many updates at once exactly one wins`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("a", by: acme.owner)
            let update = UpdateArtifact(fixture.environment)
            let won = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let edit = ArtifactEdit(name: "n\(number)")
                        let done = try? await update(made.id, edit, version: 1, by: acme.owner)
                        return done != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            #expect(try await fixture.history(made.id, by: acme.owner).map(\.version) == [2, 1])
        }
    }

    @Test func `a deleted artifact is gone until it is restored`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("a", tags: ["x"], by: acme.owner)
            try await DeleteArtifact(environment)(made.id, version: 1, by: acme.owner)
            #expect(try await fixture.names(by: acme.owner).isEmpty)
            #expect(try await ListTags(environment)(by: acme.owner).isEmpty)
            #expect(
                try await fixture.names(ArtifactFilter(query: "a"), by: acme.owner).isEmpty
            )
            await fixture.expect(.notFound) {
                try await FindArtifact(environment)(made.id, by: acme.owner)
            }
            let deleted = try await FindArtifact(environment)(
                made.id,
                deletedToo: true,
                by: acme.owner
            )
            #expect(deleted.deletedAt != nil)
            #expect(deleted.version == 2)
            let listed = try await fixture.names(
                ArtifactFilter(tags: ["X"], deleted: true),
                by: acme.owner
            )
            #expect(listed == ["a"])
            await fixture.expect(.notFound) {
                try await UpdateArtifact(environment)(
                    made.id,
                    ArtifactEdit(name: "b"),
                    version: 2,
                    by: acme.owner
                )
            }
            await fixture.expect(.notFound) {
                try await DeleteArtifact(environment)(made.id, by: acme.owner)
            }
            let restored = try await RestoreArtifact(environment)(made.id, by: acme.owner)
            #expect(restored.deletedAt == nil)
            #expect(restored.version == 3)
            let tagged = try await fixture.names(ArtifactFilter(tags: ["x"]), by: acme.owner)
            #expect(tagged == ["a"])
            await fixture.expect(.conflict) {
                try await RestoreArtifact(environment)(made.id, by: acme.owner)
            }
            let history = try await fixture.history(made.id, by: acme.owner)
            #expect(history.map(\.action) == [.restored, .deleted, .created])
        }
    }

    @Test func `a deletion of an older version is refused`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("a", by: acme.owner)
            await fixture.expect(.precondition) {
                try await DeleteArtifact(fixture.environment)(made.id, version: 7, by: acme.owner)
            }
        }
    }

    @Test func `another tenant's artifact looks missing to every operation`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let id = try await fixture.create("secret", tags: ["t"], by: beta.owner).id
            let missing = DomainError.notFound("artifact", id.description)
            await #expect(throws: missing) {
                try await FindArtifact(environment)(id, deletedToo: true, by: acme.owner)
            }
            await #expect(throws: missing) {
                try await UpdateArtifact(environment)(
                    id,
                    ArtifactEdit(name: "x"),
                    version: 1,
                    by: acme.owner
                )
            }
            await #expect(throws: missing) {
                try await DeleteArtifact(environment)(id, by: acme.owner)
            }
            await #expect(throws: missing) {
                try await RestoreArtifact(environment)(id, by: acme.owner)
            }
            await #expect(throws: missing) { try await fixture.history(id, by: acme.owner) }
            #expect(try await fixture.names(by: acme.owner).isEmpty)
            #expect(
                try await fixture.names(ArtifactFilter(query: "secret"), by: acme.owner).isEmpty
            )
            #expect(try await ListTags(environment)(by: acme.owner).isEmpty)
            #expect(try await FindArtifact(environment)(id, by: beta.owner).name == "secret")
        }
    }

    @Test func `a grant for one's own stops at what others made`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let guest = try await fixture.makeMember("g@x.test", role: .guest, in: acme)
            let owners = try await fixture.create("owners", tags: ["t"], by: acme.owner)
            let mine = try await fixture.create("mine", tags: ["t"], by: guest)
            await fixture.expect(.forbidden) {
                try await DeleteArtifact(environment)(owners.id, by: member)
            }
            await fixture.expect(.forbidden) {
                try await FindArtifact(environment)(owners.id, by: guest)
            }
            await fixture.expect(.forbidden) {
                try await fixture.history(owners.id, by: guest)
            }
            await fixture.expect(.forbidden) {
                try await UpdateArtifact(environment)(
                    owners.id,
                    ArtifactEdit(name: "x"),
                    version: 1,
                    by: guest
                )
            }
            #expect(try await fixture.names(by: guest) == ["mine"])
            #expect(try await fixture.names(ArtifactFilter(query: "owners"), by: guest).isEmpty)
            let others = try ArtifactFilter.author(acme.owner.caller.user)
            #expect(try await fixture.names(others, by: guest).isEmpty)
            #expect(try await ListTags(environment)(by: guest).map(\.count) == [1])
            #expect(try await FindArtifact(environment)(mine.id, by: guest).name == "mine")
        }
    }

    @Test func `a viewer creates nothing`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            await fixture.expect(.forbidden) { try await fixture.create("a", by: viewer) }
            #expect(try await fixture.names(by: viewer).isEmpty)
        }
    }

    @Test func `a repeated request with one key makes one artifact`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let create = CreateArtifact(fixture.environment)
            let draft = try ArtifactDraft.named("a")
            let first = try await create(draft, idempotencyKey: "k1", by: acme.owner)
            let second = try await create(draft, idempotencyKey: "k1", by: acme.owner)
            #expect(first == second)
            #expect(try await fixture.names(by: acme.owner) == ["a"])
            let error = await #expect(throws: DomainError.self) {
                try await create(try .named("b"), idempotencyKey: "k1", by: acme.owner)
            }
            #expect(error?.code == .idempotencyKeyReused)
        }
    }

    /// A key that may create and not read learns nothing of what others wrote.
    @Test func `a repeated request gets what the first one made, whatever became of it`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let create = CreateArtifact(fixture.environment)
            let draft = try ArtifactDraft.named("a")
            let first = try await create(draft, idempotencyKey: "k1", by: acme.owner)
            _ = try await UpdateArtifact(fixture.environment)(
                first.id,
                ArtifactEdit(name: "secret"),
                version: 1,
                by: acme.owner
            )
            #expect(try await create(draft, idempotencyKey: "k1", by: acme.owner) == first)
            try await DeleteArtifact(fixture.environment)(first.id, version: nil, by: acme.owner)
            #expect(try await create(draft, idempotencyKey: "k1", by: acme.owner) == first)
        }
    }

    @Test func `names are put to those who were in the workspace and to nobody else`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let ids: Set = [acme.owner.caller.user, beta.owner.caller.user, UserID(UUID())]
            let names = try await NamePeople(fixture.environment)(ids, by: acme.owner)
            #expect(Set(names.keys) == [acme.owner.caller.user])
            #expect(names[acme.owner.caller.user]?.email == "owner@acme.test")
            #expect(try await NamePeople(fixture.environment)([], by: acme.owner).isEmpty)
        }
    }
}
